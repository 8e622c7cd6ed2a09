"""Giving a booking up: which one, late with the reason, and a button of its own before anything is gone."""

from bot.rules import booking
from bot.web.h5.booking import asked
from bot.web.h5.booking.mine import span
from bot.web.h5.page import Answer, Go, Pages, View, Visit
from bot.wording.booking import dialogue as say

pages = Pages()
LONGEST_REASON = 100


@pages.get("/h5/bookings/{number}/cancel")
def ask(visit: Visit) -> View:
    return _asked(visit, status=200)


@pages.post("/h5/bookings/{number}/cancel")
def cancel(visit: Visit) -> Answer:
    """Late it wants a reason."""
    found = asked.own(visit)
    reason = visit.form.get("reason", "").strip()[:LONGEST_REASON]
    if found.is_live and booking.is_late(visit.office, found) and not reason:
        return _asked(visit, status=422)
    booking.cancel(visit.office, found.id, reason)
    return Go("/h5/bookings", "cancelled")


def _asked(visit: Visit, *, status: int) -> View:
    found = booking.changeable(visit.office, asked.own(visit).id)
    reasons = say.REASONS if booking.is_late(visit.office, found) else ()
    facts = {"number": found.number, "title": found.title, "when": span(visit, found), "reasons": reasons}
    return View("cancel.html", {**facts, "missing": status != 200}, status)
