"""The call list at the desk and on a telephone: whom to ring up about what, and what came of it."""

from uuid import UUID

from bot.errors import Refusal
from bot.rules import call, call_list, resident
from bot.rules.access import READERS, WORKERS
from bot.rules.call_list import Entry
from bot.store.call import CallState
from bot.web.console.listing import Column, Listing, Query, Slice, asked_for, listed
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.web.console.people_tabs import CALLS, tabs
from bot.wording import call as say
from bot.wording import explain, notice

pages = Pages()
ONE = CALLS + "/{id}"
MOST_WORDS = 200


def fetch(visit: Visit, query: Query) -> Slice[Entry]:
    """Those of the view, as they are worked off."""
    found = call_list.entries(visit.office, visit.scope, _view(visit))
    if query.words:
        found = [one for one in found if query.words in _about(one) or query.words in one.code]
    if query.sort == "since":
        found.sort(key=lambda one: one.since, reverse=query.descending)
    ids = [one.id.hex for one in found]
    start = ids.index(query.after) + 1 if query.after in ids else 0
    rows = found[start : start + query.limit]
    return Slice(rows, rows[-1].id.hex if start + query.limit < len(found) else "")


LISTING = Listing(
    title=say.TITLE,
    at=CALLS,
    columns=(
        Column("who", say.WHO, lambda one: one.code),
        Column("what", say.WHAT, lambda one: _about(one)),
        Column("since", say.SINCE, lambda one: one.since, sorts=True),
        Column("tries", say.TRIES, lambda one: one.tries),
        Column("outcome", say.OUTCOME, lambda one: one.note or say.STATES[one.state]),
        Column("by", say.BY, lambda one: one.by),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, "", ""),
    filters=("view",),
)


@pages.get(CALLS, roles=READERS)
def show(visit: Visit) -> Answer:
    """The list; names and numbers are not on it."""
    return _page(visit)


@pages.post(ONE + "/phone", roles=WORKERS)
def phone(visit: Visit) -> Answer:
    """The number, to be tapped; that it was looked at is written down."""
    person = _person(visit)
    visit.noted("call.phone", str(person))
    return _page(visit, shown=named(visit), number=resident.phone(visit.office, person))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The list again, with the reason at its top and what was typed."""
    return _page(visit, shown=named(visit), error=explain(refusal), status=409)


@pages.post(ONE + "/called", roles=WORKERS, refused=refused)
def called(visit: Visit) -> Answer:
    person = _person(visit)
    call.called(visit.office, named(visit), by=visit.me.title, note=_note(visit))
    visit.noted("call.called", str(person))
    return Go(CALLS, "called")


@pages.post(ONE + "/not-reached", roles=WORKERS, refused=refused)
def not_reached(visit: Visit) -> Answer:
    person = _person(visit)
    tries = call.not_reached(visit.office, named(visit), by=visit.me.title)
    visit.noted("call.not_reached", str(person), tries=tries)
    return Go(CALLS, "not_reached")


@pages.post(ONE + "/drop", roles=WORKERS, refused=refused)
def drop(visit: Visit) -> Answer:
    person = _person(visit)
    call.dropped(visit.office, named(visit), by=visit.me.title, reason=_note(visit))
    visit.noted("call.dropped", str(person), reason=_note(visit))
    return Go(CALLS, "call_dropped")


def _person(visit: Visit) -> UUID:
    """Whom the call is to, within what they may see."""
    person = call_list.within(visit.office, visit.scope, named(visit))
    if person is None:
        raise NotThere
    return person


def _note(visit: Visit) -> str:
    return visit.asked.form.get("note", "").strip()[:MOST_WORDS]


def _view(visit: Visit) -> CallState:
    wanted = visit.asked.query.get("view", "")
    return CallState(wanted) if wanted in set(CallState) else CallState.OPEN


def _about(one: Entry) -> str:
    return say.short(notice.say(one.kind, one.facts))


def _page(visit: Visit, *, shown: UUID | None = None, number: str = "", error: str = "", status: int = 200) -> Answer:
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    view = _view(visit)
    rows = fetch(visit, asked_for(visit, LISTING)).rows
    facts = {
        "listed": found,
        "rows": [(one, _about(one), say.tries(one.tries)) for one in rows],
        "tabs": [(f"{CALLS}?view={one.value}", label, one is view) for one, label in say.VIEWS.items()],
        "words": say,
        "people_tabs": tabs(visit, CALLS),
        "at_calls": CALLS,
        "is_open": view is CallState.OPEN,
        "may_work": visit.me.role in WORKERS,
        "shown": shown,
        "number": number,
        "error": error,
        "typed": visit.asked.form.get("note", ""),
        "most": MOST_WORDS,
    }
    return View("calls.html", facts, status)
