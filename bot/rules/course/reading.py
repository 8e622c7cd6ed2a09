"""Which lessons there are, where they are held, whether there is still a place, and who is in the way."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bot.nlu import Entry, Thing, learning, materials
from bot.rules import activity
from bot.rules.activity import Around
from bot.rules.course.values import Lecture, Times, days
from bot.rules.office import Office
from bot.store import course as courses
from bot.store.activity import Activity
from bot.store.course import Course, Lesson

KIND = "course"  # of its slot, as in live.toml


def lecture(office: Office, lesson_id: UUID) -> Lecture | None:
    """One lesson, whatever became of it."""
    found = courses.lesson(office.session, lesson_id)
    course = courses.course(office.session, found[0].course_id) if found else None
    return as_lecture(office, course, *found) if found and course else None


def ahead(office: Office) -> list[Lecture]:
    """The lessons to come in the resident's community, soonest first."""
    found = courses.lectures(office.session, office.now, areas=activity.areas_here(office))
    return as_lectures(office, found)


def ahead_in(office: Office, course_id: UUID) -> list[Lecture]:
    """The lessons of one course that are to come or still held, soonest first."""
    its = courses.course(office.session, course_id)
    if its is None:
        return []
    held = sorted(courses.lessons_of(office.session, course_id), key=lambda one: one[1].starts_at)
    there = [one for one in held if one[1].is_published and one[1].ends_at > office.now]
    return as_lectures(office, [(its, *one) for one in there])


def as_lectures(office: Office, found: Sequence[tuple[Course, Lesson, Activity]]) -> list[Lecture]:
    """All of them, their places counted at once."""
    seen = activity.around(office, [held for _, _, held in found])
    return [as_lecture(office, *one, seen) for one in found]


def as_lecture(office: Office, course: Course, lesson: Lesson, held: Activity, seen: Around | None = None) -> Lecture:
    left = activity.left(office, held, seen) if held.places else None
    return Lecture(course, lesson, held, activity.where(office, held, seen), left)


def in_the_way(
    office: Office, station_id: UUID | None, spot: str, times: Times, *, but: UUID | None = None
) -> list[Activity]:
    """What else is held in that room while these lessons would be; `but`: the course they belong to."""
    if station_id is None or not spot:
        return []
    own = {held.id for _, held in courses.lessons_of(office.session, but)} if but else set()
    found: dict[UUID, Activity] = {}
    for day in days(office, times):
        start, end = (datetime.combine(day, at, office.zone) for at in (times.start, times.end))
        for other in courses.overlapping(office.session, station_id, spot, start, end):
            if other.id not in own:
                found[other.id] = other
    return list(found.values())


def things(office: Office) -> Sequence[Thing]:
    """The courses of which lessons are to come, by what they may be called."""
    found = courses.lectures(office.session, office.now)
    return [
        Thing(KIND, str(course.id), (*held.names, *learning.names(course.title)))
        for course, held in _first_of_each(found)
    ]


def entries(office: Office) -> Sequence[Entry]:
    """What may be read for courses, as the assistant answers it."""
    found = courses.readable(office.session)
    return [
        materials.entry(
            materials.Material(
                str(one.id), one.title, its.title, one.words, one.url, one.created_at.astimezone(office.zone).date()
            )
        )
        for one, its in found
    ]


def _first_of_each(found: Iterable[tuple[Course, Lesson, Activity]]) -> Iterable[tuple[Course, Activity]]:
    seen: dict[UUID, tuple[Course, Activity]] = {}
    for course, _, held in found:
        seen.setdefault(course.id, (course, held))
    return seen.values()
