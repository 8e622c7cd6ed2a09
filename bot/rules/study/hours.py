"""Hours of study: who was at a lesson gets its length from when they came, once, by a rule that is written down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from bot.rules.activity.reading import day_of
from bot.rules.office import Office
from bot.rules.study.limits import NotGivenByHand
from bot.store import study
from bot.store.activity import Activity, ActivityEnrolment
from bot.store.study import Rule, Source, StudyEntry
from bot.store.study import people as members

LOOKS_BACK = timedelta(days=60)  # a paper list that is taken in later than that is put down by hand
SOME = 500
IN_TIME = timedelta(minutes=10)  # who comes so late has still heard the whole lesson


@dataclass(frozen=True, slots=True)
class Totals:
    """The minutes of a year by what they come from; a lesson attended and watched again counts once, the longer."""

    attended: int = 0
    replayed: int = 0
    approved: int = 0

    @property
    def minutes(self) -> int:
        return self.attended + self.replayed + self.approved


def count(office: Office) -> int:
    """Give hours to everybody who was at a lesson that is over and has none for it; returns how many."""
    found = study.absent_hours(office.session, office.now - LOOKS_BACK, office.now, SOME)
    people = [mine.resident_id for mine, _, _ in found if mine.resident_id is not None]
    known = members.by_residents(office.session, people)
    given = 0
    for mine, its, behind in found:
        member = known.get(mine.resident_id) if mine.resident_id else None
        member_id = behind.member_id if behind is not None else member.id if member else None
        given += _attended(office, mine, its, member_id)
    return given


def _attended(office: Office, mine: ActivityEnrolment, its: Activity, member_id: UUID | None) -> bool:
    late = mine.came_at is not None and mine.came_at > its.starts_at + IN_TIME
    since = mine.came_at if late and mine.came_at is not None else its.starts_at
    values: dict[str, object] = {
        "resident_id": mine.resident_id,
        "member_id": member_id,
        "lesson_id": its.id,
        "enrolment_id": mine.id,
        "minutes": minutes_between(since, its.ends_at),
        "source": Source.ATTENDANCE.value,
        "rule": (Rule.LATE if late else Rule.WHOLE).value,
    }
    return study.give(office.session, {**values, **_when(office, its)})


def watched(office: Office, its: Activity, resident_id: UUID) -> int:
    """They confirmed the replay: the lesson's whole length, once. Returns the minutes.

    It is of the year in which they watched; where they were at the lesson too, of that one's, so that both count once.
    """
    member = members.by_residents(office.session, [resident_id]).get(resident_id)
    before = study.entries(office.session, residents=[resident_id], members=[member.id] if member else [])
    was_there = any(one.entry.lesson_id == its.id and one.entry.source == Source.ATTENDANCE for one in before)
    now = {} if was_there else {"held_at": office.now, "year": office.today.year}
    minutes = minutes_between(its.starts_at, its.ends_at)
    values: dict[str, object] = {
        "resident_id": resident_id,
        "member_id": member.id if member else None,
        "lesson_id": its.id,
        "enrolment_id": None,
        "minutes": minutes,
        "source": Source.REPLAY.value,
        "rule": Rule.REPLAY.value,
    }
    study.give(office.session, {**values, **_when(office, its), **now})
    return minutes


def give_by_hand(
    office: Office,
    *,
    member_id: UUID | None,
    resident_id: UUID | None,
    title: str,
    held_at: datetime,
    minutes: int,
    reason: str,
    by: UUID | None,
) -> StudyEntry:
    """What was studied elsewhere, or could not be seen here: the staff say how long, and why."""
    entry = StudyEntry(
        resident_id=resident_id,
        member_id=member_id,
        year=held_at.astimezone(office.zone).year,
        held_at=held_at,
        minutes=minutes,
        source=Source.MANUAL.value,
        rule=Rule.STAFF.value,
        title=title,
        reason=office.seal.close(reason),
        approved_by=by,
        created_at=office.now,
    )
    study.add(office.session, entry)
    return entry


def take_back(office: Office, entry: StudyEntry) -> None:
    """It was a mistake. Raises NotGivenByHand."""
    if entry.source != Source.MANUAL:
        raise NotGivenByHand
    study.drop(office.session, entry)


def totals(earned: list[study.Earned]) -> Totals:
    """What these entries of one person and year come to."""
    best: dict[UUID, StudyEntry] = {}
    for entry in (one.entry for one in earned):
        key = entry.lesson_id or entry.id
        if key not in best or entry.minutes > best[key].minutes:
            best[key] = entry
    by_source = dict.fromkeys(Source, 0)
    for entry in best.values():
        by_source[Source(entry.source)] += entry.minutes
    return Totals(by_source[Source.ATTENDANCE], by_source[Source.REPLAY], by_source[Source.MANUAL])


def minutes_between(since: datetime, until: datetime) -> int:
    """The minutes, a part of one as a whole; none where it was over."""
    return max(0, ceil((until - since).total_seconds() / 60))


def _when(office: Office, its: Activity) -> dict[str, object]:
    return {"year": day_of(office, its).year, "held_at": its.starts_at, "created_at": office.now, "title": ""}
