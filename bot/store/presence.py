"""Who has which ticket open at this moment, so that two do not answer it at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.staff import Staff


class Presence(SQLModel, table=True):
    """Somebody has a ticket open, as far as was heard, until then."""

    ticket_id: UUID = Field(foreign_key="ticket.id", primary_key=True)
    staff_id: UUID = Field(foreign_key="staff.id", primary_key=True)
    until: datetime = Field(index=True)


_presence = Presence.__table__  # type: ignore[attr-defined]


def here(session: Session, ticket_id: UUID, staff_id: UUID, until: datetime) -> None:
    """They have it open until then."""
    session.merge(Presence(ticket_id=ticket_id, staff_id=staff_id, until=until))
    session.flush()


def others(session: Session, ticket_id: UUID, besides: UUID, now: datetime) -> Sequence[str]:
    """The posts of those who have it open too."""
    found = (
        select(Staff.name)  # type: ignore[call-overload]
        .join(Presence, col(Presence.staff_id) == col(Staff.id))
        .where(col(Presence.ticket_id) == ticket_id, col(Presence.staff_id) != besides, col(Presence.until) > now)
    )
    return session.scalars(found.order_by(col(Staff.name))).all()


def forget_before(session: Session, moment: datetime) -> int:
    """Drop what has long been over; returns how many."""
    return connection(session).execute(delete(_presence).where(_presence.c.until < moment)).rowcount
