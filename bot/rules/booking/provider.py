"""What a provider may do: see their own orders and no others, prove the visit, finish it, say that nobody was there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.rules.booking import codes, limits, slots
from bot.rules.booking.limits import OverAlready
from bot.rules.booking.reminders import facts_of, put
from bot.rules.booking.resident import counter_phone, noted, thing_of
from bot.rules.office import Office
from bot.rules.picture import Clean
from bot.rules.service import Resource
from bot.store import booking as bookings
from bot.store import service as services
from bot.store.booking import Booking, State, What
from bot.store.service import Provider
from bot.store.staff import Staff, StaffRole

EARLY = timedelta(hours=1)  # before the start nobody has failed to be there


class NotYours(Refusal):
    """There is no such order among the provider's own."""


@dataclass(eq=False)
class TooManyCodes(Refusal):
    """The code was guessed too often; the station calls the resident."""

    phone: str


class NotArrived(Refusal):
    """What nobody has come for cannot be finished."""


class TooEarly(Refusal):
    """Before its time nobody is late."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order as its provider sees it; `address` and `phone` only while it is to be done."""

    number: str
    title: str
    starts_at: datetime
    ends_at: datetime
    state: State
    contact: Mapping[str, object]
    visit: bool = False
    tries: int = 0


def provider_of(office: Office, account: Staff) -> Provider:
    """The provider whose account that is. Raises NotYours for any other account."""
    found = services.provider_of_account(office.session, account.id)
    if account.role != StaffRole.PROVIDER or not account.active or found is None:
        raise NotYours
    return found


def orders(office: Office, provider: Provider) -> list[Order]:
    """The provider's own orders from today on."""
    since = office.now - timedelta(days=1)
    return [_order(office, one) for one in bookings.orders(office.session, provider.id, since)]


def own(office: Office, provider: Provider, number: str) -> Order | None:
    """One of the provider's own orders; None for any other number."""
    found = bookings.of_provider(office.session, provider.id, number)
    return _order(office, found) if found is not None else None


def arrive(office: Office, provider: Provider, number: str, code: str) -> bool:
    """The worker says the resident's code, which proves the visit. Raises NotYours, TooManyCodes.

    False where it is wrong: no refusal, for that would undo the count of the tries.
    """
    return proved(office, _own(office, provider, number, State.BOOKED), code, by=provider.name)


def proved(office: Office, booking: Booking, code: str, *, by: str) -> bool:
    """As `arrive`, of a booking that is locked already."""
    if booking.code_tries >= codes.MOST_TRIES:
        raise TooManyCodes(counter_phone(office, booking.station_id))
    if not codes.is_right(office, booking, code):
        noted(office, booking, What.WRONG_CODE, by)
        return False
    there(office, booking, by=by)
    return True


def there(office: Office, booking: Booking, *, by: str, facts: Mapping[str, str] | None = None) -> None:
    """Somebody came; `facts` say how that is known where it was not the code."""
    booking.state, booking.code, booking.code_shown = State.ARRIVED.value, None, None
    noted(office, booking, What.ARRIVED, by, facts)


def finish(
    office: Office, provider: Provider, number: str, picture: str = "", *, photo: Clean | None = None
) -> Booking:
    """It is done; the resident is asked how it was. A visit must have been proved. Raises NotYours, NotArrived."""
    booking = _own(office, provider, number, State.ARRIVED, State.BOOKED)
    finished(office, booking, by=provider.name, photo=photo)
    if picture:
        booking.picture = office.seal.close(picture)
    return booking


def finished(office: Office, booking: Booking, *, by: str, photo: Clean | None = None) -> Booking:
    """As `finish`, of a booking that is locked already; the photo is kept sealed."""
    if booking.visit and booking.state != State.ARRIVED:
        raise NotArrived
    booking.state = State.DONE.value
    booking.picture = office.seal.close_bytes(photo.jpeg) if photo else None
    bookings.release(office.session, booking.id)
    noted(office, booking, What.DONE, by, {"photo": "1"} if photo else None)
    put(office, booking, "booking_done", facts_of(office, booking))
    return booking


def no_show(office: Office, provider: Provider, number: str) -> Booking:
    """Nobody was there. It counts, and the resident hears at once how much it counts. Raises NotYours, TooEarly."""
    return missed(office, _own(office, provider, number, State.BOOKED), by=provider.name)


def missed(office: Office, booking: Booking, *, by: str) -> Booking:
    """As `no_show`, of a booking that is locked already."""
    if office.now < booking.starts_at:
        raise TooEarly
    booking.state, booking.code, booking.code_shown = State.NO_SHOW.value, None, None
    bookings.release(office.session, booking.id)
    noted(office, booking, What.NO_SHOW, by)
    misses = limits.misses_of(office, booking.resident_id) if booking.resident_id else 0
    facts = facts_of(office, booking) | {"misses": misses, "left": max(0, limits.MOST_MISSES - misses)}
    put(office, booking, "booking_missed", facts | {"phone": counter_phone(office, booking.station_id)})
    return booking


def remove(office: Office, provider_id: UUID) -> Sequence[Booking]:
    """A provider goes: what was booked of them goes to others, else to the station's people; each resident is told.

    Returns what they had before them.
    """
    provider = services.provider(office.session, provider_id)
    if provider is None:
        return ()
    provider.active = False
    office.session.flush()
    left = [bookings.locked(office.session, one.id) for one in to_come(office, provider_id)]
    left = [one for one in left if one.state == State.BOOKED and one.resource_id == provider_id]  # as it stands now
    for one in left:
        _find_another(office, one)
    return left


def to_come(office: Office, provider_id: UUID) -> list[Booking]:
    """What a provider or room still has to do, of which nothing has happened yet."""
    found = bookings.live_on(office.session, provider_id)
    return [one for one in found if one.state == State.BOOKED and one.ends_at > office.now]


def assign(office: Office, booking_id: UUID, provider: Provider, *, by: str) -> Booking:
    """The station's people give an orphan to a provider. Raises OverAlready, NotYours where they have no time."""
    booking = bookings.locked(office.session, booking_id)
    if booking.state != State.ORPHANED:
        raise OverAlready(booking.number)
    if not _claimed(office, booking, provider.id, range(provider.capacity)):
        raise NotYours
    _given(office, booking, provider.id, by)
    return booking


def has_another(office: Office, booking: Booking) -> bool:
    """Whether somebody else could do it then, as far as can be read now."""
    board, start = _at_once(office, booking), booking.starts_at.astimezone(office.zone)
    return board is not None and any(board.lanes(one, start) for one in _others(board, booking, start))


def _at_once(office: Office, booking: Booking) -> slots.Board | None:
    """What is free for it; None where the station no longer offers it."""
    try:
        thing = thing_of(office, booking)
    except limits.NotThen:
        return None
    return slots.board(office, replace(thing, lead_minutes=0), booking.minutes)


def _others(board: slots.Board, booking: Booking, start: datetime) -> list[Resource]:
    return [one for one in board.could_begin(start) if one.id != booking.resource_id]


def _find_another(office: Office, booking: Booking) -> None:
    bookings.release(office.session, booking.id)
    board, start = _at_once(office, booking), booking.starts_at.astimezone(office.zone)
    for one in _others(board, booking, start) if board is not None else ():
        if board is not None and _claimed(office, booking, one.id, board.lanes(one, start)):
            _given(office, booking, one.id, "system")
            return
    booking.state = State.ORPHANED.value
    noted(office, booking, What.ORPHANED, "system")
    facts = facts_of(office, booking) | {"phone": counter_phone(office, booking.station_id)}
    put(office, booking, "booking_orphaned", facts)


def _given(office: Office, booking: Booking, resource_id: UUID, by: str) -> None:
    booking.resource_id, booking.state = resource_id, State.BOOKED.value
    noted(office, booking, What.REASSIGNED, by)
    put(office, booking, "booking_reassigned", facts_of(office, booking))


def _claimed(office: Office, booking: Booking, resource_id: UUID, lanes: Iterable[int]) -> bool:
    """Claim the booking's own time of somebody else, in the first of these lanes that is free."""
    times = bookings.ticks(booking.starts_at, booking.ends_at)
    return any(
        bookings.claim(
            office.session, resource_id=resource_id, lane=lane, times=times, now=office.now, booking_id=booking.id
        )
        for lane in lanes
    )


def _own(office: Office, provider: Provider, number: str, *states: State) -> Booking:
    """The provider's own order, locked. Raises NotYours, OverAlready."""
    found = bookings.of_provider(office.session, provider.id, number)
    if found is None:
        raise NotYours
    booking = bookings.locked(office.session, found.id)
    if booking.state not in states:
        raise OverAlready(number)
    return booking


def _order(office: Office, booking: Booking) -> Order:
    contact = office.seal.open_json(booking.contact) if booking.contact and booking.is_live else {}
    return Order(
        booking.number,
        booking.title,
        booking.starts_at,
        booking.ends_at,
        State(booking.state),
        contact,
        booking.visit,
        booking.code_tries,
    )
