"""What lies in cabinets longer than it may: to be called about, or taken to the station."""

from uuid import UUID

from bot.rules.access import READERS
from bot.rules.locker import fleet
from bot.rules.locker.fleet import Inside
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.locker.common import LOCKERS, OVERDUE, address, tabs
from bot.web.console.page import Answer, File, Pages, View, Visit
from bot.wording.locker import console as say
from bot.wording.locker.common import what

pages = Pages()
Row = tuple[Inside, str, str]


def fetch(visit: Visit, query: Query) -> Slice[Row]:
    found = fleet.overdue(visit.office, visit.scope, after=row_id(query.after), limit=query.limit)
    return Slice(found, found[-1][0].id.hex if len(found) == query.limit else "")


def row_id(name: str) -> UUID | None:
    """The row behind which a page begins."""
    try:
        return UUID(name) if name else None
    except ValueError:
        return None


LISTING = Listing(
    title=say.OVERDUE,
    at=OVERDUE,
    columns=(
        Column("due", say.DUE, lambda row: row[0].due),
        Column("code", say.CODE, lambda row: row[1], lambda row: f"{address(row[1])}?door={row[0].door}"),
        Column("door", say.DOOR, lambda row: row[0].door),
        Column("kind", say.WHAT, lambda row: what(row[0].kind, row[0].company)),
        Column("name", say.WHERE, lambda row: row[2]),
        Column("phone", say.WHOM, lambda row: say.whom(row[0])),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NOTHING_OVERDUE, say.NOTHING_OVERDUE_WORDS, LOCKERS, say.SEE_ALL),
)


@pages.get(OVERDUE, roles=READERS)
def show(visit: Visit) -> Answer:
    """The list; that somebody looked is written down."""
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    visit.noted("locker.overdue")
    return View("lockers.html", {"listed": found, "kinds": [], "tabs": tabs(), "tab": OVERDUE})
