"""Who may put deliveries in: a word is given out once, and whoever says it first in the chat is that courier."""

from uuid import UUID

from bot.rules.access import WORKERS
from bot.rules.locker import staff
from bot.web.console.locker.common import COURIERS, tabs
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording.locker import console as say

pages = Pages()


@pages.get(COURIERS, roles=WORKERS)
def show(visit: Visit) -> Answer:
    return _page(visit)


@pages.post(COURIERS, roles=WORKERS)
def let_in(visit: Visit) -> Answer:
    """A word for one courier, shown here and never again."""
    company = visit.asked.form.get("company", "").strip()[:40]
    if not company:
        return _page(visit, error=say.NO_COMPANY, status=422)
    word = staff.let_in(visit.office, company)
    visit.noted("locker.let_in", company)
    return _page(visit, word=word, company=company)


@pages.post(f"{COURIERS}/end", roles=WORKERS)
def send_away(visit: Visit) -> Answer:
    """They put nothing in any more, from now on."""
    try:
        wanted = UUID(visit.asked.form.get("courier", ""))
    except ValueError:
        raise NotThere from None
    if not staff.send_away(visit.office, wanted):
        raise NotThere
    visit.noted("locker.sent_away", str(wanted))
    return Go(COURIERS, "saved")


def _page(visit: Visit, *, word: str = "", company: str = "", error: str = "", status: int = 200) -> View:
    rows = [(one.id, one.company, one.resident_id is not None, one.created_at) for one in staff.couriers(visit.office)]
    facts = {"couriers": rows, "word": word, "company": company, "error": error, "tabs": tabs(), "tab": COURIERS}
    return View("locker_couriers.html", facts, status)
