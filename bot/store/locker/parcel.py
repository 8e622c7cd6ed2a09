"""The rows of what lies in compartments: whose it is, by what code it is fetched, who may have it put there."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class ParcelKind(StrEnum):
    """What is put into a compartment."""

    PARCEL = "parcel"  # by a courier
    TAKEAWAY = "takeaway"
    OWN = "own"  # one's own thing
    HANDOVER = "handover"  # for a neighbour, the family, whoever does a service


class ParcelState(StrEnum):
    """Where it stands."""

    ASKED = "asked"  # the recipient was asked whether it may be put there; the compartment is held
    RESERVED = "reserved"  # the compartment is held, its door was not opened yet
    PLACED = "placed"  # the door was opened to put it in, and not closed yet
    STORED = "stored"
    FETCHED = "fetched"
    CANCELLED = "cancelled"
    REMOVED = "removed"  # the staff took it out


WAITING = (ParcelState.ASKED, ParcelState.RESERVED, ParcelState.PLACED)
_HAS_OWNER = "recipient_id IS NOT NULL OR addressee IS NOT NULL OR by_station OR over_at IS NOT NULL"


class Parcel(SQLModel, table=True):
    """Something in a compartment, or on its way there. Somebody owns it until it is over.

    `addressee` is sealed: telephone and address as the depositor gave them; `phone` its keyed hash, by which whoever
    proves to have that number finds it. `by_station`: its owner asked to be forgotten, the station keeps it for them.
    `due_at` is when it becomes overdue; `reminded` counts the words that went out about it, `next_word_at` is when the
    next one is due.
    """

    __table_args__ = (
        CheckConstraint(_HAS_OWNER, name="has_owner"),
        Index(None, "cabinet_id", "state"),
        Index(None, "state", "next_word_at"),
        Index(None, "recipient_id", "state"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id")
    compartment_id: UUID = Field(foreign_key="compartment.id", index=True)
    door: int
    kind: str = Field(max_length=16)
    state: str = Field(default=ParcelState.RESERVED.value, max_length=16)
    recipient_id: UUID | None = Field(default=None, foreign_key="resident.id")
    phone: str | None = Field(default=None, max_length=64, index=True)
    addressee: bytes | None = None
    by_station: bool = False
    depositor_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    client_id: UUID | None = Field(default=None, foreign_key="apikey.id", index=True)  # a courier company's system
    channel: str = Field(default="", max_length=32)  # of the depositor
    company: str = Field(default="", max_length=40)
    consent: str = Field(max_length=16)
    held_until: datetime | None = None  # a compartment that is only held is free again then
    created_at: datetime
    stored_at: datetime | None = None
    due_at: datetime | None = None
    reminded: int = 0
    next_word_at: datetime | None = None
    over_at: datetime | None = None


class CompartmentClaim(SQLModel, table=True):
    """Whose a compartment is now: one row for each that is taken, and the database lets nobody add a second.

    `until`: after something was fetched the compartment stays theirs for a while, lest they forgot something.
    """

    compartment_id: UUID = Field(foreign_key="compartment.id", primary_key=True)
    parcel_id: UUID = Field(foreign_key="parcel.id", unique=True)
    until: datetime | None = Field(default=None, index=True)


class PickupCode(SQLModel, table=True):
    """A pick-up code, of which only a keyed hash is kept. `live` is the same hash while the code opens something.

    It is unique among the live ones of a cabinet; a spent or replaced code has None there.
    """

    __table_args__ = (UniqueConstraint("cabinet_id", "live"), Index(None, "cabinet_id", "digest"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id")
    parcel_id: UUID = Field(foreign_key="parcel.id", index=True)
    door: int
    digest: str = Field(max_length=64)
    live: str | None = Field(default=None, max_length=64)
    for_family: bool = False
    made_at: datetime
    over_at: datetime | None = None


class OfflineCode(SQLModel, table=True):
    """That a signed code was given out; each counter of a door and hour is given once."""

    cabinet_id: UUID = Field(foreign_key="cabinet.id", primary_key=True)
    door: int = Field(primary_key=True)
    window: int = Field(primary_key=True)
    counter: int = Field(primary_key=True)
    parcel_id: UUID = Field(foreign_key="parcel.id", index=True)
    made_at: datetime
    used_at: datetime | None = None
    void: bool = False


class LockerWish(SQLModel, table=True):
    """What a resident said once for all about deliveries: always into the cabinet, or never."""

    resident_id: UUID = Field(foreign_key="resident.id", primary_key=True)
    wish: str = Field(max_length=8)
    since: datetime


class Courier(SQLModel, table=True):
    """Somebody who delivers for a company: let in by the station with a word, which binds the person who says it."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    company: str = Field(max_length=40)
    digest: str | None = Field(default=None, max_length=64, unique=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", unique=True)
    active: bool = True
    created_at: datetime
