"""A place in a waiting list: taking what is offered, or giving the place up."""

from uuid import UUID

from bot.rules import booking
from bot.store import booking as bookings
from bot.store.booking import WaitState, What
from bot.web.h5.page import Go, NotThere, Pages, Visit

pages = Pages()


@pages.post("/h5/waits/{id}/take")
def take(visit: Visit) -> Go:
    """Book the time that is held."""
    return Go(f"/h5/bookings/{booking.take(visit.office, _own(visit)[0]).number}", "booked")


@pages.post("/h5/waits/{id}/leave")
def leave(visit: Visit) -> Go:
    """What was held goes to the next."""
    waiting_id, offered = _own(visit)
    booking.leave(visit.office, waiting_id, What.DECLINED if offered else What.LEFT)
    return Go("/h5/bookings", "left")


def _own(visit: Visit) -> tuple[UUID, bool]:
    """The resident's own place, and whether something is held for them. Raises NotThere."""
    for place in bookings.waits_of(visit.office.session, visit.resident_id):
        if str(place.id) == visit.path["id"]:
            return place.id, place.state == WaitState.OFFERED
    raise NotThere
