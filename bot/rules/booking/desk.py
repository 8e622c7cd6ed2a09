"""Bookings as the staff of a station handle them: made for whoever telephones, moved, cancelled, proved, finished."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.privacy import masked
from bot.rules import service
from bot.rules.access import Scope
from bot.rules.booking import codes, provider, resident
from bot.rules.booking.limits import OverAlready
from bot.rules.booking.reminders import facts_of, put
from bot.rules.office import Office
from bot.rules.picture import Clean
from bot.rules.resident import by_phone
from bot.rules.service import Thing
from bot.store import booking as bookings
from bot.store import catalogue, ticket
from bot.store import resident as residents
from bot.store import service as services
from bot.store.booking import Booking, State, What, desk

TELEPHONE = "telephone"  # the channel of whoever only rings up
CONTACT_DAYS = 1  # before its day a merchant does not learn where an order is
_PHONE = re.compile(r"\+?\d[\d\- ]{4,18}\d")
_JPEG = b"\xff\xd8"


class NobodyCalled(Refusal):
    """Neither a telephone number nor anybody we know."""


class Meanwhile(Refusal):
    """Somebody did something with it since the page was shown."""


class NoReason(Refusal):
    """Whoever cancels for a resident tells them why."""


class HasBegun(Refusal):
    """What has begun is not moved or cancelled any more: it is done, or nobody was there."""


class NobodyFree(Refusal):
    """Whom it was to be given to has no time then, or does not do it."""


class NotAPhoto(Refusal):
    """What was sent as a photo is none."""


class NeedsAddress(Refusal):
    """Nobody can come without an address."""


@dataclass(frozen=True, slots=True)
class Caller:
    """For whom it is booked. `who` is a phone, a number of theirs, or what their channel calls them."""

    who: str
    name: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a booking's history."""

    at: datetime
    what: What
    by: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sight:
    """A booking with all that its page shows; `code` only of somebody who has no channel to read it in."""

    row: Booking
    provider: str
    contact: Mapping[str, object]
    code: str
    history: Sequence[Happened]
    photo: bool
    start: datetime
    end: datetime

    @property
    def step(self) -> int:
        """How much has happened: the version that a form carries."""
        return len(self.history)


def things(office: Office, resource_id: UUID, station_id: UUID) -> list[Thing]:
    """What can be booked of one provider or room, without any time to prepare."""
    session = office.session
    if services.venue(session, resource_id) is not None:
        room = service.room(session, resource_id)
        return [replace(room, lead_minutes=0)] if room is not None else []
    found = [service.service(session, one, station_id) for one in catalogue.does(session, resource_id)]
    return [one for thing in found if thing is not None for one in [_only(thing, resource_id)] if one.resources]


def book(office: Office, thing: Thing, start: datetime, caller: Caller, *, by: str) -> Booking:
    """Book for whoever rings up or stands at the counter.

    Raises NobodyCalled, NeedsAddress, SlotTaken, NotThen and what limits.check raises.
    """
    if thing.visit and not caller.address:
        raise NeedsAddress
    person, phone = _person(office, caller.who)
    contact = {"phone": phone, "name": caller.name, "address": caller.address, "purpose": caller.note}
    channel = desk.channel_of(office.session, person) or TELEPHONE
    told: dict[str, object] = {name: text for name, text in contact.items() if text}
    booking = resident.book(office, thing, start, resident_id=person, channel=channel, contact=told, by=by)
    _tell(office, booking, "booking_made")
    return booking


def move(office: Office, booking_id: UUID, resource_id: UUID, start: datetime, *, step: int, by: str) -> Booking:
    """To another time, or to somebody else. Raises Meanwhile, HasBegun, NobodyFree, SlotTaken, NotThen."""
    booking = _changeable(office, booking_id, step)
    thing = _only(resident.thing_of(office, booking), resource_id)
    if not thing.resources:
        raise NobodyFree
    moved = resident.reschedule(office, booking_id, start, thing=thing, by=by)
    _tell(office, moved, "booking_moved")
    return moved


def cancel(office: Office, booking_id: UUID, reason: str, *, step: int, by: str) -> Booking:
    """The resident reads the reason. Raises Meanwhile, NoReason, HasBegun, OverAlready."""
    if not reason:
        raise NoReason
    booking = _changeable(office, booking_id, step)
    cancelled = resident.cancel(office, booking.id, reason, by=by)
    _tell(office, cancelled, "booking_cancelled", reason=reason)
    return cancelled


def arrive(office: Office, booking_id: UUID, code: str, *, asked: bool, step: int, by: str) -> bool:
    """Somebody came: by the resident's code, or because the station asked them by telephone. False: a wrong code."""
    booking = _locked(office, booking_id, step, State.BOOKED)
    if asked:
        provider.there(office, booking, by=by, facts={"asked": "telephone"})
        return True
    return provider.proved(office, booking, code, by=by)


def finish(office: Office, booking_id: UUID, *, step: int, by: str, photo: Clean | None = None) -> Booking:
    """It is done. Raises Meanwhile, OverAlready, NotArrived."""
    return provider.finished(office, _locked(office, booking_id, step, State.BOOKED, State.ARRIVED), by=by, photo=photo)


def no_show(office: Office, booking_id: UUID, *, step: int, by: str) -> Booking:
    """Nobody was there. Raises Meanwhile, OverAlready, TooEarly."""
    return provider.missed(office, _locked(office, booking_id, step, State.BOOKED), by=by)


def assign(office: Office, booking: Booking, provider_id: UUID, *, by: str) -> Booking:
    """Give an orphan to somebody. Raises NobodyFree, OverAlready."""
    able = catalogue.able(office.session, booking.station_id, booking.service_id or "")
    who = next((one for one in able if one.id == provider_id), None)
    if who is None:
        raise NobodyFree
    try:
        return provider.assign(office, booking.id, who, by=by)
    except provider.NotYours as error:
        raise NobodyFree from error


def sight(office: Office, row: Booking) -> Sight:
    """All of it, in clear: whoever shows it writes that down."""
    return Sight(
        row=row,
        provider=name_of(office, row),
        contact=office.seal.open_json(row.contact) if row.contact else {},
        code=codes.shown(office, row) if row.channel == TELEPHONE else "",
        history=history(office, row.id),
        photo=photo(office, row) is not None,
        start=row.starts_at.astimezone(office.zone),
        end=row.ends_at.astimezone(office.zone),
    )


def history(office: Office, booking_id: UUID) -> list[Happened]:
    """All that happened, in its order."""
    return [
        Happened(one.at, What(one.what), one.by, office.seal.open_json(one.facts) if one.facts else {})
        for one in bookings.history(office.session, booking_id)
    ]


def name_of(office: Office, row: Booking) -> str:
    """What the provider or room of a booking is called."""
    if row.venue_id is not None:
        room = services.venue(office.session, row.venue_id)
        return room.name if room else ""
    who = services.provider(office.session, row.resource_id)
    return who.name if who else ""


def photo(office: Office, row: Booking) -> bytes | None:
    """The worker's photo, where it is one of ours."""
    data = office.seal.open_bytes(row.picture) if row.picture else b""
    return data if data.startswith(_JPEG) else None


def phone_of(office: Office, row: Booking) -> str:
    """The phone of a booking, masked."""
    contact = office.seal.open_json(row.contact) if row.contact else {}
    return masked(str(contact.get("phone", "")))


def numbered(office: Office, scope: Scope, number: str) -> Booking | None:
    """The booking of that number where they may see it."""
    return desk.numbered(office.session, scope, number)


def _only(thing: Thing, resource_id: UUID) -> Thing:
    """At once, and by nobody else."""
    return replace(thing, lead_minutes=0, resources=tuple(one for one in thing.resources if one.id == resource_id))


def _locked(office: Office, booking_id: UUID, step: int, *states: State) -> Booking:
    booking = bookings.locked(office.session, booking_id)
    if desk.last_step(office.session, booking_id) != step:
        raise Meanwhile
    if booking.state not in states:
        raise OverAlready(booking.number)
    return booking


def _changeable(office: Office, booking_id: UUID, step: int) -> Booking:
    booking = _locked(office, booking_id, step, State.BOOKED, State.ORPHANED, State.ARRIVED)
    if booking.state == State.ARRIVED or booking.starts_at <= office.now:
        raise HasBegun
    return booking


def _person(office: Office, who: str) -> tuple[UUID, str]:
    """Whom the caller named, and the phone where it was one. Raises NobodyCalled."""
    plain = who.strip()
    if _PHONE.fullmatch(plain):
        number = re.sub(r"[\s-]", "", plain)
        known = by_phone(office, number)
        return known or residents.add(office.session, office.now), number
    person = _of_number(office, plain.upper()) or desk.called(office.session, plain)
    if person is None:
        raise NobodyCalled
    return person, ""


def _of_number(office: Office, number: str) -> UUID | None:
    """Whose booking or complaint that is; the number was told them alone."""
    row = ticket.numbered(office.session, number) or bookings.numbered(office.session, number)
    return row.resident_id if row is not None else None


def _tell(office: Office, booking: Booking, kind: str, **more: object) -> None:
    facts = facts_of(office, booking) | {"phone": resident.counter_phone(office, booking.station_id)} | more
    put(office, booking, kind, facts)


def due_contact(office: Office, starts_at: datetime) -> bool:
    """Whether it is the day on which a merchant has to know where to go."""
    return starts_at.astimezone(office.zone).date() < office.today + timedelta(days=CONTACT_DAYS)
