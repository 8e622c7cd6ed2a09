"""The book of doors as a list: every opening with its reason, of all cabinets or of one."""

from bot.rules.access import READERS
from bot.rules.locker import fleet
from bot.rules.locker.fleet import Line
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.locker.common import BOOK, address, number, tabs
from bot.web.console.locker.overdue import row_id
from bot.web.console.page import Answer, File, Pages, View, Visit
from bot.wording.locker import console as say

pages = Pages()


def fetch(visit: Visit, query: Query) -> Slice[Line]:
    """Lines of the cabinet that is sought, and of its one door where `door` says so."""
    found = fleet.book(
        visit.office,
        visit.scope,
        code=query.words.upper(),
        door=number(visit.asked.query.get("door", "")) or None,
        before=row_id(query.after),
        limit=query.limit,
    )
    return Slice(found, found[-1].id.hex if len(found) == query.limit else "")


LISTING = Listing(
    title=say.BOOK,
    at=BOOK,
    columns=(
        Column("at", say.WHEN, lambda line: line.at),
        Column("cabinet", say.CODE, lambda line: line.cabinet, lambda line: address(line.cabinet)),
        Column("door", say.DOOR, lambda line: line.door or say.WHOLE),
        Column("did", say.HAPPENED, lambda line: say.DID[line.did]),
        Column("reason", say.BY_RIGHT, lambda line: say.RIGHTS[line.reason]),
        Column("who", say.WHO, say.who),
        Column("words", say.WHY, lambda line: line.words),
    ),
    fetch=fetch,
    hint=say.BOOK_HINT,
    none=(say.NO_LINES, say.NO_LINES_WORDS, "", ""),
    filters=("door",),
)


@pages.get(BOOK, roles=READERS)
def show(visit: Visit) -> Answer:
    """The list; that somebody looked is written down."""
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    visit.noted("locker.book", visit.asked.query.get("q", "")[:32])
    return View("lockers.html", {"listed": found, "kinds": [], "tabs": tabs(), "tab": BOOK})
