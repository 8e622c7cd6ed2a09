"""People and their identities: one person may write through several channels."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint, bindparam, insert, update
from sqlmodel import Field, Session, SQLModel


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


_resident = Resident.__table__  # type: ignore[attr-defined]
_identity = Identity.__table__  # type: ignore[attr-defined]
_NEW_RESIDENT = insert(_resident)
_NEW_IDENTITY = insert(_identity)
_FOLLOW = (
    update(_identity)
    .where(_identity.c.channel == bindparam("in_channel"), _identity.c.sender == bindparam("from_sender"))
    .values(following=bindparam("now_following"))
)


def register(session: Session, *, channel: str, sender: str, now: datetime) -> UUID:
    """Make a person of somebody who writes for the first time; returns the resident's id."""
    connection = session.connection()
    person = uuid4()
    connection.execute(_NEW_RESIDENT, {"id": person, "since": now})
    connection.execute(
        _NEW_IDENTITY,
        {"id": uuid4(), "channel": channel, "sender": sender, "resident_id": person, "following": True},
    )
    return person


def set_following(session: Session, *, channel: str, sender: str, following: bool) -> None:
    """Note that the person follows the account, or no longer does."""
    session.connection().execute(_FOLLOW, {"in_channel": channel, "from_sender": sender, "now_following": following})
