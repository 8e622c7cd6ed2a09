"""The week: each day's shifts, how many people they have, and what they lack, in words and not by colour alone."""

from datetime import date, datetime, time, timedelta

from bot.rules import volunteer
from bot.rules.access import READERS, WORKERS
from bot.rules.volunteer import ShiftShown
from bot.store.activity import State
from bot.store.volunteer import people, shifts
from bot.web.console.page import Answer, Pages, View, Visit
from bot.wording.volunteer import console as say

pages = Pages()
VOLUNTEERS = "/console/volunteers"
SHIFT = VOLUNTEERS + "/shifts"


@pages.get(VOLUNTEERS, roles=READERS)
def show(visit: Visit) -> Answer:
    """The week that the address names, else this one."""
    office, monday = visit.office, _monday(visit)
    first = datetime.combine(monday, time(), office.zone)
    last = datetime.combine(monday + timedelta(days=7), time(), office.zone)
    found = volunteer.shown_all(office, shifts.between(office.session, visit.scope, first, last))
    short = sum(1 for one in found if say.lacks(one) and one.activity.starts_at > office.now)
    facts = {
        "days": [(say.day(day), day == office.today, _of(visit, found, day)) for day in _week(monday)],
        "counts": say.week_counts(sum(one.activity.state != State.CANCELLED for one in found), short),
        "is_short": short > 0,
        "before": f"{VOLUNTEERS}?week={monday - timedelta(days=7)}",
        "after": f"{VOLUNTEERS}?week={monday + timedelta(days=7)}",
        "waiting": people.waiting(office.session, visit.scope),
        "none": not found,
        "tab": VOLUNTEERS,
        "view": VOLUNTEERS,
        "words": say,
        "may_write": visit.me.role in WORKERS,
    }
    return View("volunteers.html", facts)


def _of(visit: Visit, found: list[ShiftShown], day: date) -> list[dict[str, object]]:
    """A day's shifts as they are shown."""
    zone = visit.office.zone
    return [
        {
            "href": f"{SHIFT}/{one.activity.id}",
            "time": f"{one.activity.starts_at.astimezone(zone):%H:%M}–{one.activity.ends_at.astimezone(zone):%H:%M}",
            "title": one.activity.title,
            "where": one.where,
            "manned": say.manned(one),
            "lacks": say.lacks(one),
            "state": say.SHIFT_STATES[one.activity.state],
        }
        for one in found
        if one.activity.starts_at.astimezone(zone).date() == day
    ]


def _week(monday: date) -> list[date]:
    return [monday + timedelta(days=number) for number in range(7)]


def _monday(visit: Visit) -> date:
    try:
        day = date.fromisoformat(visit.asked.query.get("week", ""))
    except ValueError:
        day = visit.office.today
    day = day if 2000 <= day.year < 2200 else visit.office.today
    return day - timedelta(days=day.weekday())
