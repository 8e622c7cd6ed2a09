"""Courses as the staff of a part of the city see them: lists, the calendar, who is in a room, the year's numbers."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlmodel import Session, col

from bot.store.activity import Activity, ActivityEnrolment, Kind, Standing, State
from bot.store.course.reading import joined
from bot.store.course.tables import Course, CourseState, Lesson
from bot.store.scope import Scope, within_areas

_CAME = (
    select(col(ActivityEnrolment.activity_id), func.sum(col(ActivityEnrolment.persons)).label("persons"))
    .where(col(ActivityEnrolment.state) == Standing.CAME.value)
    .group_by(col(ActivityEnrolment.activity_id))
    .subquery()
)


class CountedBy(StrEnum):
    """What lessons are counted apart by."""

    FORMAT = "format"
    LECTURER = "lecturer"


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """The condition under which the staff may see a course."""
    ways = [within_areas(col(Course.area_id), scope)]  # type: ignore[arg-type] # a column is a ColumnElement
    return or_(*ways, col(Course.station_id).in_(scope.stations) if scope.stations else false())


def within(session: Session, scope: Scope, course_id: UUID) -> Course | None:
    """The course where it is in what they may see."""
    return session.scalars(select(Course).where(col(Course.id) == course_id, seen_by(scope))).first()


def page(
    session: Session, scope: Scope, *, words: str, states: Collection[CourseState], after: int, limit: int
) -> Sequence[Course]:
    """What the staff see in their part of the city, the newest first, behind the first `after` ones."""
    found = select(Course).where(seen_by(scope), col(Course.state).in_([one.value for one in states]))
    if words:
        named = (col(Course.title), col(Course.series), col(Course.lecturer))
        found = found.where(or_(*(column.contains(words, autoescape=True) for column in named)))
    ordered = found.order_by(col(Course.created_at).desc(), col(Course.id).desc())
    return session.scalars(ordered.offset(after).limit(limit)).all()


def between(
    session: Session, scope: Scope, since: datetime, until: datetime, states: Collection[State]
) -> list[tuple[Course, Lesson, Activity]]:
    """The lessons of a time that the staff see in their part of the city, in their order."""
    found = joined().where(seen_by(scope), col(Activity.state).in_([one.value for one in states]))
    found = found.where(col(Activity.starts_at) >= since, col(Activity.starts_at) < until)
    ordered = found.order_by(col(Activity.starts_at), col(Activity.code))
    return [(course, its, held) for course, its, held in session.execute(ordered)]


def overlapping(session: Session, station_id: UUID, spot: str, start: datetime, end: datetime) -> Sequence[Activity]:
    """What else is held in a room at a time, lesson or activity."""
    found = select(Activity).where(
        col(Activity.station_id) == station_id,
        col(Activity.spot) == spot,
        col(Activity.kind) != Kind.SHIFT.value,
        col(Activity.state).in_([State.DRAFT.value, State.PUBLISHED.value]),
        col(Activity.starts_at) < end,
        col(Activity.ends_at) > start,
    )
    return session.scalars(found.order_by(col(Activity.starts_at))).all()


def counts_by(
    session: Session, by: CountedBy, scope: Scope, since: datetime, until: datetime
) -> dict[str, tuple[int, int]]:
    """How many lessons began in a time, and how many people came, by format or by kind of lecturer."""
    column = col(Course.format if by is CountedBy.FORMAT else Course.lecturer_kind)
    held = (
        seen_by(scope),
        col(Activity.state).in_([State.PUBLISHED.value, State.OVER.value]),
        col(Activity.starts_at) >= since,
        col(Activity.starts_at) < until,
    )
    found = (
        select(column, func.count(), func.coalesce(func.sum(_CAME.c.persons), 0))
        .select_from(Lesson)
        .join(Course, col(Course.id) == col(Lesson.course_id))
        .join(Activity, col(Activity.id) == col(Lesson.id))
        .outerjoin(_CAME, _CAME.c.activity_id == col(Lesson.id))
    )
    return {name: (lessons, int(came)) for name, lessons, came in session.execute(found.where(*held).group_by(column))}
