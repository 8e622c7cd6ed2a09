"""Which courses there are, their lessons in their order, and what may be read for them."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from bot.store.activity import Activity
from bot.store.course.tables import Course, Lesson, Material

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


def materials_of(session: Session, course_id: UUID) -> Sequence[Material]:
    """What may be read for a course, as it was put there."""
    found = select(Material).where(col(Material.course_id) == course_id)
    return session.scalars(found.order_by(col(Material.created_at), col(Material.title))).all()
