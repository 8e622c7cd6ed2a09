"""The rows of openings: the command to a cabinet, and the book in which every opening stands with its reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class DoorCommand(SQLModel, table=True):
    """One opening that was asked for. `outcome` is the last thing the cabinet said of it.

    `cause_seq`: the cabinet's message that led to it, such as a typed code; a second delivery finds it here.
    `told`: whoever asked has heard the end of it.
    """

    __table_args__ = (
        UniqueConstraint("cabinet_id", "cause_seq"),
        Index(None, "state", "expires_at"),
        Index(None, "cabinet_id", "door", "created_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id")
    door: int
    reason: str = Field(max_length=16)
    state: str = Field(default="created", max_length=8)
    outcome: str = Field(default="", max_length=16)
    parcel_id: UUID | None = Field(default=None, foreign_key="parcel.id", index=True)
    asker_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    channel: str = Field(default="", max_length=32)
    cause_seq: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime
    expires_at: datetime
    sent_at: datetime | None = None
    opened_at: datetime | None = None
    over_at: datetime | None = None
    told: bool = False


class DoorAudit(SQLModel, table=True):
    """A line of the book of doors: who, when, by what right. Lines are added and never changed.

    `words` is sealed: why the staff opened. Of somebody who asked to be forgotten the person is gone from the line.
    """

    __table_args__ = (Index(None, "cabinet_id", "door", "at"), Index(None, "at"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id")
    door: int
    at: datetime
    what: str = Field(max_length=16)
    reason: str = Field(max_length=16)
    command_id: UUID | None = Field(default=None, foreign_key="doorcommand.id", index=True)
    parcel_id: UUID | None = Field(default=None, foreign_key="parcel.id", index=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    by_title: str = Field(default="", max_length=80)
    second_title: str = Field(default="", max_length=80)
    words: bytes | None = None


class MasterOpen(SQLModel, table=True):
    """One member of staff wants all doors of a cabinet open; a second one must agree."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cabinet_id: UUID = Field(foreign_key="cabinet.id", index=True)
    staff_id: UUID = Field(foreign_key="staff.id")
    by_title: str = Field(max_length=80)
    words: bytes
    asked_at: datetime
    until: datetime
    second_id: UUID | None = Field(default=None, foreign_key="staff.id")
    agreed_at: datetime | None = None
