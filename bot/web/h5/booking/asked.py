"""What an address or form of the booking pages names: a thing, a day, a moment; anything else is not there."""

from datetime import date, datetime

from bot.rules import service
from bot.rules.service import Thing
from bot.store import booking as bookings
from bot.store.booking import Booking
from bot.web.h5.page import NotThere, Visit


def thing(visit: Visit) -> Thing:
    """The service or room of the address, which somebody must be there to do. Raises NotThere."""
    try:
        found = service.thing(visit.office.session, visit.path["key"])
    except ValueError:
        raise NotThere from None
    if found is None or not found.resources:
        raise NotThere
    return found


def day(text: str) -> date:
    """A day as 2026-11-23. Raises NotThere."""
    try:
        return _of_our_time(date.fromisoformat(text))
    except ValueError:
        raise NotThere from None


def moment(visit: Visit, text: str) -> datetime:
    """A local moment as 2026-11-23T15:00. Raises NotThere."""
    try:
        found = datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=visit.office.zone)
        _of_our_time(found.date())
    except ValueError:
        raise NotThere from None
    return found


def _of_our_time(found: date) -> date:
    """The day, where there are days around it to reckon with. Raises ValueError."""
    if not 2000 <= found.year < 3000:
        raise ValueError(found)
    return found


def own(visit: Visit) -> Booking:
    """The resident's own booking of the address. Raises NotThere."""
    found = bookings.of(visit.office.session, visit.resident_id, visit.path["number"])
    if found is None:
        raise NotThere
    return found
