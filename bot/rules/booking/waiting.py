"""The waiting list: first come, first offered, with the time held for them until they answer or it lapses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.errors import Refusal
from bot.rules import service
from bot.rules.booking import slots
from bot.rules.office import Office
from bot.rules.queue import HOLD, held_until, may_offer
from bot.rules.service import Thing
from bot.store import booking as bookings
from bot.store import outbox, resident
from bot.store.booking import Waiting, WaitState, What

__all__ = [
    "HOLD",
    "MOST_WAITS",
    "NothingHeld",
    "WaitsAlready",
    "join",
    "leave",
    "offer_again",
    "offer_all",
    "offered_to",
    "position",
    "tell",
]

MOST_WAITS = 3


@dataclass(eq=False)
class WaitsAlready(Refusal):
    """The resident waits for it that day, or for too much."""

    title: str


class NothingHeld(Refusal):
    """There is no offer any more: it lapsed, or was never made."""


def join(
    office: Office,
    thing: Thing,
    since: datetime,
    until: datetime,
    *,
    resident_id: UUID,
    channel: str,
    contact: Mapping[str, object],
) -> tuple[Waiting, int]:
    """A place in the list of a day, between two local moments, and how many are before it. Raises WaitsAlready."""
    resident.lock(office.session, resident_id)
    theirs = bookings.waits_of(office.session, resident_id)
    day = since.date()
    same = [one for one in theirs if (one.service_id, one.venue_id, one.day) == (thing.service_id, thing.venue_id, day)]
    if same or len(theirs) >= MOST_WAITS:
        raise WaitsAlready(thing.title)
    place = Waiting(
        resident_id=resident_id,
        channel=channel,
        station_id=thing.station_id,
        service_id=thing.service_id,
        venue_id=thing.venue_id,
        title=thing.title,
        day=day,
        since=since,
        until=until,
        contact=office.seal.close_json(contact),
        created_at=office.now,
        changed_at=office.now,
    )
    bookings.add(office.session, place)
    bookings.note_waiting(office.session, place.id, at=office.now, what=What.QUEUED)
    return place, position(office, place) - 1


def position(office: Office, place: Waiting) -> int:
    """Which one a place in the list is, counted from 1."""
    row = bookings.queue(
        office.session,
        station_id=place.station_id,
        service_id=place.service_id,
        venue_id=place.venue_id,
        day=place.day,
    )
    return row.index(place.id) + 1 if place.id in row else 0


def leave(office: Office, waiting_id: UUID, what: What = What.LEFT) -> None:
    """Give the place up; what was held goes to the next."""
    place = bookings.locked_waiting(office.session, waiting_id)
    if place.state not in (WaitState.WAITING, WaitState.OFFERED):
        return
    bookings.release_held(office.session, place.id)
    _becomes(office, place, WaitState.LEFT, what)
    offer_again(office, place.station_id, place.day)


def offered_to(office: Office, resident_id: UUID) -> Waiting | None:
    """The offer that a resident has to answer, with its hold still good."""
    for place in bookings.waits_of(office.session, resident_id):
        if place.state == WaitState.OFFERED and place.held_until is not None and place.held_until > office.now:
            return place
    return None


def offer_all(office: Office) -> None:
    """Offer what is free to whoever waits longest, and end the offers that nobody took. Nothing happens at night."""
    for place in bookings.lapsed(office.session, office.now):
        bookings.release_held(office.session, place.id)
        _becomes(office, place, WaitState.EXPIRED, What.EXPIRED)
        tell(office, place, "booking_wait_lapsed", {})
    for place in bookings.still_waiting(office.session):
        if place.until <= office.now:
            _becomes(office, place, WaitState.EXPIRED, What.EXPIRED)
            tell(office, place, "booking_wait_over", {})
        elif may_offer(office):
            _offer(office, place)


def offer_again(office: Office, station_id: UUID, day: date) -> None:
    """Something of that day became free: whoever waits for it hears at once."""
    if may_offer(office):
        for place in bookings.still_waiting(office.session, station_id=station_id, day=day):
            if place.until > office.now:
                _offer(office, place)


def tell(office: Office, place: Waiting, kind: str, facts: Mapping[str, str]) -> None:
    """A notice about a place in the list."""
    if place.resident_id is not None:
        outbox.put(
            office.session,
            resident_id=place.resident_id,
            channel=place.channel,
            kind=kind,
            facts=office.seal.close_json({"title": place.title, "day": place.day.isoformat(), **facts}),
            now=office.now,
            due_at=office.now,
        )


def _offer(office: Office, place: Waiting) -> None:
    """Hold the first time that fits, if there is one."""
    thing = service.thing(office.session, place.thing_key, place.station_id)
    if thing is None:
        return
    board = slots.board(office, thing)
    since, until = place.since.astimezone(office.zone), place.until.astimezone(office.zone)
    for free in board.free(place.day):
        if free.start < since or free.start >= until:
            continue
        for resource in board.could_begin(free.start):
            for lane in board.lanes(resource, free.start):
                if _held(office, place, resource.id, lane, free):
                    return


def _held(office: Office, place: Waiting, resource_id: UUID, lane: int, free: slots.Free) -> bool:
    times = bookings.ticks(free.start, free.end)
    until = held_until(office, free.start)
    if not bookings.claim(
        office.session,
        resource_id=resource_id,
        lane=lane,
        times=times,
        now=office.now,
        waiting_id=place.id,
        held_until=until,
    ):
        return False
    place.offered_at, place.offered_resource, place.held_until = free.start, resource_id, until
    _becomes(office, place, WaitState.OFFERED, What.OFFERED, slot=free.start)
    tell(office, place, "booking_offered", {"start": free.start.isoformat(), "until": until.isoformat()})
    return True


def _becomes(office: Office, place: Waiting, state: WaitState, what: What, slot: datetime | None = None) -> None:
    place.state, place.changed_at = state.value, office.now
    bookings.note_waiting(office.session, place.id, at=office.now, what=what, slot=slot)
