"""People and their identities: one person may write through several channels."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint, bindparam, delete, func, insert, select, update
from sqlmodel import Field, Session, SQLModel

from bot.store import connection


class Resident(SQLModel, table=True):
    """A person, known by nothing but what they chose to tell."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    since: datetime


class Identity(SQLModel, table=True):
    """A person as one channel names them."""

    __table_args__ = (UniqueConstraint("channel", "sender"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    channel: str = Field(max_length=32)
    sender: str = Field(max_length=64)
    resident_id: UUID = Field(foreign_key="resident.id", index=True)
    following: bool = True
    left_at: datetime | None = None


_resident = Resident.__table__  # type: ignore[attr-defined]
_identity = Identity.__table__  # type: ignore[attr-defined]
_NEW_RESIDENT = insert(_resident)
_NEW_IDENTITY = insert(_identity)
_FOLLOW = (
    update(_identity)
    .where(_identity.c.channel == bindparam("in_channel"), _identity.c.sender == bindparam("from_sender"))
    .values(following=bindparam("now_following"), left_at=bindparam("now_left"))
)


def register(session: Session, *, channel: str, sender: str, now: datetime) -> UUID:
    """Make a person of somebody who writes for the first time; returns the resident's id."""
    doing = connection(session)
    person = uuid4()
    doing.execute(_NEW_RESIDENT, {"id": person, "since": now})
    doing.execute(
        _NEW_IDENTITY,
        {"id": uuid4(), "channel": channel, "sender": sender, "resident_id": person, "following": True},
    )
    return person


def set_following(session: Session, *, channel: str, sender: str, following: bool, now: datetime) -> None:
    """Note that the person follows the account, or no longer does."""
    connection(session).execute(
        _FOLLOW,
        {
            "in_channel": channel,
            "from_sender": sender,
            "now_following": following,
            "now_left": None if following else now,
        },
    )


def gone_before(session: Session, moment: datetime) -> list[UUID]:
    """Residents none of whose identities follows any more, the last of them since before that moment."""
    everyone = select(_identity.c.resident_id).group_by(_identity.c.resident_id)
    gone = everyone.having(func.count(_identity.c.left_at) == func.count(), func.max(_identity.c.left_at) < moment)
    return list(connection(session).scalars(gone))


def forget(session: Session, resident_id: UUID) -> None:
    """Drop the person and their identities; whatever points to them must be gone before."""
    doing = connection(session)
    doing.execute(delete(_identity).where(_identity.c.resident_id == resident_id))
    doing.execute(delete(_resident).where(_resident.c.id == resident_id))
