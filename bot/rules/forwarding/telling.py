"""Who hears that a ticket does not get through: after three failures those who have it, after a day the manager."""

from datetime import timedelta
from uuid import UUID

from bot.rules import post
from bot.rules.office import Office
from bot.rules.ticket.telling import tell_one, tell_staff
from bot.store import forwarding, staff
from bot.store import ticket as tickets
from bot.store.forwarding import Forward
from bot.store.staff import Staff, StaffRole

STUCK, STUCK_LONG = "forward_stuck", "forward_stuck_long"
STAFF_AFTER = 3  # failures
MANAGER_AFTER = timedelta(hours=24)
_STAFF, _MANAGER = 1, 2


def tell_of_failure(office: Office, forward: Forward, *, waits: bool = False) -> None:
    """Tell whoever is to know by now, once in each stretch of failures; `waits`: only a number is missing so far."""
    ticket = tickets.ticket(office.session, forward.ticket_id)
    destination = forwarding.destination_of(office.session, forward.destination_id)
    if ticket is None or destination is None:
        return
    if not waits and forward.tries >= STAFF_AFTER and forward.told < _STAFF:
        forward.told = _STAFF
        tell_staff(office, ticket, STUCK, note=destination.title)
    since = forward.failing_since
    if since is not None and office.now - since >= MANAGER_AFTER and forward.told < _MANAGER:
        forward.told = _MANAGER
        for one in managers(office, ticket.area_id):
            person = post.person_of(office, one)
            tell_one(office, ticket, STUCK_LONG, staff_id=one.id, person_id=person, note=destination.title)


def managers(office: Office, area_id: UUID | None) -> list[Staff]:
    """The managers who see that part of the city; those of one station or grid are not asked about all of it."""
    return [
        one
        for one in staff.everybody(office.session)
        if one.active
        and one.role == StaffRole.MANAGER
        and one.station_id is None
        and one.grid_id is None
        and (one.area_id is None or (area_id in forwarding.areas_below(office.session, one.area_id)))
    ]
