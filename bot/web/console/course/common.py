"""What the pages of courses share: addresses, whose course it is, and the fields by which one is typed."""

from datetime import date, datetime, time
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.rules import course
from bot.rules.activity.desk import stations_for
from bot.rules.course import Plan, Times
from bot.store import course as courses
from bot.store.activity import Activity
from bot.store.course import Course, Format, LecturerKind, Lesson
from bot.web.console.form import Choices
from bot.web.console.named import named
from bot.web.console.page import NotThere, Visit
from bot.wording.course import console as say

COURSES, LESSONS = "/console/courses", "/console/lessons"
ONE, LESSON = COURSES + "/{id}", LESSONS + "/{id}"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONCE, WEEKLY, FORTNIGHTLY = "once", "weekly", "fortnightly"


class CourseTyped(BaseModel):
    """What is typed of a course."""

    title: str = About(title=say.NAME, description=say.NAME_HINT, min_length=2, max_length=40)
    format: Format = About(title=say.FORMAT)
    lecturer_kind: LecturerKind = About(title=say.KIND)
    lecturer: str = About(default="", title=say.LECTURER, description=say.LECTURER_HINT, max_length=80)
    series: str = About(default="", title=say.SERIES, description=say.SERIES_HINT, max_length=40)
    station: UUID = About(title=say.STATION)
    spot: str = About(default="", title=say.SPOT, description=say.SPOT_HINT, max_length=80)
    places: int = About(default=0, title=say.PLACES, description=say.PLACES_HINT, ge=0, le=5000)
    members_only: bool = About(default=False, title=say.MEMBERS_ONLY)
    whole: bool = About(default=False, title=say.WHOLE)
    words: str = About(default="", title=say.WORDS, max_length=600)


class TimesTyped(BaseModel):
    """What is typed of its lessons."""

    first: date = About(title=say.FIRST)
    start: time = About(title=say.FROM)
    end: time = About(title=say.UNTIL)
    repeat: str = About(default=ONCE, title=say.REPEAT)
    mon: bool = About(default=False, title=say.WEEKDAYS[0])
    tue: bool = About(default=False, title=say.WEEKDAYS[1])
    wed: bool = About(default=False, title=say.WEEKDAYS[2])
    thu: bool = About(default=False, title=say.WEEKDAYS[3])
    fri: bool = About(default=False, title=say.WEEKDAYS[4])
    sat: bool = About(default=False, title=say.WEEKDAYS[5])
    sun: bool = About(default=False, title=say.WEEKDAYS[6])
    lessons: int = About(default=1, title=say.LESSONS, ge=1, le=course.MOST_LESSONS)
    until: date | None = About(default=None, title=say.LAST, description=say.LAST_HINT)
    but_holidays: bool = About(default=False, title=say.BUT_HOLIDAYS)


class NewTyped(TimesTyped, CourseTyped):
    """Both."""


def choices(visit: Visit) -> dict[str, Choices]:
    """What may be chosen in these fields."""
    return {
        "station": [(str(one.id), one.name) for one in stations_for(visit.office, visit.scope)],
        "format": list(say.FORMATS.items()),
        "lecturer_kind": list(say.LECTURERS.items()),
        "repeat": list(say.REPEATS.items()),
    }


KINDS = {"until": "date", "places": "number", "lessons": "number"}


def plan_of(visit: Visit, typed: CourseTyped) -> Plan:
    """Raises NotThere for a station that is not theirs."""
    if typed.station not in {one.id for one in stations_for(visit.office, visit.scope)}:
        raise NotThere
    return Plan(
        title=typed.title,
        format=typed.format,
        lecturer_kind=typed.lecturer_kind,
        words=typed.words,
        series=typed.series,
        lecturer=typed.lecturer,
        station_id=typed.station,
        spot=typed.spot,
        places=typed.places,
        members_only=typed.members_only,
        whole=typed.whole,
    )


def times_of(typed: TimesTyped) -> Times:
    """One lesson, or as many as were asked for on those weekdays."""
    if typed.repeat == ONCE:
        return Times(typed.first, typed.start, typed.end)
    return Times(
        first=typed.first,
        start=typed.start,
        end=typed.end,
        weekdays=frozenset(number for number, name in enumerate(WEEKDAYS) if getattr(typed, name)),
        lessons=typed.lessons,
        until=typed.until,
        every_weeks=2 if typed.repeat == FORTNIGHTLY else 1,
        but_holidays=typed.but_holidays,
    )


def values_of(its: Course) -> dict[str, object]:
    """A course as it stands in the fields."""
    return {
        "title": its.title,
        "format": its.format,
        "lecturer_kind": its.lecturer_kind,
        "lecturer": its.lecturer,
        "series": its.series,
        "station": its.station_id,
        "spot": its.spot,
        "places": str(its.places),
        "members_only": its.members_only,
        "whole": its.whole,
        "words": its.words,
    }


def preview(visit: Visit, plan: Plan, times: Times, but: UUID | None = None) -> dict[str, object]:
    """The days of the lessons, and what else is held in that room then."""
    found = course.in_the_way(visit.office, plan.station_id, plan.spot, times, but=but)
    return {"days": course.days(visit.office, times), "in_the_way": [_held(visit, one) for one in found]}


def found_course(visit: Visit) -> Course:
    """The course of the address, within what they may see."""
    its = courses.within(visit.office.session, visit.scope, named(visit))
    if its is None:
        raise NotThere
    return its


def found_lesson(visit: Visit) -> tuple[Course, Lesson, Activity]:
    """The lesson of the address, within what they may see."""
    held = courses.lesson(visit.office.session, named(visit))
    its = courses.within(visit.office.session, visit.scope, held[0].course_id) if held else None
    if held is None or its is None:
        raise NotThere
    return its, *held


def _held(visit: Visit, one: Activity) -> dict[str, object]:
    return {"title": one.title, "starts_at": one.starts_at.astimezone(visit.office.zone)}


def local(visit: Visit, moment: datetime) -> datetime:
    return moment.astimezone(visit.office.zone)
