"""The lessons of every learning station, some weeks back and ahead: what is taught, when and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.samples.city import words
from bot.samples.city.plan import Batch, Plan, Thing, batches
from bot.samples.city.stations import kind
from bot.store.activity import Activity, Kind, Organiser, State
from bot.store.course import Course, CourseState, Format, LecturerKind, Lesson
from bot.store.station import StationKind

MOST_LESSONS, WEEKS_AHEAD = 20, 4  # of a course, the weeks ahead among them
PEOPLE_OF_A_WEEK = 900  # a larger community looks back on more weeks
PLACES, MINUTES = 30, 90
COURSE = (
    *("id", "code", "title", "words", "series", "format", "lecturer_kind", "lecturer", "station_id", "area_id", "spot"),
    *("places", "members_only", "whole", "state", "created_at", "changed_at"),
)
ACTIVITY = (
    *("id", "code", "kind", "title", "words", "station_id", "area_id", "spot", "starts_at", "ends_at", "places"),
    *("audience", "members_only", "organiser_kind", "organiser", "state", "created_at", "changed_at"),
)
LESSON = ("id", "course_id", "number", "live_url", "replay_url")


@dataclass(frozen=True, slots=True)
class Held:
    """One lesson, by its number in the city."""

    number: int
    station: int
    course: int
    step: int  # which one of its course, from 1
    starts_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=MINUTES)

    @property
    def members_only(self) -> bool:
        return tuple(Format)[self.course % len(Format)] is Format.SECRETARY


def rows(plan: Plan) -> Iterator[Batch]:
    yield from batches(Course, COURSE, _courses(plan))
    yield from batches(Activity, ACTIVITY, (_activity(plan, one) for one in held(plan)))
    yield from batches(Lesson, LESSON, (_lesson(plan, one) for one in held(plan)))


def lessons_of_a_course(plan: Plan) -> int:
    """How many lessons each course has."""
    back = plan.residents // plan.communities // PEOPLE_OF_A_WEEK
    return WEEKS_AHEAD + max(1, min(MOST_LESSONS - WEEKS_AHEAD, back))


def _learning(plan: Plan) -> Iterator[int]:
    """The numbers of the learning stations."""
    for number in range(plan.stations):
        if kind(plan, number) is StationKind.LEARNING:
            yield number


def _courses(plan: Plan) -> Iterator[tuple[object, ...]]:
    since = plan.now - timedelta(days=400)
    kinds = tuple(LecturerKind)
    for station in _learning(plan):
        for at, form in enumerate(Format):
            number = station * len(Format) + at
            place = plan.id(Thing.STATION, station), plan.community(station % plan.communities), words.HALL
            members_only = form is Format.SECRETARY
            lecturer = kinds[(station + at) % len(kinds)]
            yield (
                plan.id(Thing.COURSE, number),
                f"KC{number + 1:06d}",
                words.course(at),
                words.COURSE_WORDS,
                "",
                form.value,
                lecturer.value,
                words.LECTURERS[lecturer.value],
                *place,
                PLACES,
                members_only,
                False,
                CourseState.PUBLISHED.value,
                since,
                since,
            )


def held(plan: Plan) -> Iterator[Held]:
    """Each course on a weekday of its own, every week up to some weeks from now."""
    today = plan.now.astimezone(plan.zone).date()
    monday = today - timedelta(days=today.weekday())
    lessons = lessons_of_a_course(plan)
    first = monday - timedelta(weeks=lessons - WEEKS_AHEAD)
    for station in _learning(plan):
        for at in range(len(Format)):
            course = station * len(Format) + at
            for step in range(lessons):
                day = first + timedelta(weeks=step, days=at)
                start = datetime.combine(day, time(14 + at % 2 * 5), plan.zone).astimezone(UTC)
                yield Held(course * MOST_LESSONS + step, station, course, step + 1, start)


def _activity(plan: Plan, one: Held) -> tuple[object, ...]:
    over = one.ends_at <= plan.now
    made = one.starts_at - timedelta(days=30)
    return (
        plan.id(Thing.LESSON, one.number),
        f"KC{one.course + 1:06d}-{one.step}",
        Kind.LESSON.value,
        words.course(one.course % len(Format)),
        "",
        plan.id(Thing.STATION, one.station),
        plan.community(one.station % plan.communities),
        words.HALL,
        one.starts_at,
        one.ends_at,
        PLACES,
        "",
        one.members_only,
        Organiser.COMMUNITY.value,
        "",
        (State.OVER if over else State.PUBLISHED).value,
        min(made, plan.now),
        min(made, plan.now),
    )


def _lesson(plan: Plan, one: Held) -> tuple[object, ...]:
    return plan.id(Thing.LESSON, one.number), plan.id(Thing.COURSE, one.course), one.step, "", ""
