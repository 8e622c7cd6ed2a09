"""What these tests share: a course drawn up by the rules, and its lessons."""

from datetime import date, time

from bot.rules import course
from bot.rules.course import Plan, Times
from bot.rules.office import Office
from bot.store import course as courses
from bot.store import station
from bot.store.activity import Activity
from bot.store.course import Course, Format, LecturerKind

MONDAY = date(2026, 11, 23)


def a_course(office: Office, *, lessons: int = 3, **other: object) -> Course:
    """A published course on Mondays at the learning station, two places each."""
    at = next(one for one in station.everywhere(office.session) if one.code == "L01")
    said: dict[str, object] = {
        **{"title": "二胡班", "format": Format.OTHER_CULTURE, "lecturer_kind": LecturerKind.NEIGHBOUR},
        **{"station_id": at.id, "spot": "三楼琴房", "places": 2},
    }
    plan = Plan(**{**said, **other})  # type: ignore[arg-type]
    its = course.draw_up(office, plan, Times(MONDAY, time(9), time(10), frozenset({0}), lessons), code="EH01")
    return course.publish(office, its.id)


def lessons_of(office: Office, its: Course) -> list[Activity]:
    return [held for _, held in courses.lessons_of(office.session, its.id)]
