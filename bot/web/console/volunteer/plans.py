"""The weekly pattern: a shift of every week is added or ended; its shifts of two weeks follow by themselves."""

from datetime import time
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import volunteer
from bot.rules.access import READERS, WORKERS
from bot.rules.activity.desk import stations_for
from bot.rules.volunteer import Pattern
from bot.store.volunteer import shifts
from bot.web.console.form import Filled, Form
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.web.console.volunteer.rota import VOLUNTEERS
from bot.wording import explain
from bot.wording.volunteer import console as say

pages = Pages()
PLANS = VOLUNTEERS + "/plans"


class Typed(BaseModel):
    """A shift of every week as it is typed."""

    title: str = About(title=say.NAME, min_length=2, max_length=40)
    station: UUID = About(title=say.STATION)
    weekday: int = About(title=say.WEEKDAY, ge=0, le=6)
    start: time = About(title=say.FROM)
    end: time = About(title=say.UNTIL)
    minimum: int = About(default=1, title=say.MINIMUM, description=say.MINIMUM_HINT, ge=1, le=50)
    maximum: int = About(default=2, title=say.MAXIMUM, ge=1, le=50)
    duties: str = About(default="", title=say.DUTIES, description=say.DUTIES_HINT, max_length=200)
    on_holidays: bool = About(default=False, title=say.ON_HOLIDAYS)


@pages.get(PLANS, roles=READERS)
def show(visit: Visit) -> Answer:
    return _page(visit, _form(visit).shown({"minimum": "1", "maximum": "2"}))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    return _page(visit, _form(visit).again(visit.asked, {}), error=explain(refusal), status=409)


@pages.post(PLANS, roles=WORKERS, refused=refused)
def add(visit: Visit) -> Answer:
    """One more; its shifts of the next two weeks are there at once."""
    typed = _form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, typed, status=422)
    if typed.station not in {one.id for one in stations_for(visit.office, visit.scope)}:
        raise NotThere
    pattern = Pattern(
        station_id=typed.station,
        weekday=typed.weekday,
        start=typed.start,
        end=typed.end,
        minimum=typed.minimum,
        maximum=typed.maximum,
        title=typed.title,
        duties=typed.duties,
        on_holidays=typed.on_holidays,
    )
    plan = volunteer.add(visit.office, pattern)
    visit.noted("shift.plan_added", plan.title)
    return Go(PLANS, "saved")


@pages.post(PLANS + "/{id}/end", roles=WORKERS)
def end(visit: Visit) -> Answer:
    """No more are made of it; those that nobody claimed are gone."""
    plan = shifts.plan(visit.office.session, named(visit))
    if plan is None or plan.station_id not in {one.id for one in stations_for(visit.office, visit.scope)}:
        raise NotThere
    gone = volunteer.end(visit.office, plan, by=visit.me.title)
    visit.noted("shift.plan_ended", plan.title, gone=gone)
    return Go(PLANS, "saved")


def _form(visit: Visit) -> Form[Typed]:
    stations = [(str(one.id), one.name) for one in stations_for(visit.office, visit.scope)]
    weekdays = [(str(number), say.weekday(number)) for number in range(7)]
    return Form(Typed, choices={"station": stations, "weekday": weekdays})


def _page(visit: Visit, filled: Filled, *, error: str = "", status: int = 200) -> View:
    stations = {one.id: one.name for one in stations_for(visit.office, visit.scope)}
    rows = shifts.plans(visit.office.session, list(stations), after=visit.office.today)
    lines = [
        {
            "id": str(one.id),
            "when": f"{say.weekday(one.weekday)} {one.start}–{one.end}",
            "title": one.title,
            "where": stations[one.station_id],
            "minimum": one.minimum,
            "maximum": one.maximum,
            "on_holidays": one.on_holidays,
        }
        for one in rows
    ]
    facts = {"lines": lines, "filled": filled, "error": error, "tab": VOLUNTEERS, "view": PLANS, "words": say}
    return View("volunteer_plans.html", {**facts, "may_write": visit.me.role in WORKERS}, status)
