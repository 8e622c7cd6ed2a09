"""The rows of groups: where the assistant may be present, what it writes there, and what was carried out of them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.ids import new_id


class GroupKind(StrEnum):
    """By what the assistant is present in a group; the kinds differ in what the platform allows."""

    MEMBERS_INTERNAL = "members_internal"  # enrolled members of the WeCom tenant, the group assistant among them
    CUSTOMER = "customer"  # residents in WeChat: whatever is written there, a person of the staff lets it go
    WEBHOOK = "webhook"  # a push robot's address: writes, never hears
    GATEWAY = "gateway"  # a lawful system of the operator's own hands over what was said to us


class Audience(StrEnum):
    """Who reads a group."""

    MEMBERS = "members"
    RESIDENTS = "residents"
    STAFF = "staff"


class PostState(StrEnum):
    """Where a post stands. Only `queued` is ever picked up."""

    QUEUED = "queued"
    SENDING = "sending"
    AWAITING_STAFF = "awaiting_staff"  # the platform has it; a person of the staff has to let it go
    SENT = "sent"
    UNSURE = "unsure"  # nobody said whether it arrived; only a person sends it again
    FAILED = "failed"
    EXPIRED = "expired"  # it was not said in time, and is worth nothing now


class GroupChat(SQLModel, table=True):
    """One group. `chat_id` is the channel's name of it, None until it is known.

    What can be done there is written down for each group: by its kind, and never more than the kind allows. `hook` is
    the sealed key of a push robot, `secret` the sealed secret of a gateway. `trouble` says why it must not be tried
    for the moment, "" where it may.
    """

    __table_args__ = (UniqueConstraint("channel", "chat_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=80)
    kind: str = Field(max_length=24)
    audience: str = Field(max_length=16)
    station_id: UUID | None = Field(default=None, foreign_key="station.id", index=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    can_receive_at: bool = False
    can_push: bool = False
    can_card: bool = False
    needs_human_confirm: bool = False
    channel: str = Field(default="", max_length=32)
    chat_id: str | None = Field(default=None, max_length=128)
    hook: bytes | None = None
    secret: bytes | None = None
    per_minute: int
    per_day: int
    trouble: str = Field(default="", max_length=200)
    active: bool = True
    created_at: datetime


class GroupPost(SQLModel, table=True):
    """Something to be written in a group. `content` is sealed; one `key` is one post, however often asked for.

    What is too long for one message goes in parts, `gone` of them by now.
    """

    __table_args__ = (Index(None, "state", "due_at"), Index(None, "group_id", "created_at"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    key: str = Field(max_length=160, unique=True)
    group_id: UUID = Field(foreign_key="groupchat.id")
    content: bytes
    state: str = Field(default=PostState.QUEUED.value, max_length=16)
    reason: str = Field(default="", max_length=200)
    gone: int = 0
    tries: int = 0
    due_at: datetime
    until: datetime
    platform_id: str = Field(default="", max_length=128, index=True)
    created_at: datetime
    changed_at: datetime
    sent_at: datetime | None = None


class GroupTally(SQLModel, table=True):
    """One thing that counts against a limit: a message sent to a group, or one person's question in it.

    `what` is what is limited; a person stands in it as a keyed hash.
    """

    __table_args__ = (Index(None, "what", "at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    what: str = Field(max_length=100)
    at: datetime = Field(index=True)


class Carried(SQLModel, table=True):
    """What somebody said in a group and goes on with in private: the sealed words behind a link that is good once.

    `digest` is a keyed hash of the link's token. `code` is the address of the platform's QR code for it, once made.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    digest: str = Field(max_length=64, unique=True)
    resident_id: UUID = Field(foreign_key="resident.id", index=True)
    group_id: UUID | None = Field(default=None, foreign_key="groupchat.id", index=True)
    content: bytes
    code: str = Field(default="", max_length=400)
    made_at: datetime
    expires_at: datetime = Field(index=True)
    used_at: datetime | None = None
