"""One cabinet: its doors, what lies there, what happened lately, and what the staff may do with it."""

from bot.errors import Refusal
from bot.rules.access import READERS, WORKERS
from bot.rules.locker import fleet
from bot.store.staff import StaffRole
from bot.web.console.locker.common import CABINET, MOST_WORDS, found, number
from bot.web.console.page import Answer, Pages, View, Visit
from bot.wording import explain
from bot.wording.locker import common as said
from bot.wording.locker import console as words

pages = Pages()
KEEPERS = frozenset({StaffRole.ADMINISTRATOR})  # of keys


@pages.get(CABINET, roles=READERS)
def show(visit: Visit) -> Answer:
    """All of it; that somebody looked is written down."""
    visit.noted("locker.viewed", found(visit).code)
    return page(visit)


@pages.get(f"{CABINET}/doors", roles=READERS, by_itself=True)
def doors(visit: Visit) -> Answer:
    """What moves by itself, asked for again and again by the page."""
    return View("locker_doors.html", _facts(visit))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The cabinet again, with the reason and with what was typed."""
    return page(visit, error=explain(refusal), status=409)


def page(visit: Visit, *, error: str = "", shown: tuple[str, str, str] | None = None, status: int = 200) -> View:
    """The page of the cabinet of the address. `shown` is what is shown once: title, text, and what to do with it."""
    facts = {"error": error, "shown": shown, "typed": visit.asked.form.get("words", "") if error else ""}
    return View("locker.html", {**_facts(visit), **facts}, status)


def _facts(visit: Visit) -> dict[str, object]:
    case = fleet.read(visit.office, visit.scope, found(visit), visit.me.staff_id)
    chosen = number(visit.asked.form.get("door") or visit.asked.query.get("door", ""))
    return {
        "case": case,
        "words": words,
        "parcels": said,
        "chosen": chosen if any(door.number == chosen for door in case.doors) else 0,
        "most": MOST_WORDS,
        "may_work": visit.me.role in WORKERS,
        "may_change_keys": visit.me.role in KEEPERS,
    }
