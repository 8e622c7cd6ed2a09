"""The rows of bookings: the bookings, the times they claim, the waiting lists, and everything that happened to them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class State(StrEnum):
    """Where a booking stands."""

    BOOKED = "booked"
    ARRIVED = "arrived"  # the worker has said the resident's code
    DONE = "done"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    ORPHANED = "orphaned"  # whoever was to do it is gone; the station finds somebody


LIVE = (State.BOOKED, State.ARRIVED, State.ORPHANED)


class What(StrEnum):
    """What can happen to a booking or to a place in a waiting list."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    ARRIVED = "arrived"
    WRONG_CODE = "wrong_code"
    DONE = "done"
    RATED = "rated"
    NO_SHOW = "no_show"
    ORPHANED = "orphaned"
    REASSIGNED = "reassigned"
    QUEUED = "queued"
    OFFERED = "offered"
    TAKEN = "taken"
    EXPIRED = "expired"
    DECLINED = "declined"
    LEFT = "left"


class Booking(SQLModel, table=True):
    """One order: a service or a room at a time. `contact` is sealed: address, phone, what it is for.

    Exactly one of `service_id` and `venue_id` is set. `resource_id` is the provider's or the room's id.
    `code` is the keyed hash of the arrival code, `code_shown` the code itself, sealed for the resident. `picture` is
    sealed, too: what the worker's photo is called. The notices are those of the day and of the hour before.
    """

    __table_args__ = (
        Index(None, "resident_id", "state"),
        Index(None, "resource_id", "starts_at"),
        Index(None, "state", "starts_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    channel: str = Field(max_length=32)
    station_id: UUID = Field(foreign_key="station.id", index=True)
    service_id: str | None = Field(default=None, foreign_key="service.id", index=True, max_length=32)
    venue_id: UUID | None = Field(default=None, foreign_key="venue.id", index=True)
    resource_id: UUID
    title: str = Field(max_length=40)
    visit: bool = False
    starts_at: datetime
    ends_at: datetime
    state: str = Field(default=State.BOOKED.value, max_length=16)
    contact: bytes | None = None
    code: bytes | None = None
    code_shown: bytes | None = None
    code_tries: int = 0
    picture: bytes | None = None
    day_notice: UUID | None = None
    hour_notice: UUID | None = None
    rating: int | None = None
    ticket_id: UUID | None = Field(default=None, foreign_key="ticket.id", index=True)
    created_at: datetime
    changed_at: datetime

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def thing_key(self) -> str:
        """What was booked, as `Thing.key` calls it."""
        return _thing_key(self.service_id, self.venue_id)


class BookingClaim(SQLModel, table=True):
    """Half an hour of one lane of a provider or room: whoever has the row has the time.

    It belongs to a booking, or to a place in a waiting list for which it is held until `held_until`.
    """

    resource_id: UUID = Field(primary_key=True)
    starts_at: datetime = Field(primary_key=True)
    lane: int = Field(primary_key=True)
    booking_id: UUID | None = Field(default=None, foreign_key="booking.id", index=True)
    waiting_id: UUID | None = Field(default=None, foreign_key="waiting.id", index=True)
    held_until: datetime | None = None


class BookingEvent(SQLModel, table=True):
    """One line of a booking's history, never changed; `facts` is sealed."""

    __table_args__ = (UniqueConstraint("booking_id", "step"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    booking_id: UUID = Field(foreign_key="booking.id")
    step: int
    at: datetime
    what: str = Field(max_length=16)
    by: str = Field(max_length=80)
    facts: bytes | None = None


class BookingDay(SQLModel, table=True):
    """How many bookings a local day has seen: where their numbers come from."""

    day: date = Field(primary_key=True)
    last: int


class WaitState(StrEnum):
    """Where a place in a waiting list stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"
    EXPIRED = "expired"  # the offer was not taken, or the day is over
    LEFT = "left"


class Waiting(SQLModel, table=True):
    """A place in the waiting list of a service or room for a day; first come, first offered."""

    __table_args__ = (
        Index(None, "station_id", "day", "state"),
        Index(None, "state", "held_until"),
        Index(None, "resident_id", "state"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    channel: str = Field(max_length=32)
    station_id: UUID = Field(foreign_key="station.id")
    service_id: str | None = Field(default=None, foreign_key="service.id", index=True, max_length=32)
    venue_id: UUID | None = Field(default=None, foreign_key="venue.id", index=True)
    title: str = Field(max_length=40)
    day: date
    since: datetime
    until: datetime
    state: str = Field(default=WaitState.WAITING.value, max_length=16)
    offered_at: datetime | None = None
    offered_resource: UUID | None = None
    held_until: datetime | None = None
    contact: bytes | None = None
    created_at: datetime
    changed_at: datetime

    @property
    def thing_key(self) -> str:
        """What is waited for, as `Thing.key` calls it."""
        return _thing_key(self.service_id, self.venue_id)


class WaitingEvent(SQLModel, table=True):
    """One line of what happened to a place in a waiting list."""

    __table_args__ = (UniqueConstraint("waiting_id", "step"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    waiting_id: UUID = Field(foreign_key="waiting.id")
    step: int
    at: datetime
    what: str = Field(max_length=16)
    slot: datetime | None = None


def _thing_key(service_id: str | None, venue_id: UUID | None) -> str:
    return service_id or f"venue:{venue_id}"
