"""The days ahead as a calendar, and a day's times: what is free said by word and shape, never by colour alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules.booking import AHEAD_DAYS, Board, Free, next_free
from bot.wording import h5 as say
from bot.wording.booking import times

NOON, EVENING = 12, 18
MOST_NEAR = 5


class Stand(StrEnum):
    """How a day stands."""

    FREE = "free"
    FULL = "full"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the grid; `label` is what a screen reader says."""

    date: date
    stand: Stand
    is_today: bool
    label: str

    @property
    def word(self) -> str:
        return say.STANDS[self.stand.value]


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month that can be looked at, in weeks from Monday; None where the grid is empty."""

    title: str
    weeks: Sequence[Sequence[Day | None]]


@dataclass(frozen=True, slots=True)
class Part:
    """The free times of a part of the day."""

    title: str
    times: Sequence[tuple[str, str]]  # what is sent, what is read


def months(board: Board) -> list[Month]:
    """From today to as far ahead as anything can be booked."""
    today = board.office.today
    days = [_day(board, today + timedelta(days=number)) for number in range(AHEAD_DAYS + 1)]
    found = []
    for number in sorted({(one.date.year, one.date.month) for one in days}):
        own = [one for one in days if (one.date.year, one.date.month) == number]
        found.append(Month(say.month(own[0].date, today), _weeks(own)))
    return found


def parts(free: Iterable[Free]) -> list[Part]:
    """Morning, afternoon, evening, those that have anything free."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in free:
        name = say.MORNING if one.start.hour < NOON else say.AFTERNOON if one.start.hour < EVENING else say.NIGHT
        found.setdefault(name, []).append((spelled(one.start), times.clock(one.start)))
    return [Part(name, starts) for name, starts in found.items()]


def near(free: Iterable[Free], now: datetime) -> list[tuple[str, str]]:
    """Times of several days, each with its day."""
    return [(spelled(one.start), times.slot(one.start, now)) for one in free]


def instead(board: Board, midnight: datetime) -> dict[str, object]:
    """What a page shows of a day on which nothing is to be had: why, and the next times that are."""
    now = board.office.now.astimezone(board.office.zone)
    is_far = (midnight.date() - now.date()).days > AHEAD_DAYS
    later = next_free(board, now if is_far else max(now, midnight + timedelta(days=1)), MOST_NEAR)
    far = say.too_far(AHEAD_DAYS) if is_far else ""
    return {"full": board.is_open(midnight.date()), "too_far": far, "near": near(later, now)}


def spelled(start: datetime) -> str:
    """A local moment as it stands in an address: 2026-11-23T15:00."""
    return start.strftime("%Y-%m-%dT%H:%M")


def _day(board: Board, day: date) -> Day:
    free = len(board.free(day))
    stand = Stand.FREE if free else Stand.FULL if board.is_open(day) else Stand.CLOSED
    return Day(day, stand, day == board.office.today, say.day_label(day, stand.value, free))


def _weeks(days: Sequence[Day]) -> list[list[Day | None]]:
    cells: list[Day | None] = [None] * days[0].date.weekday() + list(days)
    cells += [None] * (-len(cells) % 7)
    return [cells[first : first + 7] for first in range(0, len(cells), 7)]
