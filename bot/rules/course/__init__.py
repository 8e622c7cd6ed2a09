"""Courses: what is taught by whom, when its lessons are, who comes, and what becomes of them."""

from bot.rules.course.changing import (
    Change,
    cancel,
    cancel_lesson,
    change,
    change_lesson,
    close_ended,
    people_told,
    to_come,
)
from bot.rules.course.counting import counts_by_format, counts_by_lecturer, year
from bot.rules.course.drawing import add_lessons, begin, draw_up, publish, put_lesson
from bot.rules.course.enrolling import ahead_of, enrol_whole, full_ones, queue_whole
from bot.rules.course.limits import (
    MOST_LESSONS,
    CourseClosed,
    MaterialThere,
    NoLessonDays,
    NoSuchCourse,
    PublishedAlready,
    TooManyLessons,
    UnsafeAddress,
)
from bot.rules.course.papers import Links, add_material, drop_material, link
from bot.rules.course.reading import KIND, ahead, ahead_in, as_lecture, entries, in_the_way, lecture, things
from bot.rules.course.values import Lecture, Plan, Times, days

__all__ = [
    "KIND",
    "MOST_LESSONS",
    "Change",
    "CourseClosed",
    "Lecture",
    "Links",
    "MaterialThere",
    "NoLessonDays",
    "NoSuchCourse",
    "Plan",
    "PublishedAlready",
    "Times",
    "TooManyLessons",
    "UnsafeAddress",
    "add_lessons",
    "add_material",
    "ahead",
    "ahead_in",
    "ahead_of",
    "as_lecture",
    "begin",
    "cancel",
    "cancel_lesson",
    "change",
    "change_lesson",
    "close_ended",
    "counts_by_format",
    "counts_by_lecturer",
    "days",
    "draw_up",
    "drop_material",
    "enrol_whole",
    "entries",
    "full_ones",
    "in_the_way",
    "lecture",
    "link",
    "people_told",
    "publish",
    "put_lesson",
    "queue_whole",
    "things",
    "to_come",
    "year",
]
