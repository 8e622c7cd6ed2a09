"""The figures of a year, as a community has to report them: each a definition, a query, and thirteen weeks of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.access import Scope
from bot.rules.clock import Light
from bot.rules.office import Office
from bot.rules.ticket.reading import clocks
from bot.store import figures as rows
from bot.store import figures_learning as learning
from bot.store import ticket as tickets
from bot.store import voices
from bot.store.figures import Counted, Part, Source

WEEKS = 13
WEEK = timedelta(days=7)
FIRST_YEAR = 2020


class Group(StrEnum):
    """Of which station a figure tells."""

    SERVICE = "service"
    LEARNING = "learning"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; its name, definition and unit stand in `wording.figures` under the same key.

    `apart`: whoever comes several times counts once. `by_kind`: it is shown by kind as well. `in_time`: of its rows
    only those whose clock was met. `city_only`: nobody knows of which community its rows are.
    """

    key: str
    source: Source
    apart: bool = False
    by_kind: bool = False
    in_time: bool = False
    city_only: bool = False
    group: Group = Group.SERVICE


FIGURES = (
    Figure("residents", rows.residents, apart=True),
    Figure("visits", rows.visits),
    Figure("bookings", rows.bookings, by_kind=True),
    Figure("complaints", rows.complaints, by_kind=True),
    Figure("solved", rows.solved),
    Figure("in_time", rows.solved, in_time=True),
    Figure("answers", rows.answers, city_only=True),
    Figure("parcels", rows.parcels, by_kind=True),
    Figure("activities", rows.activities),
    Figure("participants", rows.participants),
    Figure("organisers", rows.activities, apart=True),
    Figure("lessons", learning.lessons, by_kind=True, group=Group.LEARNING),
    Figure("attendances", learning.attendances, by_kind=True, group=Group.LEARNING),
    Figure("lecturers", learning.taught, apart=True, group=Group.LEARNING),
    Figure("by_residents", learning.by_residents, group=Group.LEARNING),
    Figure("members", learning.members, apart=True, group=Group.LEARNING),
    Figure("shifts", learning.shifts, group=Group.LEARNING),
    Figure("volunteers", learning.volunteers, apart=True, group=Group.LEARNING),
    Figure("suggestions", voices.suggestions, by_kind=True, group=Group.LEARNING),
    Figure("suggestions_answered", voices.answered, group=Group.LEARNING),
    Figure("suggestions_adopted", voices.adopted, group=Group.LEARNING),
    Figure("suggestions_published", voices.published, group=Group.LEARNING),
    Figure("polls", voices.polls, group=Group.LEARNING),
    Figure("votes", voices.votes, group=Group.LEARNING),
    Figure("contests", voices.contests, group=Group.LEARNING),
    Figure("contest_entries", voices.entries, group=Group.LEARNING),
)
BY_KEY = {one.key: one for one in FIGURES}


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it stands. `weeks`: how many in each of thirteen weeks, the latest last; None: not known here."""

    figure: Figure
    value: int | None
    weeks: tuple[int, ...]
    kinds: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """A year, and the thirteen weeks that end with it or with today."""

    number: int
    since: datetime
    until: datetime
    monday: datetime

    @property
    def weeks(self) -> list[datetime]:
        """The local Mondays of the thirteen weeks and the one after."""
        return [self.monday + number * WEEK for number in range(WEEKS + 1)]


def year_of(office: Office, number: int) -> Year:
    """The year of that number, as far as it has come."""
    since, until = _midnight(office, date(number, 1, 1)), _midnight(office, date(number + 1, 1, 1))
    last = min(office.now.astimezone(office.zone), until - timedelta(seconds=1)).date()
    monday = last - timedelta(days=last.weekday()) - (WEEKS - 1) * WEEK
    return Year(number, since, until, _midnight(office, monday))


def part_of(office: Office, scope: Scope, area_id: UUID | None, station_id: UUID | None) -> Part | None:
    """The part of the tree that is asked for; None where they may not see it."""
    return rows.part_of(office.session, scope, area_id, station_id)


def all_of(office: Office, part: Part, year: Year) -> list[Shown]:
    """Every figure of that part and year, live from the records."""
    return [shown(office, one, part, year) for one in FIGURES]


def shown(office: Office, figure: Figure, part: Part, year: Year) -> Shown:
    """One figure with its weeks."""
    if figure.city_only and not part.everything:
        return Shown(figure, None, ())
    if figure.in_time:
        met = _in_time(office, figure, part, min(year.since, year.monday), max(year.until, year.weeks[-1]))
        value = sum(year.since <= one.at < year.until for one in met)
        return Shown(figure, value, _by_week(year, [(one.at, one.ref, 1) for one in met], apart=False))
    session = office.session
    value = rows.count(session, figure.source, part, year.since, year.until, apart=figure.apart)
    moments = rows.moments(session, figure.source, part, year.monday, year.weeks[-1])
    kinds = rows.kinds(session, figure.source, part, year.since, year.until) if figure.by_kind else []
    return Shown(figure, value, _by_week(year, moments, apart=figure.apart), tuple(kinds))


def behind(office: Office, figure: Figure, part: Part, year: Year, *, skip: int, limit: int) -> list[Counted]:
    """The rows that a figure counts, the latest first."""
    if figure.city_only and not part.everything:
        return []
    if figure.in_time:
        return _in_time(office, figure, part, year.since, year.until)[skip : skip + limit]
    return rows.page(
        office.session, figure.source, part, year.since, year.until, apart=figure.apart, skip=skip, limit=limit
    )


def _in_time(office: Office, figure: Figure, part: Part, since: datetime, until: datetime) -> list[Counted]:
    """The solved ones whose clock says that it was in time, counted afresh from each history."""
    met: list[Counted] = []
    for one in rows.page(office.session, figure.source, part, since, until, apart=False, skip=0, limit=1_000_000):
        row = tickets.numbered(office.session, one.ref)
        if row is not None and clocks(office, row).solved.light is Light.MET:
            met.append(one)
    return met


def _by_week(year: Year, moments: Sequence[tuple[datetime, str, int]], *, apart: bool) -> tuple[int, ...]:
    marks = year.weeks
    seen: list[set[str]] = [set() for _ in range(WEEKS)]
    counted = [0] * WEEKS
    for at, who, many in moments:
        number = next((n for n in range(WEEKS) if marks[n] <= at < marks[n + 1]), None)
        if number is not None:
            counted[number] += many
            seen[number].add(who)
    return tuple(len(one) for one in seen) if apart else tuple(counted)


def _midnight(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(), office.zone)
