"""Who does the services of a station: hours, capacity, what they do, when they are away, what their going means."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import catalogue
from bot.sheets import hours
from bot.sheets.row import Row
from bot.store import catalogue as rows
from bot.store import service as services
from bot.store.booking import desk
from bot.store.service import Provider
from bot.web.console.booking import CALENDAR, KEEPERS, LOOKERS, around, id_of, station_of
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import catalogue as say
from bot.wording import explain

pages = Pages()
PROVIDERS = f"{CALENDAR}/providers"
ONE = PROVIDERS + "/{id}"
NOBODY = "none"


class Facts(BaseModel):
    """What is known of a provider besides hours and services."""

    name: str = About(title=say.NAME, min_length=1, max_length=80)
    phone: str = About(default="", title=say.PHONE, max_length=32)
    capacity: int = About(title=say.CAPACITY, ge=1, le=50)
    account: str = About(default="", title=say.ACCOUNT, description=say.ACCOUNT_HINT)


class New(BaseModel):
    """Somebody new has a name."""

    name: str = About(title=say.NAME, min_length=1, max_length=80)


NEW_FORM = Form(New)


@pages.get(PROVIDERS, roles=LOOKERS)
def show(visit: Visit) -> Answer:
    return _list(visit, NEW_FORM.shown())


@pages.post(PROVIDERS, roles=KEEPERS)
def add(visit: Visit) -> Answer:
    """Somebody new; what they do is said on their own page."""
    station, _ = station_of(visit)
    if station is None:
        raise NotThere
    typed = NEW_FORM.read(visit.asked)
    if isinstance(typed, Filled):
        return _list(visit, typed, 422)
    row = catalogue.add(visit.office, station, typed.name)
    visit.noted("provider.added", row.code)
    return Go(f"{PROVIDERS}/{row.id}", "saved")


@pages.get(ONE, roles=LOOKERS)
def one(visit: Visit) -> Answer:
    return _page(visit, _found(visit))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    return _page(visit, _found(visit), error=explain(refusal), status=409)


@pages.post(ONE, roles=KEEPERS, refused=refused)
def save(visit: Visit) -> Answer:
    """Everything of the form at once."""
    row = _found(visit)
    form = _form(visit, row)
    typed = form.read(visit.asked, _values(row))
    week, wrong = _week(visit)
    if isinstance(typed, Filled) or wrong:
        filled = typed if isinstance(typed, Filled) else form.again(visit.asked, {})
        return _page(visit, row, filled=filled, wrong=wrong, status=422)
    accounts = {str(one.id): one.id for one in rows.accounts(visit.office.session, row)}
    known = {one.id for one in services.services(visit.office.session)}
    does = [one for one in visit.asked.lists.get("does", ()) if one in known]
    values = typed.model_dump(exclude={"account"}) | {"staff_id": accounts.get(typed.account)}
    catalogue.change(visit.office, row, values, does, week)
    visit.noted("provider.changed", row.code, does=does)
    return Go(f"{PROVIDERS}/{row.id}", "saved")


@pages.post(ONE + "/away", roles=KEEPERS, refused=refused)
def away(visit: Visit) -> Answer:
    """Not to be had for a while."""
    row, form = _found(visit), visit.asked.form
    since, until = _moment(visit, form.get("since", "")), _moment(visit, form.get("until", ""))
    if since is None or until is None:
        raise catalogue.WrongWay
    catalogue.away(visit.office, row, since, until, form.get("reason", "").strip()[:80])
    visit.noted("provider.away", row.code)
    return Go(f"{PROVIDERS}/{row.id}", "away_saved")


@pages.post(ONE + "/back", roles=KEEPERS, refused=refused)
def back(visit: Visit) -> Answer:
    row = _found(visit)
    catalogue.back(visit.office, row, id_of(visit.asked.form.get("away", "")))
    visit.noted("provider.back", row.code)
    return Go(f"{PROVIDERS}/{row.id}", "saved")


@pages.post(ONE + "/remove", roles=KEEPERS, refused=refused)
def remove(visit: Visit) -> Answer:
    """They go; what becomes of their orders was said before."""
    row = _found(visit)
    left = catalogue.remove(visit.office, row)
    visit.noted("provider.removed", row.code, left=[one.number for one in left])
    return Go(f"{CALENDAR}/waiting" if left else PROVIDERS, "provider_removed")


def _list(visit: Visit, filled: Filled, status: int = 200) -> View:
    station, every = station_of(visit)
    session = visit.office.session
    names = {one.id: one.name for one in services.services(session)}
    found = [
        (row, [names[name] for name in rows.does(session, row.id)], desk.live_count(session, row.id))
        for row in (rows.providers(session, station.id) if station else [])
    ]
    facts = {"station": station, "stations": every, "found": found, "filled": filled, "may": visit.me.role in KEEPERS}
    return View("providers.html", facts | around("providers"), status)


def _page(
    visit: Visit,
    row: Provider,
    *,
    filled: Filled | None = None,
    wrong: dict[str, str] | None = None,
    error: str = "",
    status: int = 200,
) -> View:
    session = visit.office.session
    typed = visit.asked.form if filled is not None else {}
    cells = {name: typed.get(name, text) for name, text in hours.write(row.hours).items()}
    does = visit.asked.lists.get("does", ()) if filled is not None else rows.does(session, row.id)
    facts = {
        "row": row,
        "filled": filled or _form(visit, row).shown(_values(row)),
        "hours": [(name, label, cells[name], (wrong or {}).get(name, "")) for name, label in say.DAYS.items()],
        "services": [(one.id, one.name, one.id in does) for one in services.services(session)],
        "absences": [
            (one.id, one.starts_at.astimezone(visit.office.zone), one.ends_at.astimezone(visit.office.zone), one.reason)
            for one in catalogue.absences(visit.office, row)
        ],
        "going": catalogue.going(visit.office, row) if row.active else None,
        "error": error,
        "typed": visit.asked.form if error else {},
        "may": visit.me.role in KEEPERS,
    }
    return View("provider_edit.html", facts | around("providers"), status)


def _found(visit: Visit) -> Provider:
    row = catalogue.of(visit.office, visit.scope, id_of(visit.asked.path["id"]))
    if row is None:
        raise NotThere
    return row


def _form(visit: Visit, row: Provider) -> Form[Facts]:
    accounts = [(str(one.id), f"{one.name}（{one.login}）") for one in rows.accounts(visit.office.session, row)]
    return Form(Facts, choices={"account": [(NOBODY, say.NO_ACCOUNT), *accounts]})


def _values(row: Provider) -> dict[str, object]:
    account: UUID | str = row.staff_id or NOBODY
    return {"name": row.name, "phone": row.phone, "capacity": row.capacity, "account": account}


def _week(visit: Visit) -> tuple[dict[str, list[list[str]]], dict[str, str]]:
    """The hours that were typed, and which days nobody can read."""
    week: dict[str, list[list[str]]] = {}
    wrong: dict[str, str] = {}
    for name, day in hours.DAYS.items():
        row = Row(1, {name: visit.asked.form.get(name, "").strip()}, visit.office.zone)
        found = hours.read(row)
        if row.problems:
            wrong[name] = say.NOT_HOURS
        elif found.get(day):
            week[day] = found[day]
    return week, wrong


def _moment(visit: Visit, text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=visit.office.zone)
    except ValueError:
        return None
