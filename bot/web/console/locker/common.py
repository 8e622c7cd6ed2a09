"""What the pages of cabinets share: their addresses, the tabs above them, and the cabinet of an address."""

from bot.rules.locker.book import By
from bot.store.locker import Cabinet, fleet
from bot.web.console.page import NotThere, Visit
from bot.wording.locker import console as say

LOCKERS = "/console/lockers"
CABINET = f"{LOCKERS}/at/{{code}}"
OVERDUE, BOOK, COURIERS = f"{LOCKERS}/overdue", f"{LOCKERS}/book", f"{LOCKERS}/couriers"
MOST_WORDS = 200


def tabs() -> tuple[tuple[str, str], ...]:
    """The lists: label and address."""
    return ((say.TITLE, LOCKERS), (say.OVERDUE, OVERDUE), (say.BOOK, BOOK), (say.COURIERS, COURIERS))


def address(code: str) -> str:
    """Of a cabinet's page."""
    return CABINET.format(code=code)


def found(visit: Visit) -> Cabinet:
    """The cabinet of the address, within what they may see."""
    row = fleet.one(visit.office.session, visit.scope, visit.asked.path["code"])
    if row is None:
        raise NotThere
    return row


def by(visit: Visit) -> By:
    """Whoever does it, as they stand in the book."""
    return By(visit.me.staff_id, visit.me.title)


def words(visit: Visit) -> str:
    """The reason that was typed."""
    return visit.asked.form.get("words", "").strip()[:MOST_WORDS]


def door(visit: Visit) -> int:
    """The door that was chosen; 0 for none."""
    return number(visit.asked.form.get("door", ""))


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
