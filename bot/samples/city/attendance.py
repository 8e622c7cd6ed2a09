"""Who came to the city's lessons, who will, and the hours of study they have of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.rules.study.hours import IN_TIME
from bot.samples.city import members
from bot.samples.city.lessons import MINUTES, PLACES, Held, held
from bot.samples.city.people import CHANNEL
from bot.samples.city.plan import Batch, Plan, Thing, batches
from bot.store.activity import ActivityEnrolment, ActivityPlace, CameBy, Standing
from bot.store.study import Rule, Source, StudyEntry

CAME = 0.85
SHARE = 10  # of so many people no more than one comes
ENROLMENT = (
    *("id", "activity_id", "resident_id", "channel", "number", "persons", "state", "queued_at", "came_at", "came_by"),
    *("walk_in", "code_tries", "created_at", "changed_at"),
)
PLACE = ("activity_id", "place", "enrolment_id")
ENTRY = (
    *(
        "id",
        "resident_id",
        "member_id",
        "lesson_id",
        "enrolment_id",
        "year",
        "held_at",
        "minutes",
        "source",
        "rule",
        "title",
    ),
    "created_at",
)


def rows(plan: Plan) -> Iterator[Batch]:
    yield from batches(ActivityEnrolment, ENROLMENT, _enrolments(plan))
    yield from batches(ActivityPlace, PLACE, _places(plan))
    yield from batches(StudyEntry, ENTRY, _entries(plan))


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One person at one lesson, by numbers; `late`: so many minutes after it began, None where they did not come."""

    number: int
    lesson: Held
    resident: int
    seat: int  # from 1
    late: int | None


def _enrolled(plan: Plan) -> Iterator[Enrolled]:
    """Of the station's own community; to what only members may hear come members alone, of those that are known."""
    chance = plan.chance("lessons")
    for one in held(plan):
        home = one.station % plan.communities
        people = range(home * plan.residents // plan.communities, (home + 1) * plan.residents // plan.communities)
        able = members.known_among(plan, people) if one.members_only else people
        found = chance.sample(able, min(len(able), PLACES, len(people) // SHARE + 1))
        for seat, resident in enumerate(found[: chance.randint(PLACES // 2, PLACES)], 1):
            came = one.ends_at <= plan.now and chance.random() < CAME
            late = chance.choice((0, 0, 0, 5, 20)) if came else None
            yield Enrolled(one.number * PLACES + seat - 1, one, resident, seat, late)


def _enrolments(plan: Plan) -> Iterator[tuple[object, ...]]:
    for one in _enrolled(plan):
        at = one.lesson.starts_at
        asked = min(at - timedelta(days=5), plan.now)
        came = at + timedelta(minutes=one.late) if one.late is not None else None
        yield (
            plan.id(Thing.ENROLMENT, one.number),
            plan.id(Thing.LESSON, one.lesson.number),
            plan.id(Thing.RESIDENT, one.resident),
            CHANNEL,
            one.seat,
            1,
            (Standing.CAME if came else Standing.ENROLLED).value,
            asked,
            came,
            (CameBy.QR if one.seat % 2 else CameBy.CODE).value if came else "",
            False,
            0,
            asked,
            came or asked,
        )


def _places(plan: Plan) -> Iterator[tuple[object, ...]]:
    for one in _enrolled(plan):
        yield plan.id(Thing.LESSON, one.lesson.number), one.seat, plan.id(Thing.ENROLMENT, one.number)


def _member(plan: Plan, resident: int) -> UUID | None:
    number, rest = divmod(resident, members.RESIDENTS_PER_MEMBER)
    is_one = not rest and number < members.count(plan) and members.is_known(plan, number)
    return plan.id(Thing.MEMBER, number) if is_one else None


def _entries(plan: Plan) -> Iterator[tuple[object, ...]]:
    for one in _enrolled(plan):
        if one.late is None:
            continue
        its, is_late = one.lesson, timedelta(minutes=one.late) > IN_TIME
        yield (
            plan.id(Thing.STUDY, one.number),
            plan.id(Thing.RESIDENT, one.resident),
            _member(plan, one.resident),
            plan.id(Thing.LESSON, its.number),
            plan.id(Thing.ENROLMENT, one.number),
            its.starts_at.astimezone(plan.zone).year,
            its.starts_at,
            MINUTES - one.late if is_late else MINUTES,
            Source.ATTENDANCE.value,
            (Rule.LATE if is_late else Rule.WHOLE).value,
            "",
            its.ends_at,
        )
