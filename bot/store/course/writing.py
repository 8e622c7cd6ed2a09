"""How courses and lessons come to be and change."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from bot.store.course.tables import Course, Lesson, Material


def add(session: Session, *rows: Course | Lesson | Material) -> None:
    session.add_all(rows)
    session.flush()


def locked(session: Session, course_id: UUID) -> Course | None:
    """The course as it stands now; whoever changes it or its lessons waits for the commit."""
    return session.get(Course, course_id, with_for_update=True, populate_existing=True)


def next_number(session: Session, course_id: UUID) -> int:
    """The number of its next lesson; the course is locked."""
    last = select(func.max(col(Lesson.number))).where(col(Lesson.course_id) == course_id)
    return (session.scalar(last) or 0) + 1


def drop(session: Session, material: Material) -> None:
    session.delete(material)
    session.flush()


def forget_of(session: Session, resident_id: UUID) -> None:
    """Whose offer a course came from is nobody's business any more."""
    session.flush()
    session.execute(update(Course).where(col(Course.offered_by) == resident_id).values(offered_by=None))
