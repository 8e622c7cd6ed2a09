"""What the staff say of a course, when its lessons are held, and a lesson as everybody else reads of it."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from bot.rules.course.limits import MOST_LESSONS, NoLessonDays, TooManyLessons
from bot.rules.office import Office
from bot.store import holiday
from bot.store.activity import Activity
from bot.store.course import Course, Format, LecturerKind, Lesson
from bot.store.holiday import DayKind

WEEK = timedelta(days=7)
LOOKS_AHEAD = 2 * 366  # days; further nobody plans


@dataclass(frozen=True, slots=True)
class Plan:
    """What the staff say of a course. `places` 0: open to everybody; `whole`: one enrols in all of it."""

    title: str
    format: Format
    lecturer_kind: LecturerKind
    words: str = ""
    series: str = ""
    lecturer: str = ""
    station_id: UUID | None = None
    spot: str = ""
    places: int = 0
    members_only: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """When its lessons are: from the first local day on, on these weekdays (Monday is 0) of every so many weeks.

    Without weekdays it is that of the first day. There are `lessons` of them, or as many as fit in up to `until`.
    `but_holidays` passes over public holidays.
    """

    first: date
    start: time
    end: time
    weekdays: frozenset[int] = frozenset()
    lessons: int = 1
    until: date | None = None
    every_weeks: int = 1
    but_holidays: bool = False


@dataclass(frozen=True, slots=True)
class Lecture:
    """One lesson of a course. `left`: places for somebody new, None where it is open to everybody."""

    course: Course
    lesson: Lesson
    activity: Activity
    where: str
    left: int | None


def days(office: Office, times: Times) -> list[date]:
    """The days of the lessons in their order. Raises NoLessonDays, TooManyLessons."""
    special = holiday.special_days(office.session, times.first, LOOKS_AHEAD) if times.but_holidays else {}
    weekdays = times.weekdays or {times.first.weekday()}
    monday = times.first - timedelta(days=times.first.weekday())
    found: list[date] = []
    for ahead in range(LOOKS_AHEAD):
        day = times.first + timedelta(days=ahead)
        if (times.until and day > times.until) or (not times.until and len(found) >= times.lessons):
            break
        is_off = day in special and special[day].kind is DayKind.HOLIDAY
        is_turn = (day - monday) // WEEK % times.every_weeks == 0
        if day.weekday() in weekdays and is_turn and not is_off:
            found.append(day)
    if not found:
        raise NoLessonDays
    if len(found) > MOST_LESSONS:
        raise TooManyLessons(MOST_LESSONS)
    return found
