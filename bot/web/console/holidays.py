"""A year's holidays and the weekends worked for them: the published calendar, and what the staff decided otherwise."""

from datetime import date

from pydantic import BaseModel
from pydantic import Field as About

from bot.rules.access import LEADS, READERS, OnlyAPart, sees_all
from bot.rules.holiday import decide, leave_to_calendar
from bot.store import holiday
from bot.store.holiday import DayKind
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import stations as say

pages = Pages()
HOLIDAYS = "/console/holidays"
FIRST_YEAR, LAST_YEAR = 2020, 2100


class Special(BaseModel):
    """A day on which the staff know better."""

    day: date = About(title=say.DAY)
    kind: DayKind = About(title=say.DAY_KIND)
    name: str = About(title=say.DAY_NAME, description=say.DAY_NAME_HINT, max_length=40)


FORM = Form(Special, choices={"kind": [(kind.value, label) for kind, label in say.DAY_KINDS.items()]})


@pages.get(HOLIDAYS, roles=READERS)
def show(visit: Visit) -> Answer:
    return _page(visit, FORM.shown({"kind": DayKind.HOLIDAY}))


@pages.post(HOLIDAYS, roles=LEADS)
def put(visit: Visit) -> Answer:
    """The staff's word on a day; it goes before the calendar."""
    _whole(visit)
    typed = FORM.read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, typed, status=422)
    decide(visit.office, typed.day, typed.kind, typed.name)
    visit.noted("holiday.changed", str(typed.day), kind=typed.kind.value)
    return Go(f"{HOLIDAYS}?year={typed.day.year}", "saved")


@pages.post(HOLIDAYS + "/drop", roles=LEADS)
def drop(visit: Visit) -> Answer:
    """Leave a day to the calendar again."""
    _whole(visit)
    try:
        day = date.fromisoformat(visit.asked.form.get("day", ""))
    except ValueError:
        raise NotThere from None
    leave_to_calendar(visit.office, day)
    visit.noted("holiday.changed", str(day))
    return Go(f"{HOLIDAYS}?year={day.year}", "saved")


def _whole(visit: Visit) -> None:
    """Holidays are those of every station. Raises OnlyAPart."""
    if not sees_all(visit.scope):
        raise OnlyAPart


def _page(visit: Visit, filled: Filled, *, status: int = 200) -> View:
    asked = visit.asked.query.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else visit.office.today.year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    public = holiday.published(year)
    own = holiday.own(visit.office.session, date(year, 1, 1), date(year, 12, 31))
    days = [(day, say.DAY_KINDS[one.kind], one.name, day in own) for day, one in sorted({**public, **own}.items())]
    facts = {
        "year": year,
        "days": days,
        "known": bool(public),
        "filled": filled,
        "words": say,
        "may_write": visit.me.role in LEADS and sees_all(visit.scope),
    }
    return View("holidays.html", facts, status)
