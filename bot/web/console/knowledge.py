"""The knowledge base as a list: entries of the files and of the staff, how often each is asked, what is stale."""

from collections.abc import Callable

from bot.nlu import Understander
from bot.rules import knowledge_edit
from bot.rules.access import READERS
from bot.rules.knowledge_edit import Known
from bot.store.staff import StaffRole
from bot.web.console.listing import Column, Listing, Query, Slice, Value, listed, start_of
from bot.web.console.page import Answer, File, NotThere, Pages, Place, View, Visit
from bot.wording import knowledge as say

pages = Pages()
KNOWLEDGE = "/console/knowledge"
WRITERS = frozenset({StaffRole.STATION_STAFF, StaffRole.MANAGER, StaffRole.ADMINISTRATOR})
PLACE = Place("knowledge", say.TITLE, KNOWLEDGE, "book", READERS)
SORTS: dict[str, Callable[[Known], tuple[bool, str | int]]] = {
    "question": lambda one: (False, one.entry.question),
    "reviewed": lambda one: (False, str(one.entry.reviewed or "")),
    "expires": lambda one: (one.entry.expires is None, str(one.entry.expires or "")),
    "times": lambda one: (False, one.times),
}


def newest(visit: Visit) -> Understander:
    """What the assistant knows; a desk without an assistant has no such pages."""
    if visit.known is None:
        raise NotThere
    return visit.known.newest


def fetch(visit: Visit, query: Query) -> Slice[Known]:
    """The entries of a tab that have the words anywhere, after so many."""
    tab, today = visit.asked.query.get("tab", ""), visit.office.today
    chosen: dict[str, Callable[[Known], bool]] = {
        "own": lambda one: one.own and not one.hidden,
        "stale": lambda one: one.is_stale(today) and not one.hidden,
        "hidden": lambda one: one.hidden,
    }
    wanted = chosen.get(tab)
    known = knowledge_edit.all_known(visit.office, newest(visit).in_files)
    rows = [one for one in known if (wanted is None or wanted(one)) and _has(one, query.words.lower())]
    rows.sort(key=SORTS[query.sort], reverse=query.descending)
    start = start_of(query)
    end = start + query.limit
    return Slice(rows[start:end], str(end) if end < len(rows) else "")


def _has(one: Known, words: str) -> bool:
    entry = one.entry
    return not words or any(words in text.lower() for text in (entry.id, entry.question, entry.answer, *entry.ask))


def _day(value: object) -> Value:
    return str(value) if value else ""


LISTING = Listing(
    title=say.TITLE,
    at=KNOWLEDGE,
    columns=(
        Column(
            "question", say.QUESTION, lambda one: one.entry.question, lambda one: f"{KNOWLEDGE}/{one.entry.id}", True
        ),
        Column("origin", say.ORIGIN, say.origin),
        Column("times", say.ASKED, lambda one: one.times, sorts=True),
        Column("reviewed", say.REVIEWED, lambda one: _day(one.entry.reviewed), sorts=True),
        Column("expires", say.EXPIRES, lambda one: _day(one.entry.expires), sorts=True),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, KNOWLEDGE, say.TABS[""]),
    sort="times",
    descending=True,
    filters=("tab",),
)


@pages.get(KNOWLEDGE, roles=READERS)
def show(visit: Visit) -> Answer:
    """All of it, or one kind."""
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    tab = visit.asked.query.get("tab", "")
    tabs = [(key, label, f"{KNOWLEDGE}?tab={key}" if key else KNOWLEDGE) for key, label in say.TABS.items()]
    facts = {"listed": found, "tabs": tabs, "tab": tab, "words": say, "may_write": visit.me.role in WRITERS}
    return View("knowledge.html", facts)
