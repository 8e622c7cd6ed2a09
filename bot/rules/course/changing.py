"""What the staff change later: the course, one lesson or all that follow, and what is not held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from bot.rules import activity
from bot.rules.course.drawing import locked, put
from bot.rules.course.limits import NoSuchCourse
from bot.rules.course.telling import Moved, tell_cancelled, tell_moved
from bot.rules.course.values import Plan
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store import course as courses
from bot.store.activity import Activity, State
from bot.store.course import Course, CourseState

OPEN = (State.DRAFT, State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Change:
    """What the staff say of one lesson. `words`: what it is about."""

    day: date
    start: time
    end: time
    station_id: UUID | None
    spot: str
    places: int
    words: str = ""


def change(office: Office, course_id: UUID, plan: Plan) -> Course:
    """The course and those of its lessons that are to come; a lesson with a place of its own keeps it.

    Raises NoSuchCourse, CourseClosed, PlacesTaken.
    """
    its = locked(office, course_id)
    before = its.station_id, its.spot, its.places
    put(office, its, plan)
    moved = []
    for held in to_come(office, its.id):
        follows = (held.station_id, held.spot) == before[:2]
        wanted = replace(
            activity.plan_of(held),
            title=plan.title,
            organiser=plan.lecturer,
            station_id=plan.station_id if follows else held.station_id,
            spot=plan.spot if follows else held.spot,
            places=plan.places if held.places == before[2] else held.places,
        )
        held.members_only = plan.members_only
        moved += _changed(office, held, wanted)
    tell_moved(office, its, moved)
    return its


def change_lesson(office: Office, lesson_id: UUID, wanted: Change, *, following: bool = False) -> Course:
    """One lesson, or as many days later with the same hours and place all that follow it.

    Everybody who has a place in any of them, or waits for one, is told once. Raises as `change`, and NotToChange,
    EndsBeforeItBegins, BeginsInThePast.
    """
    lesson, first = found(office, lesson_id)
    its = locked(office, lesson.course_id)
    by = wanted.day - first.starts_at.astimezone(office.zone).date()
    others = to_come(office, its.id, after=first) if following else []
    moved = []
    for held in sorted((first, *others), key=lambda one: one.id):
        words = wanted.words if held is first else held.words
        moved += _changed(office, held, _as_wanted(office, held, wanted, by, words))
    tell_moved(office, its, moved)
    its.changed_at = office.now
    return its


def cancel_lesson(office: Office, lesson_id: UUID, reason: str, *, by: str) -> Course:
    """One lesson is not held; everybody is told why. Raises NoSuchCourse, CourseClosed, NotToChange."""
    lesson, held = found(office, lesson_id)
    its = locked(office, lesson.course_id)
    activity.cancel(office, held.id, reason, by=by)
    its.changed_at = office.now
    return its


def cancel(office: Office, course_id: UUID, reason: str, *, by: str) -> Course:
    """Nothing of it is held any more; everybody is told once, and why. Raises NoSuchCourse, CourseClosed."""
    its = locked(office, course_id)
    gone = to_come(office, its.id)
    told = _told(office, gone)
    for held in gone:
        activity.cancel(office, held.id, reason, by=by, quietly=True)
    its.state, its.changed_at = CourseState.CANCELLED.value, office.now
    tell_cancelled(office, its, told, reason)
    return its


def close_ended(office: Office) -> int:
    """A course is over when nothing of it is to come; returns how many. One of which nothing was held is cancelled."""
    ended = courses.run_out(office.session)
    for its in ended:
        was_held = any(held.state == State.OVER for _, held in courses.lessons_of(office.session, its.id))
        its.state = (CourseState.OVER if was_held else CourseState.CANCELLED).value
        its.changed_at = office.now
    office.session.flush()
    return len(ended)


def people_told(office: Office, lesson_ids: Iterable[UUID]) -> int:
    """How many people will hear of it when these lessons are moved or cancelled."""
    return activities.people_of(office.session, list(lesson_ids))


def to_come(office: Office, course_id: UUID, *, after: Activity | None = None) -> list[Activity]:
    """The lessons of a course that can still be changed: all, or those that begin after another one.

    They are in the order of their ids, in which everybody locks several activities, so that nobody waits in a ring.
    """
    held = [held for _, held in courses.lessons_of(office.session, course_id) if held.state in OPEN]
    ahead = [one for one in held if one.state == State.DRAFT or one.starts_at > office.now]
    later = [one for one in ahead if after is None or one.starts_at > after.starts_at]
    return sorted(later, key=lambda one: one.id)


def found(office: Office, lesson_id: UUID) -> courses.Held:
    """The lesson. Raises NoSuchCourse."""
    held = courses.lesson(office.session, lesson_id)
    if held is None:
        raise NoSuchCourse
    return held


def _as_wanted(office: Office, held: Activity, wanted: Change, by: timedelta, words: str) -> activity.Plan:
    day = held.starts_at.astimezone(office.zone).date() + by
    return replace(
        activity.plan_of(held),
        words=words,
        starts_at=datetime.combine(day, wanted.start, office.zone),
        ends_at=datetime.combine(day, wanted.end, office.zone),
        station_id=wanted.station_id,
        spot=wanted.spot,
        places=wanted.places,
    )


def _changed(office: Office, held: Activity, wanted: activity.Plan) -> list[Moved]:
    """Change a lesson; whoever has to hear of it, where residents see it and it was moved."""
    before = Moved.of(office, held, held.starts_at)
    activity.change(office, held.id, wanted, quietly=True)
    now = Moved.of(office, held, before.start)
    is_moved = held.is_published and (held.starts_at != before.start or now.where != before.where)
    return [now] if is_moved else []


def _told(office: Office, lessons: Sequence[Activity]) -> list[Moved]:
    return [Moved.of(office, held, held.starts_at) for held in lessons if held.is_published]
