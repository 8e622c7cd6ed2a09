"""The rows of volunteers: the people, the weekly pattern, the shifts made of it, swaps, late drops, and hours."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class VolunteerState(StrEnum):
    """Where somebody stands as a volunteer. Only the approved claim shifts."""

    PENDING = "pending"
    APPROVED = "approved"
    PAUSED = "paused"
    REFUSED = "refused"
    LEFT = "left"  # they wanted to be one no more


class SwapState(StrEnum):
    """Where an offer to take somebody's shift stands."""

    OPEN = "open"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    OVER = "over"  # the shift began, was cancelled, or was given up


class Rule(StrEnum):
    """Why somebody has these hours of a shift."""

    WHOLE = "whole"  # there when it began, or nearly: the planned time
    LATE = "late"  # from when they checked in until the end
    STAFF = "staff"  # the staff know better


class Volunteer(SQLModel, table=True):
    """Somebody who keeps the station open. `told` is sealed: how they are called, what they can do, when, telephone."""

    __table_args__ = (Index(None, "area_id", "state"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id", unique=True)
    channel: str = Field(max_length=32)
    area_id: UUID | None = Field(default=None, foreign_key="area.id")
    told: bytes
    state: str = Field(max_length=16)
    decided_by: str = Field(default="", max_length=80)
    created_at: datetime
    changed_at: datetime


class ShiftPlan(SQLModel, table=True):
    """A shift of every week: `weekday` (0 is Monday) from `start` to `end`, "HH:MM", for `minimum` to `maximum` people.

    It is never changed, only ended: from `until` on no shifts are made of it. `on_holidays`: also on public holidays.
    """

    __table_args__ = (
        CheckConstraint("minimum >= 1 AND minimum <= maximum", name="minimum_to_maximum"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    station_id: UUID = Field(foreign_key="station.id", index=True)
    weekday: int
    start: str = Field(max_length=5)
    end: str = Field(max_length=5)
    minimum: int
    maximum: int
    title: str = Field(max_length=40)
    duties: str = Field(default="", max_length=200)
    on_holidays: bool = False
    since: date
    until: date | None = None
    created_at: datetime


class Shift(SQLModel, table=True):
    """One shift: the activity of the same id, and what only a shift has. Each alarm is raised once."""

    __table_args__ = (UniqueConstraint("plan_id", "day"),)

    id: UUID = Field(foreign_key="activity.id", primary_key=True)
    plan_id: UUID | None = Field(default=None, foreign_key="shiftplan.id")
    day: date
    minimum: int
    alarm_day_at: datetime | None = None
    alarm_soon_at: datetime | None = None
    credited_at: datetime | None = None


class ShiftSwap(SQLModel, table=True):
    """Somebody offers their place, to one or to all: the first taker gets it. Offered anew it is the same row."""

    __table_args__ = (UniqueConstraint("enrolment_id", "from_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    shift_id: UUID = Field(foreign_key="shift.id", index=True)
    enrolment_id: UUID = Field(foreign_key="activityenrolment.id")
    from_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    to_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    taken_by: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    is_for_all: bool
    state: str = Field(default=SwapState.OPEN.value, max_length=16)
    created_at: datetime
    changed_at: datetime


class LateDrop(SQLModel, table=True):
    """Somebody gave a shift up shortly before it; the reason is sealed."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    shift_id: UUID = Field(foreign_key="shift.id", index=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    reason: bytes | None = None
    at: datetime


class VolunteerHours(SQLModel, table=True):
    """A line of the hours ledger: who has how many minutes of which shift, and by which rule. Staff may correct it."""

    __table_args__ = (Index(None, "resident_id", "starts_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    enrolment_id: UUID = Field(foreign_key="activityenrolment.id", unique=True)
    shift_id: UUID = Field(foreign_key="shift.id", index=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id")
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    station_id: UUID | None = Field(default=None, foreign_key="station.id", index=True)
    starts_at: datetime
    minutes: int
    rule: str = Field(max_length=8)
    reason: str = Field(default="", max_length=80)
    by: str = Field(default="", max_length=80)
    at: datetime
