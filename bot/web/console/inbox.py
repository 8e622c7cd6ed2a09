"""The inbox: the tickets of a view, what is due first on top."""

from urllib.parse import urlencode

from bot.rules import inbox
from bot.rules.access import READERS
from bot.store.ticket.listing import View as Which
from bot.web.console.page import Answer, Pages, Place, View, Visit
from bot.wording import console as say
from bot.wording import inbox as words

pages = Pages()
INBOX = "/console/"
PLACE = Place(
    "inbox",
    say.INBOX,
    INBOX,
    "inbox",
    READERS,
    lambda visit: inbox.waiting(visit.office, visit.me),
    handy=True,
    also=("/console/tickets",),
)


@pages.get(INBOX, roles=READERS)
def show(visit: Visit) -> Answer:
    """A view of the inbox, or what is found in it."""
    given = visit.asked.query
    view = Which(given["view"]) if given.get("view") in set(Which) else _first(visit)
    sought = given.get("q", "").strip()[:60]
    after = given.get("after", "")[:80]
    found = inbox.read(
        visit.office, visit.me, view, after=after, words=sought, plain=words.plain(sought), kinds=words.kinds(sought)
    )
    if sought:
        visit.noted("ticket.searched", view.value, words=sought)
    return View("inbox.html", _facts(visit, view, sought, after, found))


def _facts(visit: Visit, view: Which, sought: str, after: str, found: inbox.Inbox) -> dict[str, object]:
    counts = inbox.counts(visit.office, visit.me)
    return {
        "view": view.value,
        "tabs": [
            (one.value, label, _address(view=one.value, q=sought), counts.get(one))
            for one, label in words.VIEWS.items()
        ],
        "q": sought,
        "lines": found.lines,
        "partly": found.partly,
        "first": _address(view=view.value, q=sought) if after else "",
        "next": _address(view=view.value, q=sought, after=found.next) if found.next else "",
        "clear": _address(view=view.value),
        "nothing": words.NONE[view],
        "words": words,
    }


def _first(visit: Visit) -> Which:
    """Where people begin: with their own tickets where they have a post, else with all."""
    return Which.MINE if visit.me.contact_id is not None else Which.ALL


def _address(**query: str) -> str:
    return f"{INBOX}?{urlencode({name: value for name, value in query.items() if value})}"
