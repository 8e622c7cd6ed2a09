"""A time that was held for somebody who waited becomes their booking."""

from datetime import timedelta
from uuid import UUID

from bot.rules import service
from bot.rules.booking import codes, limits
from bot.rules.booking.limits import NotThen
from bot.rules.booking.resident import RESIDENT, counter_phone, noted
from bot.rules.booking.waiting import NothingHeld
from bot.rules.office import Office
from bot.store import booking as bookings
from bot.store.booking import Booking, WaitState, What


def take(office: Office, waiting_id: UUID) -> Booking:
    """Book what is held. Raises NothingHeld once the hold is over, and what limits.check raises."""
    place = bookings.locked_waiting(office.session, waiting_id)
    held = bookings.held_for(office.session, place.id)
    is_good = place.held_until is not None and place.held_until > office.now
    if place.state != WaitState.OFFERED or not is_good or not held or place.offered_resource is None:
        raise NothingHeld
    if held != bookings.ticks(held[0], held[-1] + bookings.TICK):  # it ran out for somebody whose clock is ahead
        raise NothingHeld
    thing = service.thing(office.session, place.thing_key, place.station_id)
    if thing is None or place.resident_id is None:
        raise NotThen(place.title, held[0].astimezone(office.zone))
    if all(one.id != place.offered_resource for one in thing.resources):  # they have gone since it was held
        raise NothingHeld
    lasts = int((held[-1] + bookings.TICK - held[0]).total_seconds() // 60)
    phone = counter_phone(office, place.station_id)
    limits.check(office, thing, held[0], lasts, resident_id=place.resident_id, phone=phone)
    booking = Booking(
        number=bookings.next_number(office.session, office.today),
        resident_id=place.resident_id,
        channel=place.channel,
        station_id=place.station_id,
        service_id=place.service_id,
        venue_id=place.venue_id,
        resource_id=place.offered_resource,
        title=place.title,
        visit=thing.visit,
        starts_at=held[0],
        ends_at=held[0] + timedelta(minutes=min(lasts, thing.minutes)),
        contact=place.contact,
        created_at=office.now,
        changed_at=office.now,
    )
    if thing.visit:
        codes.give(office, booking)
    bookings.add(office.session, booking)
    bookings.hand_over(office.session, place.id, booking.id)
    place.state, place.changed_at, place.held_until = WaitState.TAKEN.value, office.now, None
    bookings.note_waiting(office.session, place.id, at=office.now, what=What.TAKEN, slot=held[0])
    noted(office, booking, What.BOOKED, RESIDENT, {"start": held[0].isoformat(), "from": "waiting list"})
    return booking
