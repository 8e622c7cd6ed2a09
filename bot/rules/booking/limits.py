"""How much one resident may book, how late it may be cancelled, and what not coming leads to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.rules.office import Office
from bot.rules.service import Thing
from bot.store import booking as bookings
from bot.store import resident
from bot.store.booking import Booking

AHEAD_DAYS = 30  # so far ahead anything can be booked
MOST_OPEN = 5  # bookings that one resident may have before them
CANCEL_FREELY = timedelta(hours=2)  # before the start; later it wants a reason
MISSES_COUNT = timedelta(days=90)
MOST_MISSES = 3  # in that time; then only by telephone


@dataclass(eq=False)
class SlotTaken(Refusal):
    """Somebody else was quicker."""

    title: str
    start: datetime


@dataclass(eq=False)
class NotThen(Refusal):
    """Nobody is there at that time, or it is too soon or too far ahead."""

    title: str
    start: datetime


@dataclass(eq=False)
class TooManyOpen(Refusal):
    """One resident may not have everything."""

    most: int


@dataclass(eq=False)
class HasItThen(Refusal):
    """The resident has something booked at that time."""

    title: str
    number: str
    start: datetime


@dataclass(eq=False)
class MissedTooOften(Refusal):
    """Who was not there so often has to telephone."""

    misses: int
    phone: str


@dataclass(eq=False)
class BegunAlready(Refusal):
    """What has begun is neither cancelled nor moved in the chat."""

    number: str
    phone: str


@dataclass(eq=False)
class OverAlready(Refusal):
    """It was cancelled or is done."""

    number: str


def check(
    office: Office,
    thing: Thing,
    start: datetime,
    minutes: int,
    *,
    resident_id: UUID,
    phone: str,
    by_telephone: bool = False,
) -> None:
    """Raises TooManyOpen, HasItThen, and MissedTooOften where it is not by telephone that they ask.

    The resident is locked until the commit, so that two taps at once are counted one after the other.
    """
    resident.lock(office.session, resident_id)
    misses = misses_of(office, resident_id)
    if misses >= MOST_MISSES and not by_telephone:
        raise MissedTooOften(misses, phone)
    theirs = bookings.live_of(office.session, resident_id)
    ahead = [one for one in theirs if one.ends_at > office.now]
    if len(ahead) >= MOST_OPEN:
        raise TooManyOpen(MOST_OPEN)
    end = start + timedelta(minutes=minutes)
    both = next(
        (one for one in ahead if one.title == thing.title and one.starts_at < end and start < one.ends_at), None
    )
    if both is not None:
        raise HasItThen(both.title, both.number, both.starts_at.astimezone(office.zone))


def misses_of(office: Office, resident_id: UUID) -> int:
    """How often the resident was not there lately."""
    return bookings.missed_since(office.session, resident_id, office.now - MISSES_COUNT)


def is_late(office: Office, booking: Booking) -> bool:
    """Whether a cancellation now would leave no time to give the slot to somebody else."""
    return booking.starts_at - office.now < CANCEL_FREELY
