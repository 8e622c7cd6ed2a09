"""The rows of cabinets: what stands where, what its doors are known to be, what it told, who stood before it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class Size(StrEnum):
    """How big a compartment is, smallest first."""

    SMALL = "s"
    MIDDLE = "m"
    LARGE = "l"


class Cabinet(SQLModel, table=True):
    """A cabinet: `code` stands on its plate, `name` says where it is as people say it.

    `heard_at` is None until it has spoken for the first time. Of its keys only the numbers are kept; they are drawn
    from the secret. `shut_until`: no codes are taken there after too many wrong ones. `fault_since`: since when a
    ticket says that it is dead; a word from it ends that.
    """

    __table_args__ = (Index(None, "active", "heard_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=80)
    station_id: UUID | None = Field(default=None, foreign_key="station.id", index=True)
    building_id: UUID | None = Field(default=None, foreign_key="building.id", index=True)
    unit: str = Field(default="", max_length=8)
    lat: float | None = None
    lon: float | None = None
    active: bool = True
    board: str = Field(default="simulated", max_length=16)
    polarity: str = Field(default="closed_when_locked", max_length=24)
    pulse_ms: int = 400
    has_feedback: bool = True
    has_sensor: bool = False
    has_display: bool = True
    works_offline: bool = True
    firmware: str = Field(default="", max_length=40)
    key_number: int = 1
    key_seen: int = 1
    key_least: int = 1
    heard_at: datetime | None = None
    beat_seq: int = Field(default=0, sa_type=BigInteger)
    battery: int | None = None
    signal: int | None = None
    codes_version: int = 0
    list_sent: int = -1
    list_sent_at: datetime | None = None
    list_has: int | None = None
    shut_until: datetime | None = None
    warned_at: datetime | None = None
    fault_since: datetime | None = None
    fault_ticket_id: UUID | None = Field(default=None, foreign_key="ticket.id")


class Compartment(SQLModel, table=True):
    """A door with what is behind it. `state` is locked, open or unknown; `occupied` None without a sensor.

    `misses` counts openings in a row of which the door's switch told nothing; too many and it is out of order.
    """

    __table_args__ = (UniqueConstraint("cabinet_id", "door"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id")
    door: int
    size: str = Field(max_length=1)
    state: str = Field(default="unknown", max_length=8)
    occupied: bool | None = None
    seen_seq: int = Field(default=0, sa_type=BigInteger)
    seen_at: datetime | None = None
    misses: int = 0
    out_of_order: bool = False
    fault_ticket_id: UUID | None = Field(default=None, foreign_key="ticket.id")


class CabinetEvent(SQLModel, table=True):
    """A message of a cabinet, by its own number: a second delivery finds it here. `told` is what was answered."""

    __table_args__ = (Index(None, "heard_at"),)

    cabinet_id: UUID = Field(foreign_key="cabinet.id", primary_key=True)
    seq: int = Field(sa_type=BigInteger, primary_key=True)
    kind: str = Field(max_length=16)
    door: int | None = None
    told: str = Field(default="", max_length=32)
    at: datetime
    heard_at: datetime


class CabinetPresence(SQLModel, table=True):
    """That somebody proved to stand before a cabinet, when, and how."""

    resident_id: UUID = Field(foreign_key="resident.id", primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id", primary_key=True)
    at: datetime
    how: str = Field(max_length=8)


class CodeTry(SQLModel, table=True):
    """A wrong code: typed at a cabinet, or said by a person in the chat."""

    __table_args__ = (Index(None, "cabinet_id", "at"), Index(None, "resident_id", "at"), Index(None, "at"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    cabinet_id: UUID | None = Field(default=None, foreign_key="cabinet.id")
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    at: datetime
