"""What residents suggested and what became of it, for everybody to read; supporting one by a tap."""

from bot.rules import suggestion
from bot.rules.reach import RESIDENTS
from bot.rules.suggestion import Heard
from bot.store import suggestion as rows
from bot.store.suggestion import State
from bot.web.h5.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import suggestion as say

pages = Pages()
HEARD = "/h5/heard"
ONE = HEARD + "/{number}"
MARKS = {State.DONE: "open", State.ADOPTED: "open", State.NOT_ADOPTED: "shut"}


@pages.get(HEARD, for_all=True)
def heard(visit: Visit) -> View:
    """The list, newest first, and how many of them are answered and done."""
    wanted = visit.query.get("only", "")
    only = State(wanted) if wanted in {State.ADOPTED, State.DONE} else None
    total, answered, done = suggestion.heard_counts(visit.office)
    facts = {
        "lines": [_line(one) for one in suggestion.heard(visit.office, only)],
        "counts": say.counts(total, answered, done),
        "only": wanted if only else "",
    }
    return View("heard.html", facts)


@pages.get(ONE, for_all=True)
def one(visit: Visit) -> View:
    """One of them; whoever came from the chat may support it."""
    its = found(visit)
    row = suggestion.public_row(visit.office, its.number)
    who = visit.resident
    is_own = row is not None and who is not None and row.resident_id == who
    supports = row is not None and who is not None and rows.is_supported_by(visit.office.session, row.id, who)
    facts = {**_line(its), "reply": its.reply, "became": its.became, "href": its.href, "known": who is not None}
    return View("heard_one.html", {**facts, "supported": supports, "may": its.is_open and not is_own})


@pages.post(ONE + "/support")
def support(visit: Visit) -> Answer:
    """One person, one support."""
    row = suggestion.public_row(visit.office, found(visit).number)
    if row is None:
        raise NotThere
    suggestion.support(visit.office, row, resident_id=visit.resident_id, channel=RESIDENTS)
    return Go(f"{HEARD}/{row.number}", "suggestion_supported")


def found(visit: Visit) -> Heard:
    """The suggestion of the address, while everybody may read it."""
    its = suggestion.heard_one(visit.office, visit.path["number"])
    if its is None:
        raise NotThere
    return its


def _line(one: Heard) -> dict[str, object]:
    return {
        "number": one.number,
        "kind": say.WISHES[one.wish],
        "text": one.words,
        "state": say.STATES[one.state],
        "mark": MARKS.get(one.state, ""),
        "day": f"{one.at:%Y-%m-%d}",
        "supports": one.supports,
    }
