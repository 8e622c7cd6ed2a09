"""Which courses there are, their lessons in their order, and what may be read for them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, or_, select, true
from sqlmodel import Session, col

from bot.store.activity import Activity, State
from bot.store.course.tables import Course, CourseState, Lesson, Material

Held = tuple[Lesson, Activity]


def course(session: Session, course_id: UUID) -> Course | None:
    return session.get(Course, course_id)


def coded(session: Session, code: str) -> Course | None:
    """The course that workbooks call so."""
    return session.scalars(select(Course).where(col(Course.code) == code)).first()


def everything(session: Session) -> Sequence[Course]:
    """All courses, by their code."""
    return session.scalars(select(Course).order_by(col(Course.code))).all()


def lesson(session: Session, lesson_id: UUID) -> Held | None:
    """One lesson with the activity that it is."""
    found = select(Lesson, Activity).join(Activity, col(Activity.id) == col(Lesson.id))
    row = session.execute(found.where(col(Lesson.id) == lesson_id)).first()
    return (row[0], row[1]) if row else None


def lessons_of(session: Session, course_id: UUID) -> list[Held]:
    """The lessons of a course in their order."""
    found = select(Lesson, Activity).join(Activity, col(Activity.id) == col(Lesson.id))
    ordered = found.where(col(Lesson.course_id) == course_id).order_by(col(Lesson.number))
    return [(its, held) for its, held in session.execute(ordered)]


def courses_of(session: Session, lesson_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """To which course each of these lessons belongs."""
    found = select(col(Lesson.id), col(Lesson.course_id)).where(col(Lesson.id).in_(lesson_ids))
    return dict(session.execute(found).all())


def lectures(
    session: Session, now: datetime, *, areas: Collection[UUID] | None = None, limit: int = 200
) -> list[tuple[Course, Lesson, Activity]]:
    """The lessons that residents see and that are not over, soonest first; of these communities and the whole city."""
    here = true() if areas is None else or_(col(Activity.area_id).in_(areas), col(Activity.area_id).is_(None))
    found = joined().where(col(Activity.state) == State.PUBLISHED.value, col(Activity.ends_at) > now, here)
    ordered = found.order_by(col(Activity.starts_at), col(Activity.code)).limit(limit)
    return [(course, its, held) for course, its, held in session.execute(ordered)]


def run_out(session: Session) -> Sequence[Course]:
    """The published courses none of whose lessons is to come, locked; rows another worker holds are passed over."""
    to_come = (
        exists()
        .where(col(Lesson.course_id) == col(Course.id), col(Activity.id) == col(Lesson.id))
        .where(col(Activity.state).in_([State.DRAFT.value, State.PUBLISHED.value]))
    )
    found = select(Course).where(col(Course.state) == CourseState.PUBLISHED.value, ~to_come)
    return session.scalars(found.with_for_update(skip_locked=True)).all()


def materials_of(session: Session, course_id: UUID) -> Sequence[Material]:
    """What may be read for a course, as it was put there."""
    found = select(Material).where(col(Material.course_id) == course_id)
    return session.scalars(found.order_by(col(Material.created_at), col(Material.title))).all()


def readable(session: Session) -> Sequence[tuple[Material, Course]]:
    """What may be read for the published courses that are for everybody, by its title."""
    found = select(Material, Course).join(Course, col(Course.id) == col(Material.course_id))
    seen = col(Course.state).in_([CourseState.PUBLISHED.value, CourseState.OVER.value])
    found = found.where(seen, col(Course.members_only).is_(False)).order_by(col(Material.title), col(Material.id))
    return [(material, its) for material, its in session.execute(found)]


def joined() -> Select[Course, Lesson, Activity]:
    """Each lesson with its course and the activity that it is."""
    return (
        select(Course, Lesson, Activity)
        .join(Lesson, col(Lesson.course_id) == col(Course.id))
        .join(Activity, col(Activity.id) == col(Lesson.id))
    )
