"""What does not get through to other offices: why, what was tried; tried again now, or left be with a reason."""

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules.access import LEADS
from bot.rules.forwarding import deciding
from bot.store import forwarding as rows
from bot.store.forwarding import Destination, Forward, State, held_up
from bot.store.forwarding.held_up import Stuck
from bot.store.staff import StaffRole
from bot.store.ticket import Ticket
from bot.web.console.form import Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed, place_of
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording import manage as say

pages = Pages()
FORWARDING = "/console/manage/forwarding"
ONE = FORWARDING + "/{id}"
SEES = LEADS | {StaffRole.AUDITOR}


class Why(BaseModel):
    """Why it is left be."""

    why: str = About(title=say.PARK_WHY, description=say.PARK_HINT, min_length=2, max_length=200)


PARK = Form(Why)


def fetch(visit: Visit, query: Query) -> Slice[Stuck]:
    found = held_up.page(
        visit.office.session,
        visit.scope,
        words=query.words,
        after=place_of(query),
        limit=query.limit,
        latest_first=query.descending,
    )
    last = f"{found[-1].changed_at.isoformat()}_{found[-1].id.hex}" if len(found) == query.limit else ""
    return Slice(found, last)


LISTING = Listing(
    title=say.FORWARDING,
    at=FORWARDING,
    columns=(
        Column("number", say.NUMBER, lambda one: one.number, href=lambda one: f"{FORWARDING}/{one.id}"),
        Column("where", say.WHERE, lambda one: one.title),
        Column("state", say.STATE, lambda one: say.STATES[State(one.state)]),
        Column("reason", say.REASON, lambda one: one.parked_why or one.reason),
        Column("tries", say.TRIES, lambda one: one.tries),
        Column("since", say.SINCE, lambda one: one.changed_at, sorts=True),
    ),
    fetch=fetch,
    hint=say.FORWARDING_HINT,
    none=(say.NO_STUCK, say.NO_STUCK_WORDS, "", ""),
    sort="since",
)


@pages.get(FORWARDING, roles=SEES)
def show(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    counts = say.counts(held_up.counts(visit.office.session, visit.scope))
    return View("forwarding.html", {"listed": found, "counts": counts, "words": say})


@pages.get(ONE, roles=SEES)
def one(visit: Visit) -> Answer:
    return _page(visit)


def refused(visit: Visit, refusal: Refusal) -> Answer:
    return _page(visit, error=explain(refusal), status=409)


@pages.post(ONE + "/retry", roles=LEADS, refused=refused)
def retry(visit: Visit) -> Answer:
    forward, ticket, destination = _found(visit)
    deciding.retry(visit.office, forward.id, by=visit.me.title)
    visit.noted("forward.retried", ticket.number, to=destination.code)
    return Go(f"{FORWARDING}/{forward.id}", "retried")


@pages.post(ONE + "/park", roles=LEADS, refused=refused)
def park(visit: Visit) -> Answer:
    forward, ticket, destination = _found(visit)
    typed = PARK.read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, filled=typed, status=422)
    deciding.park(visit.office, forward.id, by=visit.me.title, why=typed.why)
    visit.noted("forward.parked", ticket.number, to=destination.code, why=typed.why)
    return Go(f"{FORWARDING}/{forward.id}", "parked")


def _found(visit: Visit) -> tuple[Forward, Ticket, Destination]:
    found = held_up.within(visit.office.session, visit.scope, named(visit))
    if found is None:
        raise NotThere
    return found


def _page(visit: Visit, *, filled: Filled | None = None, error: str = "", status: int = 200) -> View:
    forward, ticket, destination = _found(visit)
    facts = {
        "one": forward,
        "state": say.STATES[State(forward.state)],
        "is_parked": forward.state == State.PARKED,
        "is_stuck": forward.state in held_up.STUCK,
        "number": ticket.number,
        "title": destination.title,
        "tries": [(say.outcome(line.outcome), line) for line in rows.tries(visit.office.session, forward.id)],
        "filled": filled or PARK.shown(),
        "error": error,
        "may_decide": visit.me.role in LEADS,
        "words": say,
        "at_forward": f"{FORWARDING}/{forward.id}",
    }
    return View("forward.html", facts, status)
