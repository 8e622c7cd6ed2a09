"""The rows of the Party's members and branches: as little of them as the station needs."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class Membership(StrEnum):
    """To whom a member belongs."""

    COMMUNITY = "community"
    DOUBLE = "double"  # 双报到: their branch is at work, they report to the community they live in as well


class MemberState(StrEnum):
    """How far a member of the roster is known to the assistant."""

    LISTED = "listed"
    CLAIMED = "claimed"  # somebody says that it is them; the staff have not agreed yet
    ACTIVE = "active"
    LEFT = "left"


class Branch(SQLModel, table=True):
    """A branch of the Party. `code` is what workbooks call it."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=80)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    created_at: datetime


class PartyMember(SQLModel, table=True):
    """One member of the roster. Name and telephone are sealed; the hashes are keyed, to find somebody by them.

    `code` is the roster's number. `resident_id` is who they are in the chat, once the staff agreed;
    `claimed_by` who says that it is them, until then.
    """

    __table_args__ = (Index(None, "branch_id", "state"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: bytes
    name_hash: str = Field(max_length=64, index=True)
    phone: bytes | None = None
    phone_hash: str | None = Field(default=None, max_length=64, index=True)
    branch_id: UUID = Field(foreign_key="branch.id")
    kind: str = Field(default=Membership.COMMUNITY.value, max_length=16)
    is_secretary: bool = False
    tags: list[str] = Field(default_factory=list, sa_type=JSON().with_variant(JSONB(), "postgresql"))
    state: str = Field(default=MemberState.LISTED.value, max_length=16)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", unique=True)
    claimed_by: UUID | None = Field(default=None, foreign_key="resident.id", unique=True)
    claimed_at: datetime | None = None
    created_at: datetime
    changed_at: datetime
