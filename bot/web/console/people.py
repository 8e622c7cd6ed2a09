"""Residents: looked up, seen masked, in clear for a reason that is kept, invited by a code, erased on request."""

from pydantic import BaseModel
from pydantic import Field as About

from bot.rules import people, resident
from bot.rules.access import LEADS, READERS, WORKERS
from bot.rules.people import Card, Row
from bot.web.console.form import Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed, place_of
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, Place, View, Visit
from bot.web.console.people_tabs import PEOPLE, tabs, waiting
from bot.wording import people as say
from bot.wording import reach as say_reach

pages = Pages()
ONE = PEOPLE + "/{id}"
PLACE = Place("people", say.TITLE, PEOPLE, "people", READERS, waiting)


class Reason(BaseModel):
    """Why somebody wants to see it in clear."""

    reason: str = About(title=say.REASON, description=say.REASON_HINT, min_length=4, max_length=100)


class Erasure(BaseModel):
    """Why a person is erased."""

    reason: str = About(title=say.ERASE_REASON, description=say.ERASE_HINT, min_length=4, max_length=100)


REVEAL, ERASE = Form(Reason), Form(Erasure)


def fetch(visit: Visit, query: Query) -> Slice[Row]:
    rows, after = people.page(
        visit.office,
        visit.scope,
        words=query.words,
        after=place_of(query),
        limit=query.limit,
        latest_first=query.descending,
    )
    return Slice(rows, after)


LISTING = Listing(
    title=say.TITLE,
    at=PEOPLE,
    columns=(
        Column("code", say.CODE, lambda row: row.code, href=lambda row: f"{PEOPLE}/{row.id}"),
        Column("home", say.HOME, say.home),
        Column("phone", say.PHONE, say.phone),
        Column("running", say.RUNNING, lambda row: row.running),
        Column("follows", say.FOLLOWS, say.follows),
        Column("since", say.SINCE, lambda row: row.since, sorts=True),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, "", ""),
    sort="since",
    descending=True,
)


@pages.get(PEOPLE, roles=READERS)
def show(visit: Visit) -> Answer:
    """The list; what was looked for is written down, for it may be a telephone."""
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    if found.words:
        visit.noted("resident.searched", words=found.words)
    return View("people.html", {"listed": found, "people_tabs": tabs(visit, PEOPLE)})


@pages.get(ONE, roles=READERS)
def one(visit: Visit) -> Answer:
    """One resident, masked."""
    card = _found(visit)
    visit.noted("resident.viewed", str(card.id))
    return _page(visit, card)


@pages.post(ONE + "/reveal", roles=WORKERS)
def reveal(visit: Visit) -> Answer:
    """In clear, once, for a reason that is kept."""
    card = _found(visit)
    typed = REVEAL.read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, card, reveal_form=typed, status=422)
    visit.noted("resident.revealed", str(card.id), reason=typed.reason)
    return _page(visit, card, clear=True)


@pages.post(ONE + "/invite", roles=WORKERS)
def invite(visit: Visit) -> Answer:
    """A code that binds whoever scans it and says yes; an earlier one stays good."""
    card = _found(visit)
    scene = resident.invite(visit.office, card.id)
    visit.noted("resident.invited", str(card.id))
    return _page(visit, card, scene=scene)


@pages.post(ONE + "/erase", roles=LEADS)
def erase(visit: Visit) -> Answer:
    """What the resident asked for in person; what runs for them ends as it does when they ask in the chat."""
    card = _found(visit)
    typed = ERASE.read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, card, erase_form=typed, status=422)
    resident.erase(visit.office, card.id)
    visit.noted("resident.erased", str(card.id), reason=typed.reason)
    return Go(PEOPLE, "erased")


def _found(visit: Visit) -> Card:
    card = people.card(visit.office, visit.scope, named(visit))
    if card is None:
        raise NotThere
    return card


def _page(
    visit: Visit,
    card: Card,
    *,
    clear: bool = False,
    scene: str = "",
    reveal_form: Filled | None = None,
    erase_form: Filled | None = None,
    status: int = 200,
) -> View:
    facts = {
        "one": card,
        "words": say,
        "phone": say.told_phone(card, clear=clear),
        "home": say.told_home(card, clear=clear),
        "clear": clear,
        "hidden": say.has_more(card) and not clear,
        "scene": scene,
        "reach": say_reach.how(card.reach, visit.office.now),
        "may_work": visit.me.role in WORKERS,
        "may_erase": visit.me.role in LEADS and card.erased_at is None,
        "reveal_form": reveal_form or REVEAL.shown(),
        "reveal_open": reveal_form is not None,
        "erase_form": erase_form or ERASE.shown(),
        "erase_open": erase_form is not None,
        "at_one": f"{PEOPLE}/{card.id}",
    }
    return View("person.html", facts, status)
