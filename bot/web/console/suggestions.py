"""Suggestions on the staff's desk: what nobody has answered first, the oldest on top; and one with its words."""

from bot.errors import Refusal
from bot.nlu.wishes import Wish
from bot.rules import picture, suggestion
from bot.rules.access import READERS, WORKERS
from bot.store import suggestion as rows
from bot.store.suggestion import ALBUM, Outcome, State, Suggestion
from bot.store.suggestion import View as Which
from bot.web.console.listing import Column, Listing, Query, Slice, listed, place_of
from bot.web.console.named import named
from bot.web.console.page import Answer, File, NotThere, Pages, View, Visit
from bot.wording import explain
from bot.wording import suggestion as say_suggestion
from bot.wording import voices as say

pages = Pages()
SUGGESTIONS = "/console/suggestions"
ONE = SUGGESTIONS + "/{number}"
Row = tuple[Suggestion, str, str, int]  # with its first words, how long it waits, who supports it


def fetch(visit: Visit, query: Query) -> Slice[Row]:
    """Those of a view, with their first words, masked."""
    office, which = visit.office, _which(visit)
    kinds = [kind for kind, name in say.KINDS.items() if query.words and query.words in name]
    found = rows.page(
        office.session,
        visit.scope,
        which,
        words=query.words,
        kinds=kinds,
        after=place_of(query),
        limit=query.limit,
    )
    supports = rows.supports(office.session, [one.id for one in found])
    lines = [(one, suggestion.in_a_list(office, one), _waits(visit, one), supports.get(one.id, 0)) for one in found]
    last = f"{found[-1].created_at.isoformat()}_{found[-1].id}" if len(found) == query.limit else ""
    return Slice(lines, last)


LISTING: Listing[Row] = Listing(
    title=say.SUGGESTIONS,
    at=SUGGESTIONS,
    columns=(
        Column("number", say.NUMBER, lambda row: row[0].number, href=lambda row: f"{SUGGESTIONS}/{row[0].number}"),
        Column("waits", say.WAITS, lambda row: row[2]),
        Column("words", say.WORDS, lambda row: row[1]),
        Column("kind", say.KIND, lambda row: say.KINDS[row[0].kind]),
        Column("state", say.STATE, lambda row: say.STATES[row[0].state]),
        Column("supports", say.SUPPORTS, lambda row: row[3]),
        Column("public", say.PUBLIC, lambda row: say.YES if row[0].published_at else say.NO),
        Column("at", say.CAME, lambda row: row[0].created_at),
        Column("answered", say.ANSWERED_AT, lambda row: row[0].answered_at),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, "", ""),
    filters=("view",),
)


@pages.get(SUGGESTIONS, roles=READERS)
def show(visit: Visit) -> Answer:
    """A view of them; that somebody read first words is written down."""
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    if found.rows:
        visit.noted("suggestion.listed", "", suggestions=len(found.rows))
    waiting = rows.waiting(visit.office.session, visit.scope)
    facts = {"listed": found, "view": _which(visit).value, "words": say, "tab": SUGGESTIONS, "waiting": waiting}
    return View("suggestions.html", facts)


@pages.get(ONE, roles=READERS)
def one(visit: Visit) -> Answer:
    """All of it; that somebody looked is written down."""
    row = found(visit)
    visit.noted("suggestion.viewed", row.number)
    return page(visit, row)


@pages.get(ONE + "/pictures/{picture}", roles=READERS)
def picture_of(visit: Visit) -> Answer:
    """One picture of a suggestion they may see."""
    row = found(visit)
    photos = picture.of(visit.office, row.id, ALBUM, named(visit, "picture"))
    if not photos:
        raise NotThere
    visit.noted("suggestion.picture", row.number)
    return File(photos[0].jpeg, "image/jpeg")


def found(visit: Visit) -> Suggestion:
    """The suggestion of the address, within what they may see."""
    row = rows.within(visit.office.session, visit.scope, visit.asked.path["number"])
    if row is None:
        raise NotThere
    return row


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The suggestion again, with the reason and with what was typed."""
    return page(visit, found(visit), error=explain(refusal), status=409)


def page(visit: Visit, row: Suggestion, *, error: str = "", status: int = 200) -> View:
    """A suggestion as the staff work on it."""
    office, form = visit.office, visit.asked.form
    seen = suggestion.on_desk(office, row)
    facts = {
        "one": seen,
        "row": row,
        "kinds": say.KINDS,
        "state": say.STATES[row.state],
        "waits": _waits(visit, row) if say_suggestion.days(row.created_at, visit.office.now) else "",
        "history": [(say_suggestion.step(line), line.at, line.note) for line in seen.history],
        "steps": {name: label for name, label in say.STEPS.items() if State(row.state) in _FROM[name]},
        "step": form.get("what", "answered"),
        "may_done": row.state == State.ADOPTED,
        "may_publish": row.state in rows.SHOWN,
        "outcomes": say.OUTCOMES,
        "heard": form.get("heard") or suggestion.suggested(office, row),
        "reply": form.get("reply") or suggestion.suggested_reply(office, row),
        "typed": form,
        "became": row.outcome_ref,
        "to_ticket": row.outcome == Outcome.TICKET and row.outcome_ref,
        "wish": Wish(row.kind).value,
        "error": error,
        "words": say,
        "may_work": visit.me.role in WORKERS,
    }
    return View("suggestion.html", facts, status)


_FROM = {
    "answered": (State.RECEIVED, State.ANSWERED, State.ADOPTED),
    "adopted": (State.RECEIVED, State.ANSWERED, State.NOT_ADOPTED),
    "not_adopted": (State.RECEIVED, State.ANSWERED, State.ADOPTED),
}


def _which(visit: Visit) -> Which:
    view = visit.asked.query.get("view", "")
    return Which(view) if view in set(Which) else Which.WAITING


def _waits(visit: Visit, row: Suggestion) -> str:
    if row.state != State.RECEIVED:
        return ""
    return say.days(say_suggestion.days(row.created_at, visit.office.now))
