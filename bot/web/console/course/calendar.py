"""The calendar of courses: a week, day by day, of all formats and lecturers or of one."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from bot.rules.access import READERS, WORKERS
from bot.rules.course import desk
from bot.web.console.course.common import COURSES
from bot.web.console.page import Answer, Pages, Place, View, Visit
from bot.wording import learning
from bot.wording.course import console as say

pages = Pages()
ALSO = (
    "/console/lessons",
    "/console/study",
    "/console/members",
    "/console/branches",
    "/console/offers",
    "/console/pushes",
)
PLACE = Place("learning", learning.TITLE, COURSES, "learn", READERS, also=ALSO)


@pages.get(COURSES, roles=READERS)
def show(visit: Visit) -> Answer:
    """The week that is asked for, else this one."""
    given = visit.asked.query
    day = _day(given.get("day", ""), visit.office.today)
    formats = _one_of(given.get("format", ""), say.FORMATS)
    kinds = _one_of(given.get("kind", ""), say.LECTURERS)
    days = desk.week(visit.office, visit.scope, day, formats=formats, kinds=kinds)
    kept = {"format": given.get("format", ""), "kind": given.get("kind", "")}
    facts = {
        "days": days,
        "zone": visit.office.zone,
        "today": visit.office.today,
        "before": _address(days[0].day - timedelta(days=7), kept),
        "after": _address(days[0].day + timedelta(days=7), kept),
        "this_week": _address(visit.office.today, kept),
        "day": day.isoformat(),
        "chosen": kept,
        "words": say,
        "tab": COURSES,
        "may_write": visit.me.role in WORKERS,
    }
    return View("courses_week.html", facts)


def _day(text: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return found if 2000 <= found.year < 2200 else otherwise


def _one_of(given: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """What is asked for, where there is such a thing; else all of them."""
    return (given,) if given in known else ()


def _address(day: date, kept: Mapping[str, str]) -> str:
    asked = {"day": day.isoformat(), **{name: value for name, value in kept.items() if value}}
    return f"{COURSES}?{urlencode(asked)}"
