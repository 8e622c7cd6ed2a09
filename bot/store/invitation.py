"""Invitations: scenes of QR codes that one person may use once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id


class Invitation(SQLModel, table=True):
    """One scene, not to be guessed. `payload` is sealed: what whoever made it needs to know when it is used.

    `resident_id` is the person it is for, where it is for one.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    scene: str = Field(max_length=64, unique=True)
    purpose: str = Field(max_length=32)
    payload: bytes | None = None
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    made_at: datetime
    expires_at: datetime = Field(index=True)
    used_at: datetime | None = None
    used_by: UUID | None = Field(default=None, foreign_key="resident.id", index=True)


_invitation = Invitation.__table__  # type: ignore[attr-defined]


def by_scene(session: Session, scene: str) -> Invitation | None:
    return session.scalars(select(Invitation).where(col(Invitation.scene) == scene)).first()


def has_used(session: Session, purpose: str, *, by: UUID) -> bool:
    """Whether that person has used one for that purpose."""
    used = select(col(Invitation.id)).where(col(Invitation.purpose) == purpose, col(Invitation.used_by) == by)
    return session.scalars(used.limit(1)).first() is not None


def use(session: Session, invitation_id: UUID, *, by: UUID, now: datetime) -> bool:
    """Use it up; False where somebody was quicker. One statement: of two at once only one finds it unused."""
    free = update(_invitation).where(_invitation.c.id == invitation_id, _invitation.c.used_at.is_(None))
    return connection(session).execute(free.values(used_at=now, used_by=by)).rowcount == 1


def forget_before(session: Session, moment: datetime) -> int:
    """Drop those that nobody can use any more since before that moment; returns how many."""
    return connection(session).execute(delete(_invitation).where(_invitation.c.expires_at < moment)).rowcount


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop the invitations for a person; those they used were anybody's."""
    session.flush()
    writing = connection(session)
    writing.execute(delete(_invitation).where(_invitation.c.resident_id == resident_id))
    writing.execute(update(_invitation).where(_invitation.c.used_by == resident_id).values(used_by=None))
