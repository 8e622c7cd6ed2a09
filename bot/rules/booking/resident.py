"""What a resident may do with bookings: make one, move it, give it up, say how it was."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from bot.nlu.kinds import Trouble
from bot.nlu.verdict import Verdict
from bot.rules import service, station, ticket
from bot.rules.booking import codes, limits, slots
from bot.rules.booking.limits import BegunAlready, NotThen, OverAlready, SlotTaken
from bot.rules.booking.waiting import offer_again
from bot.rules.office import Office
from bot.rules.place import Door
from bot.rules.service import Thing
from bot.store import booking as bookings
from bot.store import outbox
from bot.store.booking import Booking, State, What

RESIDENT = "resident"
RATES_WITHIN = timedelta(days=7)
_MARKS = {Verdict.GOOD: 5, Verdict.FAIR: 3, Verdict.BAD: 1}


def book(
    office: Office,
    thing: Thing,
    start: datetime,
    *,
    resident_id: UUID,
    channel: str,
    contact: Mapping[str, object],
    minutes: int | None = None,
    by: str = RESIDENT,
) -> Booking:
    """Give the time to the resident; `by` is the post that books for them by telephone.

    Raises SlotTaken, NotThen and what limits.check raises.
    """
    lasts = minutes or thing.minutes
    phone = counter_phone(office, thing.station_id)
    told = by != RESIDENT
    limits.check(office, thing, start, lasts, resident_id=resident_id, phone=phone, by_telephone=told)
    resource_id, lane = _claimed(office, thing, start, lasts)
    booking = Booking(
        number=bookings.next_number(office.session, office.today),
        resident_id=resident_id,
        channel=channel,
        station_id=thing.station_id,
        service_id=thing.service_id,
        venue_id=thing.venue_id,
        resource_id=resource_id,
        title=thing.title,
        visit=thing.visit,
        starts_at=start,
        ends_at=start + timedelta(minutes=lasts),
        contact=office.seal.close_json(contact),
        created_at=office.now,
        changed_at=office.now,
    )
    if thing.visit:
        codes.give(office, booking)
    bookings.add(office.session, booking)
    times = bookings.ticks(booking.starts_at, booking.ends_at)
    bookings.give(office.session, booking.id, resource_id=resource_id, lane=lane, times=times)
    noted(office, booking, What.BOOKED, by, {"start": start.isoformat()})
    return booking


def reschedule(
    office: Office, booking_id: UUID, start: datetime, *, thing: Thing | None = None, by: str = RESIDENT
) -> Booking:
    """Move a booking: the new time first, then the old one is free; `thing` with fewer to choose from, where given.

    Raises SlotTaken, NotThen, BegunAlready.
    """
    booking = changeable(office, booking_id)
    thing = thing or thing_of(office, booking)
    lasts = booking.minutes
    resource_id, lane = _claimed(office, thing, start, lasts, instead_of=booking)
    before, end = booking.starts_at, start + timedelta(minutes=lasts)
    times = bookings.ticks(start, end)
    bookings.keep_only(office.session, booking.id, resource_id=resource_id, lane=lane, times=times)
    outbox.withdraw(office.session, (booking.day_notice, booking.hour_notice), office.now)
    booking.resource_id, booking.starts_at, booking.ends_at = resource_id, start, end
    booking.day_notice = booking.hour_notice = None
    booking.state = State.BOOKED.value
    noted(office, booking, What.MOVED, by, {"from": before.isoformat(), "to": start.isoformat()})
    offer_again(office, booking.station_id, before.astimezone(office.zone).date())
    return booking


def cancel(office: Office, booking_id: UUID, reason: str = "", *, by: str = RESIDENT) -> Booking:
    """Give a booking up; who waits is offered its time. Raises BegunAlready, OverAlready."""
    booking = changeable(office, booking_id)
    bookings.release(office.session, booking.id)
    outbox.withdraw(office.session, (booking.day_notice, booking.hour_notice), office.now)
    booking.state, booking.code, booking.code_shown = State.CANCELLED.value, None, None
    late = "late" if limits.is_late(office, booking) else ""
    noted(office, booking, What.CANCELLED, by, {"reason": reason, "late": late})
    offer_again(office, booking.station_id, booking.starts_at.astimezone(office.zone).date())
    return booking


def rate(office: Office, booking_id: UUID, verdict: Verdict, words: str) -> str:
    """Say how it was; a bad word becomes a complaint, whose number is returned."""
    booking = bookings.locked(office.session, booking_id)
    booking.rating = _MARKS[verdict]
    noted(office, booking, What.RATED, RESIDENT, {"verdict": verdict.value})
    if verdict is not Verdict.BAD or booking.resident_id is None:
        return ""
    said = f"{booking.title}（{booking.number}）{words}"
    draft = ticket.Draft(said, Trouble.OTHER, Door())
    opened = ticket.open_one(office, draft, resident_id=booking.resident_id, channel=booking.channel)
    booking.ticket_id = opened.id
    return opened.number


def changeable(office: Office, booking_id: UUID) -> Booking:
    """The booking, locked, where the resident may still change it. Raises BegunAlready, OverAlready."""
    booking = bookings.locked(office.session, booking_id)
    if not booking.is_live:
        raise OverAlready(booking.number)
    if booking.state == State.ARRIVED or booking.starts_at <= office.now:
        raise BegunAlready(booking.number, counter_phone(office, booking.station_id))
    return booking


def thing_of(office: Office, booking: Booking) -> Thing:
    """What was booked, as the station offers it today. Raises NotThen where it no longer does."""
    thing = service.thing(office.session, booking.thing_key, booking.station_id)
    if thing is None:
        raise NotThen(booking.title, booking.starts_at.astimezone(office.zone))
    return thing


def counter_phone(office: Office, station_id: UUID) -> str:
    """Where to call about a booking of that station."""
    return next((one.phone for one in station.serving(office.session).values() if one.id == station_id), "")


def noted(office: Office, booking: Booking, what: What, by: str, facts: Mapping[str, str] | None = None) -> None:
    """Write down what happened."""
    booking.changed_at = office.now
    sealed = office.seal.close_json(facts) if facts else None
    bookings.note(office.session, booking.id, at=office.now, what=what, by=by, facts=sealed)


def _claimed(
    office: Office, thing: Thing, start: datetime, minutes: int, *, instead_of: Booking | None = None
) -> tuple[UUID, int]:
    """Claim the time with the first who can; the database has the last word. Raises SlotTaken, NotThen."""
    besides = instead_of.id if instead_of else None
    board = slots.board(office, thing, minutes, besides=besides)
    able = board.could_begin(start)
    if not able:
        raise NotThen(thing.title, start)
    times = bookings.ticks(start, start + timedelta(minutes=minutes))
    for resource in able:
        for lane in board.lanes(resource, start):
            if bookings.claim(
                office.session, resource_id=resource.id, lane=lane, times=times, now=office.now, booking_id=besides
            ):
                return resource.id, lane
    raise SlotTaken(thing.title, start)
