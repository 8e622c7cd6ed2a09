"""Stations: their profile, hours with several intervals a day, closures, and a new one made from another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel, create_model
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import station as rules
from bot.rules.access import LEADS, READERS
from bot.rules.station_clone import Own, clone
from bot.sheets import hours, words
from bot.sheets import stations as sheet
from bot.sheets.row import Row
from bot.store import station
from bot.store.station import Counter, Station
from bot.web.console.form import Filled, Form
from bot.web.console.knowledge import WRITERS
from bot.web.console.listing import Column, Listing, Query, Slice, listed, start_of
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording import station as say_station
from bot.wording import stations as say

pages = Pages()
STATIONS = "/console/stations"
STATION = STATIONS + "/{id}"
PLAIN = ("name", "address", "phone", "services", "locker_fee")
MOST = {"services": 400, "locker_fee": 200, "address": 200, "phone": 32}


class Profile(BaseModel):
    """A station as it is typed, but for its hours and facilities."""

    kind: str = About(title=say.label("kind"))
    name: str = About(title=say.label("name"), max_length=80)
    address: str = About(title=say.label("address"), max_length=200)
    phone: str = About(title=say.label("phone"), max_length=32)


_MORE: dict[str, Any] = {
    **{
        column: (
            str,
            About(default="", title=say.label(column), max_length=120, description=say.HOURS * (column == "day0")),
        )
        for column in hours.COLUMNS
    },
    "closures": (
        str,
        About(default="", title=say.label("closures"), max_length=2000, description=say.CLOSURES),
    ),
    **{name: (bool, About(default=False, title=label)) for name, label in say.FACILITIES.items()},
    "services": (str, About(default="", title=say.label("services"), max_length=400)),
    "locker_fee": (str, About(default="", title=say.label("locker_fee"), max_length=200)),
    "lat": (str, About(default="", title=say.label("lat"), max_length=20, description=say.SPOT)),
    "lon": (str, About(default="", title=say.label("lon"), max_length=20)),
}
Typed = create_model("Typed", __base__=Profile, __doc__="A station as it is typed.", **_MORE)
FORM: Form[Profile] = Form(
    Typed, choices={"kind": say.KINDS}, kinds={"phone": "tel", "address": "text", "locker_fee": "text"}
)


class New(BaseModel):
    """What a station made from another has of its own."""

    code: str = About(title=say.NEW_CODE, description=say.NEW_CODE_HINT, max_length=32)
    name: str = About(title=say.NEW_NAME, max_length=80)
    address: str = About(title=say.NEW_ADDRESS, max_length=200)
    phone: str = About(title=say.NEW_PHONE, max_length=32)


CLONE: Form[New] = Form(New, kinds={"phone": "tel", "address": "text"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A station and whether it is open now."""

    station: Station
    now: str


def fetch(visit: Visit, query: Query) -> Slice[Standing]:
    start = start_of(query)
    mine = [one for one in station.everywhere(visit.office.session) if _sees(visit, one.id)]
    rows = [one for one in mine if not query.words or query.words in f"{one.code} {one.name} {one.address}"]
    rows.sort(key=lambda one: str(getattr(one, query.sort)), reverse=query.descending)
    end = start + query.limit
    return Slice([Standing(one, _stands(visit, one)) for one in rows[start:end]], str(end) if end < len(rows) else "")


LISTING = Listing(
    title=say.TITLE,
    at=STATIONS,
    columns=(
        Column("name", say.NAME, lambda one: one.station.name, lambda one: f"{STATIONS}/{one.station.id}", sorts=True),
        Column("kind", say.KIND, lambda one: say.kind(one.station.kind), sorts=True),
        Column("now", say.STANDS, lambda one: one.now),
        Column("phone", say.PHONE, lambda one: one.station.phone),
        Column("code", say.CODE, lambda one: one.station.code, sorts=True),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, "/console/sheets", say.IMPORT),
    sort="code",
)


@pages.get(STATIONS, roles=READERS)
def show_all(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    return found if isinstance(found, File) else View("stations.html", {"listed": found, "words": say})


@pages.get(STATION, roles=READERS)
def show(visit: Visit) -> Answer:
    one = found(visit)
    return _page(visit, one, FORM.shown(values(visit, one)))


@pages.post(STATION, roles=WRITERS)
def save(visit: Visit) -> Answer:
    """Keep what was typed, checked and written as a row of the workbook is."""
    one = found(visit)
    typed = FORM.read(visit.asked, values(visit, one))
    if isinstance(typed, Filled):
        return _page(visit, one, typed, status=409 if typed.theirs else 422)
    cells = {**_cells(visit, one), **_typed_cells(typed)}
    row = Row(0, cells, visit.office.zone)
    sheet.KIND.take_in(visit.office.session, [row])
    if row.problems:
        columns = {words.heading(column): column for column in sheet.KIND.columns}
        wrong = {columns[problem.heading]: problem.reason for problem in row.problems}
        return _page(visit, one, FORM.again(visit.asked, wrong), status=422)
    visit.noted("station.changed", one.code)
    return Go(f"{STATIONS}/{one.id}", "saved")


def not_cloned(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason beside the code."""
    one = found(visit)
    again = CLONE.again(visit.asked, {"code": explain(refusal)})
    return _page(visit, one, FORM.shown(values(visit, one)), new=again, status=409)


@pages.post(STATION + "/clone", roles=LEADS, refused=not_cloned)
def make_another(visit: Visit) -> Answer:
    """A new station from this one."""
    one = found(visit)
    typed = CLONE.read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, one, FORM.shown(values(visit, one)), new=typed, status=422)
    new = clone(visit.office, one.code, typed.code, Own(typed.name, typed.address, typed.phone))
    visit.noted("station.cloned", new.code, of=one.code)
    return Go(f"{STATIONS}/{new.id}", "station_cloned")


def found(visit: Visit) -> Station:
    """The station of the address, within what they may see."""
    id_ = named(visit)
    one = visit.office.session.get(Station, id_, with_for_update=True)
    if one is None or not _sees(visit, id_):
        raise NotThere
    return one


def values(visit: Visit, one: Station) -> dict[str, object]:
    """What stands in the fields."""
    cells = _cells(visit, one)
    told: dict[str, object] = {name: cells[name] for name in (*PLAIN, *hours.COLUMNS, "lat", "lon")}
    told |= {"kind": one.kind, "closures": cells["closures"].replace(words.sign("times"), "\n")}
    return told | {name: name in one.facilities for name in say.FACILITIES}


def _cells(visit: Visit, one: Station) -> dict[str, str]:
    """It as a row of the workbook."""
    rows = sheet.KIND.give_out(visit.office.session, visit.office.zone)
    return dict(next(row for row in rows if row["code"] == one.code))


def _typed_cells(typed: Profile) -> dict[str, str]:
    given = {name: str(getattr(typed, name)) for name in (*PLAIN, *hours.COLUMNS, "lat", "lon")}
    shut = [line.strip() for line in str(getattr(typed, "closures", "")).splitlines() if line.strip()]
    can = [label for name, label in say.FACILITIES.items() if getattr(typed, name)]
    given |= {"kind": say.kind(typed.kind) if typed.kind in dict(say.KINDS) else typed.kind}
    return given | {"closures": words.sign("times").join(shut), "facilities": words.sign("list").join(can)}


def _sees(visit: Visit, id: UUID) -> bool:
    return visit.scope.everything or id in visit.scope.stations


def _stands(visit: Visit, one: Station) -> str:
    """Whether it is open now, in words."""
    now = visit.office.now.astimezone(visit.office.zone)
    counter = Counter(*(getattr(one, name) for name in Counter._fields))
    return say_station.standing(rules.opening(visit.office.session, counter, now), now)


def _page(visit: Visit, one: Station, filled: Filled, *, new: Filled | None = None, status: int = 200) -> View:
    parts: Sequence[str] = (*(f"day{day}" for day in range(7)), "holiday")
    facts = {
        "one": one,
        "filled": filled,
        "words": say,
        "kind": say.kind(one.kind),
        "stands": _stands(visit, one),
        "hours": say_station.hours(one.hours),
        "parts": parts,
        "may_write": visit.me.role in WRITERS,
        "may_clone": visit.me.role in LEADS,
        "new": new or CLONE.shown({"name": one.name}),
        "cloning": new is not None,
    }
    return View("station.html", facts, status)
