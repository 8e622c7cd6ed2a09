"""How courses say no."""

from dataclasses import dataclass

from bot.errors import Refusal

MOST_LESSONS = 60  # of one course


class NoSuchCourse(Refusal):
    """There is none, or not any more."""


class NoLessonDays(Refusal):
    """Not one day falls into the time that was said."""


@dataclass(eq=False)
class TooManyLessons(Refusal):
    """One course may not fill the years."""

    most: int


@dataclass(eq=False)
class CourseClosed(Refusal):
    """It is over or cancelled."""

    title: str


@dataclass(eq=False)
class PublishedAlready(Refusal):
    """Residents see it already."""

    title: str


class UnsafeAddress(Refusal):
    """Not an address to which residents may be sent."""


@dataclass(eq=False)
class MaterialThere(Refusal):
    """The course has something of that title."""

    title: str
