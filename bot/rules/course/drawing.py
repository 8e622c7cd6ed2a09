"""Courses come to be: drawn up with their lessons, added to, and published."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from bot.rules import activity
from bot.rules.course.limits import CourseClosed, NoSuchCourse, PublishedAlready
from bot.rules.course.values import Plan, Times, days
from bot.rules.office import Office
from bot.store import course as courses
from bot.store.activity import Activity, Kind, Organiser, State
from bot.store.course import Course, CourseState, Lesson
from bot.store.ids import new_id
from bot.store.station import Station


def draw_up(
    office: Office,
    plan: Plan,
    times: Times,
    *,
    area_id: UUID | None = None,
    code: str = "",
    offered_by: UUID | None = None,
) -> Course:
    """A draft with its lessons. Without a station it belongs to `area_id`.

    Raises EndsBeforeItBegins, NoLessonDays, TooManyLessons.
    """
    held = days(office, times)
    its = begin(office, plan, area_id=area_id, code=code, offered_by=offered_by)
    _add(office, its, held, times)
    return its


def begin(
    office: Office, plan: Plan, *, area_id: UUID | None = None, code: str = "", offered_by: UUID | None = None
) -> Course:
    """A draft without a lesson so far; as `draw_up`."""
    born = new_id()
    its = Course(
        id=born,
        code=code or f"KC{born.hex[-8:]}",
        title=plan.title,
        format=plan.format.value,
        lecturer_kind=plan.lecturer_kind.value,
        area_id=area_id,
        offered_by=offered_by,
        created_at=office.now,
        changed_at=office.now,
    )
    put(office, its, plan)
    courses.add(office.session, its)
    return its


def put_lesson(office: Office, its: Course, number: int, wanted: activity.Plan) -> Activity:
    """One lesson of its own time and place; as a draft. Raises EndsBeforeItBegins."""
    held = activity.draw_up(office, wanted, area_id=its.area_id, code=f"{its.code}-{number}", kind=Kind.LESSON)
    held.members_only = its.members_only
    courses.add(office.session, Lesson(id=held.id, course_id=its.id, number=number))
    return held


def add_lessons(office: Office, course_id: UUID, times: Times) -> list[Activity]:
    """More lessons, published where the course is. Raises CourseClosed, and as `draw_up` and `publish`."""
    its = locked(office, course_id)
    added = _add(office, its, days(office, times), times)
    if its.state == CourseState.PUBLISHED:
        for one in added:
            activity.publish(office, one.id)
    its.changed_at = office.now
    return added


def publish(office: Office, course_id: UUID) -> Course:
    """From now on residents see it, and what of it they did not see so far.

    Raises PublishedAlready, CourseClosed, BeginsInThePast.
    """
    its = locked(office, course_id)
    drafts = [held for _, held in courses.lessons_of(office.session, its.id) if held.state == State.DRAFT]
    if its.state == CourseState.PUBLISHED and not drafts:
        raise PublishedAlready(its.title)
    for held in drafts:
        activity.publish(office, held.id)
    its.state, its.changed_at = CourseState.PUBLISHED.value, office.now
    office.session.flush()
    return its


def locked(office: Office, course_id: UUID) -> Course:
    """The course, locked, while it can still be changed. Raises NoSuchCourse, CourseClosed."""
    its = courses.locked(office.session, course_id)
    if its is None:
        raise NoSuchCourse
    if its.state not in (CourseState.DRAFT, CourseState.PUBLISHED):
        raise CourseClosed(its.title)
    return its


def put(office: Office, its: Course, plan: Plan) -> None:
    """What was said of it; lessons that are there already are not touched."""
    its.title, its.words, its.series = plan.title, plan.words, plan.series
    its.format, its.lecturer_kind, its.lecturer = plan.format.value, plan.lecturer_kind.value, plan.lecturer
    its.station_id, its.spot, its.places = plan.station_id, plan.spot, plan.places
    its.members_only, its.whole, its.changed_at = plan.members_only, plan.whole, office.now
    at = office.session.get(Station, plan.station_id) if plan.station_id else None
    its.area_id = at.area_id if at else its.area_id


def _add(office: Office, its: Course, held: Iterable[date], times: Times) -> list[Activity]:
    first = courses.next_number(office.session, its.id)
    return [_lesson(office, its, number, day, times) for number, day in enumerate(held, first)]


def _lesson(office: Office, its: Course, number: int, day: date, times: Times) -> Activity:
    plan = activity.Plan(
        title=its.title,
        words="",
        station_id=its.station_id,
        spot=its.spot,
        starts_at=datetime.combine(day, times.start, office.zone),
        ends_at=datetime.combine(day, times.end, office.zone),
        places=its.places,
        audience="",
        organiser_kind=Organiser.COMMUNITY,
        organiser=its.lecturer,
    )
    return put_lesson(office, its, number, plan)
