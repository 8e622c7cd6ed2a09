"""Who is who across the platform's channels: a keyed hash of the name that one person has in all of one owner's."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, exists, select, update
from sqlmodel import Field, Session, SQLModel

from bot.store import connection
from bot.store.resident import Identity


class UnionName(SQLModel, table=True):
    """What the platform said of one name: `hash` is keyed, "" where it knows none. The unionid itself is not kept."""

    __table_args__ = (
        ForeignKeyConstraint(["channel", "sender"], ["identity.channel", "identity.sender"], ondelete="CASCADE"),
    )

    channel: str = Field(max_length=32, primary_key=True)
    sender: str = Field(max_length=64, primary_key=True)
    hash: str = Field(default="", max_length=64, index=True)
    asked_at: datetime


_union = UnionName.__table__  # type: ignore[attr-defined]
_identity = Identity.__table__  # type: ignore[attr-defined]


def asked_nobody(session: Session, channel: str, limit: int) -> list[str]:
    """People of that channel of whom the platform was not asked yet."""
    known = exists().where(_union.c.channel == _identity.c.channel, _union.c.sender == _identity.c.sender)
    found = select(_identity.c.sender).where(_identity.c.channel == channel, _identity.c.following, ~known)
    return list(connection(session).scalars(found.limit(limit)))


def keep_names(session: Session, channel: str, hashes: Mapping[str, str], now: datetime) -> None:
    """What was answered, by their names in the channel."""
    for sender, hashed in hashes.items():
        session.merge(UnionName(channel=channel, sender=sender, hash=hashed, asked_at=now))
    session.flush()


def same_person(session: Session, hashes: Collection[str]) -> dict[str, list[UUID]]:
    """The residents whom each of these hashes names, those first who were known first."""
    theirs = (_identity.c.channel == _union.c.channel) & (_identity.c.sender == _union.c.sender)
    found = select(_union.c.hash, _identity.c.resident_id).join(_identity, theirs)
    rows = connection(session).execute(found.where(_union.c.hash.in_(hashes), _union.c.hash != ""))
    people: dict[str, list[UUID]] = {}
    for hashed, resident_id in rows:
        if resident_id not in people.setdefault(hashed, []):
            people[hashed].append(resident_id)
    return {hashed: sorted(ids) for hashed, ids in people.items()}


def forget_of(session: Session, resident_id: UUID) -> None:
    """Know no more who the person is elsewhere; that it was asked stays, so that it is not asked again."""
    session.flush()
    names = select(_identity.c.channel, _identity.c.sender).where(_identity.c.resident_id == resident_id)
    for channel, sender in connection(session).execute(names).all():
        mine = (_union.c.channel == channel) & (_union.c.sender == sender)
        connection(session).execute(update(_union).where(mine).values(hash=""))


def person_with(session: Session, hashed: str) -> UUID | None:
    """The resident with that hash, where it is one."""
    found = same_person(session, [hashed]).get(hashed, [])
    return found[0] if found else None
