"""Courses in the database: what is taught, the lessons, and what belongs to them."""

from bot.store.course.desk import CountedBy, between, counts_by, overlapping, page, within
from bot.store.course.reading import (
    Held,
    coded,
    course,
    courses_of,
    everything,
    lectures,
    lesson,
    lessons_of,
    materials_of,
    readable,
    run_out,
)
from bot.store.course.tables import Course, CourseState, Format, LecturerKind, Lesson, Material
from bot.store.course.writing import add, drop, forget_of, locked, next_number

__all__ = [
    "CountedBy",
    "Course",
    "CourseState",
    "Format",
    "Held",
    "LecturerKind",
    "Lesson",
    "Material",
    "add",
    "between",
    "coded",
    "counts_by",
    "course",
    "courses_of",
    "drop",
    "everything",
    "forget_of",
    "lectures",
    "lesson",
    "lessons_of",
    "locked",
    "materials_of",
    "next_number",
    "overlapping",
    "page",
    "readable",
    "run_out",
    "within",
]
