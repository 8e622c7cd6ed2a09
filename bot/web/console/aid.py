"""Neighbours' posts: looked at before anybody reads them, mended, shown, taken down."""

from bot.errors import Refusal
from bot.rules import aid
from bot.rules.access import READERS, WORKERS
from bot.store import aid as rows
from bot.store.aid import AidPost, AidState
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording import aid as say_aid
from bot.wording import explain
from bot.wording.activity import console as say

pages = Pages()
AID = "/console/aid"
ONE = AID + "/{id}"
MOST, MOST_WORDS = 100, 120


@pages.get(AID, roles=READERS)
def show(visit: Visit) -> Answer:
    """What waits, and what is shown; that somebody read it is written down."""
    return _page(visit)


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason."""
    return _page(visit, error=explain(refusal), status=409)


@pages.post(ONE + "/show", roles=WORKERS, refused=refused)
def approve(visit: Visit) -> Answer:
    """Neighbours read it from now on, in these words."""
    row = found(visit)
    aid.approve(visit.office, row, visit.asked.form.get("words", "")[:MOST_WORDS])
    return _done(visit, row, "aid.shown", "aid_shown")


@pages.post(ONE + "/refuse", roles=WORKERS, refused=refused)
def refuse(visit: Visit) -> Answer:
    """It is not shown, and its author hears why."""
    row = found(visit)
    aid.refuse(visit.office, row, visit.asked.form.get("reason", "")[:MOST_WORDS])
    return _done(visit, row, "aid.refused", "aid_refused")


@pages.post(ONE + "/close", roles=WORKERS)
def close(visit: Visit) -> Answer:
    """It is taken down."""
    row = found(visit)
    aid.close(visit.office, row.id)
    return _done(visit, row, "aid.closed", "aid_closed")


def found(visit: Visit) -> AidPost:
    """The post of the address, within what they may see."""
    row = rows.within(visit.office.session, visit.scope, named(visit))
    if row is None:
        raise NotThere
    return row


def _done(visit: Visit, row: AidPost, what: str, said: str) -> Answer:
    visit.noted(what, str(row.id))
    return Go(AID, said)


def _page(visit: Visit, *, error: str = "", status: int = 200) -> View:
    session, scope = visit.office.session, visit.scope
    waiting = rows.page(session, scope, states=[AidState.PENDING], limit=MOST)
    shown = rows.page(session, scope, states=[AidState.OPEN], limit=MOST)
    if waiting:
        visit.noted("aid.viewed", "", posts=len(waiting))
    typed = {"words": visit.asked.form.get("words", ""), "reason": visit.asked.form.get("reason", "")}
    facts = {
        "waiting": [_waiting(visit, row) for row in waiting],
        "shown": [
            {"id": str(row.id), "kind": say_aid.KINDS[row.kind], "words": row.shown, "until": row.ends_at}
            for row in shown
        ],
        "typed": typed,
        "typed_for": visit.asked.path.get("id", ""),
        "error": error,
        "words": say,
        "tab": AID,
        "may_write": visit.me.role in WORKERS,
        "most": MOST_WORDS,
    }
    return View("aid.html", facts, status)


def _waiting(visit: Visit, row: AidPost) -> dict[str, object]:
    """What its author told, without the telephone, and what neighbours might read of it."""
    told = aid.told_in(visit.office, row)
    return {
        "id": str(row.id),
        "kind": say_aid.KINDS[row.kind],
        "told": [told.get(name, "") for name in ("what", "when", "where")],
        "suggested": say_aid.suggested(told),
        "at": row.created_at,
    }
