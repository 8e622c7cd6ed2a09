"""Courses in the database: what is taught, the lessons, and what belongs to them."""

from bot.store.course.reading import (
    coded,
    course,
    everything,
    lesson,
    lessons_of,
    materials_of,
)
from bot.store.course.tables import Course, CourseState, Format, LecturerKind, Lesson, Material

__all__ = [
    "Course",
    "CourseState",
    "Format",
    "LecturerKind",
    "Lesson",
    "Material",
    "coded",
    "course",
    "everything",
    "lesson",
    "lessons_of",
    "materials_of",
]
