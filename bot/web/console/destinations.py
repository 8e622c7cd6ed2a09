"""The other offices that are told of tickets: taken up, changed, dropped; their secrets go in and never come out."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import OperatorError
from bot.rules.forwarding import changing, destinations
from bot.rules.forwarding.destinations import Draft
from bot.store import forwarding as rows
from bot.store.forwarding import Destination, Way, held_up
from bot.store.forwarding import Form as Spoken
from bot.store.place import area
from bot.store.staff import StaffRole
from bot.web.console.form import Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.page import Answer, Asked, File, Go, NotThere, Pages, View, Visit
from bot.wording import manage as say

pages = Pages()
DESTINATIONS = "/console/manage/destinations"
NEW, ONE = DESTINATIONS + "/new", DESTINATIONS + "/{code}"
ADMINISTRATORS = frozenset({StaffRole.ADMINISTRATOR})
WAYS = (Way.OPEN311, Way.WEBHOOK, Way.EMAIL)  # a folder of the server is the operator's own affair
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
LEAST_SECRET = 16


class Terms(BaseModel):
    """What can be changed of a destination."""

    title: str = About(title=say.OFFICE, description=say.OFFICE_HINT, min_length=2, max_length=80)
    address: str = About(title=say.ADDRESS, description=say.ADDRESS_HINT, max_length=400)
    secret: str = About(default="", title=say.SECRET, description=say.KEY_HINT, max_length=200)
    jurisdiction: str = About(default="", title=say.JURISDICTION, max_length=64)
    form: Spoken = About(default=Spoken.JSON, title=say.FORM)
    within: str = About(default="", title=say.WITHIN, description=say.WITHIN_HINT, max_length=100)
    talks: bool = About(default=False, title=say.TALKS)
    contact: bool = About(default=False, title=say.CONTACT, description=say.CONTACT_HINT)
    whole: bool = About(default=False, title=say.WHOLE)


class Naming(BaseModel):
    """What stays of it."""

    code: str = About(title=say.CODE, description=say.CODE_HINT, max_length=32)
    way: Way = About(title=say.WAY)


class New(Terms, Naming):
    """A new destination."""


_CHOICES = {"form": [(one.value, label) for one, label in say.FORMS.items()]}
_KINDS = {"secret": "password", "address": "text"}
TERMS = Form(Terms, choices=_CHOICES, kinds=_KINDS)
ADD = Form(New, choices={**_CHOICES, "way": [(one.value, say.WAYS[one]) for one in WAYS]}, kinds=_KINDS)


def fetch(visit: Visit, query: Query) -> Slice[Destination]:
    """Those in use; there are never many."""
    found = [one for one in rows.active(visit.office.session) if query.words in f"{one.code} {one.title}"]
    found.sort(key=lambda one: getattr(one, query.sort), reverse=query.descending)
    return Slice(found)


LISTING = Listing(
    title=say.DESTINATIONS,
    at=DESTINATIONS,
    columns=(
        Column("code", say.CODE, lambda one: one.code, href=lambda one: f"{DESTINATIONS}/{one.code}", sorts=True),
        Column("title", say.OFFICE, lambda one: one.title, sorts=True),
        Column("way", say.WAY, lambda one: say.WAYS[Way(one.way)]),
        Column("kinds", say.KINDS, lambda one: say.kinds(one.kinds)),
    ),
    fetch=fetch,
    hint=say.DESTINATIONS_HINT,
    none=(say.NO_DESTINATIONS, say.NO_DESTINATIONS_WORDS, NEW, say.ADD_DESTINATION),
    sort="code",
)


@pages.get(DESTINATIONS, roles=ADMINISTRATORS)
def show(visit: Visit) -> Answer:
    _whole_city(visit)
    found = listed(visit, LISTING)
    return found if isinstance(found, File) else View("destinations.html", {"listed": found, "words": say})


@pages.get(NEW, roles=ADMINISTRATORS)
def new(visit: Visit) -> Answer:
    _whole_city(visit)
    return _new(visit, ADD.shown({"way": Way.OPEN311, "form": Spoken.JSON}))


@pages.post(NEW, roles=ADMINISTRATORS)
def add(visit: Visit) -> Answer:
    _whole_city(visit)
    typed = ADD.read(visit.asked)
    if isinstance(typed, Filled):
        return _new(visit, typed)
    wrong = _wrong(visit, typed, typed.way, typed.secret)
    if not _CODE.fullmatch(typed.code):
        wrong["code"] = say.BAD_CODE
    elif rows.destination(visit.office.session, typed.code) is not None:
        wrong["code"] = say.TAKEN_CODE
    if wrong:
        return _new(visit, ADD.again(visit.asked, wrong))
    destinations.add(visit.office, _draft(typed, typed.code, typed.way, _ticked(visit.asked)))
    visit.noted("destination.added", typed.code, address=typed.address)
    return Go(f"{DESTINATIONS}/{typed.code}", "saved")


@pages.get(ONE, roles=ADMINISTRATORS)
def one(visit: Visit) -> Answer:
    return _page(visit, _found(visit))


@pages.post(ONE, roles=ADMINISTRATORS)
def change(visit: Visit) -> Answer:
    row = _found(visit)
    typed = TERMS.read(visit.asked, _saved(visit, row))
    if isinstance(typed, Filled):
        return _page(visit, row, filled=typed, status=422)
    kept = visit.office.seal.open(row.secret) if row.secret else ""
    wrong = _wrong(visit, typed, Way(row.way), typed.secret or kept)
    if wrong:
        return _page(visit, row, filled=TERMS.again(visit.asked, wrong), status=422)
    changing.change(visit.office, row.code, _draft(typed, row.code, Way(row.way), _ticked(visit.asked)))
    visit.noted("destination.changed", row.code, address=typed.address, secret=bool(typed.secret))
    return Go(f"{DESTINATIONS}/{row.code}", "saved")


@pages.post(ONE + "/drop", roles=ADMINISTRATORS)
def drop(visit: Visit) -> Answer:
    row = _found(visit)
    code = row.code
    destinations.drop(visit.office, code)
    visit.noted("destination.dropped", code)
    return Go(DESTINATIONS, "destination_dropped")


def _whole_city(visit: Visit) -> None:
    """Destinations are the whole city's; an administrator of a part of it has none."""
    if not visit.scope.everything:
        raise NotThere


def _found(visit: Visit) -> Destination:
    _whole_city(visit)
    row = rows.destination(visit.office.session, visit.asked.path["code"])
    if row is None or not row.active:
        raise NotThere
    return row


def _wrong(visit: Visit, typed: Terms, way: Way, secret: str) -> dict[str, str]:
    """What is wrong beyond what each field says for itself."""
    wrong: dict[str, str] = {}
    if way is not Way.EMAIL and urlsplit(typed.address).scheme != "https":
        wrong["address"] = say.HTTPS_ONLY
    if way is Way.WEBHOOK and len(secret) < LEAST_SECRET:
        wrong["secret"] = say.BAD_SECRET
    if typed.within and rows.area_coded(visit.office.session, typed.within) is None:
        wrong["within"] = say.BAD_AREA
    if not wrong:
        try:
            destinations.check(Draft("x", typed.title, way, typed.address, secret))
        except OperatorError:
            wrong["address"] = say.BAD_ADDRESS
    return wrong


def _draft(typed: Terms, code: str, way: Way, kinds: list[str]) -> Draft:
    return Draft(
        code=code,
        title=typed.title,
        way=way,
        address=typed.address,
        secret=typed.secret,
        jurisdiction=typed.jurisdiction,
        form=typed.form,
        talks=typed.talks,
        within=typed.within,
        kinds=kinds,
        contact_leaves=typed.contact,
        words_leave=typed.whole,
    )


def _ticked(asked: Asked) -> list[str]:
    """The kinds of trouble that were ticked, none being all."""
    return [one.value for one in say.TROUBLES if one.value in asked.lists.get("kinds", ())]


def _saved(visit: Visit, row: Destination) -> Mapping[str, object]:
    place = area(visit.office.session, row.area_id) if row.area_id else None
    return {
        "title": row.title,
        "address": row.address,
        "secret": "",
        "jurisdiction": row.jurisdiction,
        "form": row.form,
        "within": place.code if place else "",
        "talks": row.talks,
        "contact": row.contact_leaves,
        "whole": row.words_leave,
    }


def _new(visit: Visit, filled: Filled) -> View:
    facts = {"filled": filled, "kinds": _ticked(visit.asked), "words": say}
    return View("destination_new.html", facts, 422 if filled.wrong else 200)


def _page(visit: Visit, row: Destination, *, filled: Filled | None = None, status: int = 200) -> View:
    counts = held_up.open_by_destination(visit.office.session, [row.id])
    facts = {
        "one": row,
        "way": say.WAYS[Way(row.way)],
        "filled": filled or TERMS.shown(_saved(visit, row)),
        "kinds": _ticked(visit.asked) if filled else row.kinds,
        "stuck": counts.get(row.id, 0),
        "words": say,
        "at_destination": f"{DESTINATIONS}/{row.code}",
    }
    return View("destination.html", facts, status)
