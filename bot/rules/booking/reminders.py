"""Reminders the evening before and the hour before, each once and only while the booking stands."""

from uuid import UUID

from bot.rules.booking import codes, limits
from bot.rules.office import Office
from bot.rules.reminding import LOOKS_AHEAD, NOBODY_TOLD, Due, due
from bot.store import booking as bookings
from bot.store import outbox
from bot.store.booking import Booking


def remind(office: Office) -> int:
    """Put the reminders that are due into the outbox; returns how many."""
    said = 0
    for booking in bookings.starting(office.session, office.now, office.now + LOOKS_AHEAD):
        what = due(office, booking.starts_at, booking.created_at, day=booking.day_notice, hour=booking.hour_notice)
        if what is Due.HOUR:
            booking.hour_notice = _tell(office, booking, "booking_soon")
            booking.day_notice = booking.day_notice or NOBODY_TOLD
        elif what is Due.DAY:
            booking.day_notice = _tell(office, booking, "booking_tomorrow")
        elif what is Due.KNOWS:
            booking.day_notice = NOBODY_TOLD
        said += what in (Due.HOUR, Due.DAY)
    return said


def _tell(office: Office, booking: Booking, kind: str) -> UUID:
    facts = facts_of(office, booking)
    if booking.resident_id is not None:
        misses = limits.misses_of(office, booking.resident_id)
        facts["left"] = limits.MOST_MISSES - misses if misses else 0
    return put(office, booking, kind, facts)


def facts_of(office: Office, booking: Booking) -> dict[str, object]:
    """What a notice about a booking needs."""
    return {
        "title": booking.title,
        "number": booking.number,
        "start": booking.starts_at.astimezone(office.zone).isoformat(),
        "visit": booking.visit,
        "code": codes.shown(office, booking),
    }


def put(office: Office, booking: Booking, kind: str, facts: dict[str, object]) -> UUID:
    """A notice to whoever booked; of nobody's booking none."""
    if booking.resident_id is None:
        return NOBODY_TOLD
    return outbox.put(
        office.session,
        resident_id=booking.resident_id,
        channel=booking.channel,
        kind=kind,
        facts=office.seal.close_json(facts),
        now=office.now,
        due_at=office.now,
    )
