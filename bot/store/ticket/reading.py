"""Which tickets there are: a person's own, those alike, those that wait for something; and a ticket's history."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.prepared import Prepared
from bot.store.ticket.tables import (
    OPEN,
    REPORTED,
    State,
    Ticket,
    TicketEvent,
    TicketFollower,
    TicketPicture,
    Urgency,
)

_ticket = Ticket.__table__  # type: ignore[attr-defined]
_follower = TicketFollower.__table__  # type: ignore[attr-defined]


def ticket(session: Session, ticket_id: UUID) -> Ticket | None:
    return session.get(Ticket, ticket_id)


def of(session: Session, resident_id: UUID, number: str) -> Ticket | None:
    """The ticket of that number where it is the person's own or one they follow."""
    return session.scalars(select(Ticket).where(col(Ticket.number) == number, _theirs(resident_id))).first()


def numbered(session: Session, number: str) -> Ticket | None:
    return session.scalars(select(Ticket).where(col(Ticket.number) == number)).first()


def latest_of(session: Session, resident_id: UUID, limit: int) -> Sequence[Ticket]:
    """The person's own and followed tickets, newest first; one that goes with another is left to that one."""
    found = select(Ticket).where(_theirs(resident_id), col(Ticket.state) != State.DUPLICATE)
    return session.scalars(found.order_by(col(Ticket.created_at).desc(), col(Ticket.number).desc()).limit(limit)).all()


def opened_since(session: Session, resident_id: UUID, moment: datetime, urgency: Urgency) -> Ticket | None:
    """The person's last open ticket of that urgency since then."""
    found = select(Ticket).where(
        col(Ticket.resident_id) == resident_id,
        col(Ticket.urgency) == urgency.value,
        col(Ticket.state).in_(OPEN),
        col(Ticket.created_at) >= moment,
    )
    return session.scalars(found.order_by(col(Ticket.created_at).desc())).first()


def to_rate(session: Session, resident_id: UUID, since: datetime) -> Ticket | None:
    """The person's ticket that was solved last and not rated yet."""
    found = select(Ticket).where(
        col(Ticket.resident_id) == resident_id,
        col(Ticket.state) == State.SOLVED,
        col(Ticket.changed_at) >= since,
    )
    return session.scalars(found.order_by(col(Ticket.changed_at).desc())).first()


def alike(
    session: Session, *, kind: str, compound_id: UUID, building_id: UUID | None, besides: UUID, since: datetime
) -> Ticket | None:
    """Another open ticket of that kind at the same place, the newest one."""
    found = select(Ticket).where(
        col(Ticket.state).in_(OPEN),
        col(Ticket.compound_id) == compound_id,
        col(Ticket.kind) == kind,
        col(Ticket.building_id) == building_id,
        or_(col(Ticket.resident_id).is_not(None), col(Ticket.channel) == REPORTED),
        col(Ticket.id) != besides,
        col(Ticket.created_at) >= since,
    )
    return session.scalars(found.order_by(col(Ticket.created_at).desc()).limit(1)).first()


def solved_before(session: Session, moment: datetime) -> Sequence[UUID]:
    """Tickets that have been solved since before that moment and that nobody rated."""
    found = select(_ticket.c.id).where(_ticket.c.state == State.SOLVED.value, _ticket.c.changed_at < moment)
    return connection(session).scalars(found).all()


def held_by(session: Session, contact_id: UUID) -> Sequence[Ticket]:
    """The open tickets of one post, oldest first."""
    found = select(Ticket).where(col(Ticket.holder_id) == contact_id, col(Ticket.state).in_(OPEN))
    return session.scalars(found.order_by(col(Ticket.created_at))).all()


def holding(session: Session) -> Sequence[UUID]:
    """The posts that have open tickets."""
    found = select(col(Ticket.holder_id)).where(col(Ticket.holder_id).is_not(None), col(Ticket.state).in_(OPEN))
    return [post for post in session.scalars(found.distinct()) if post is not None]


class Happened(NamedTuple):
    """One line of a ticket's history; `step` counts from 1."""

    step: int
    at: datetime
    what: str
    by: str
    by_title: str
    facts: bytes | None


_event = TicketEvent.__table__  # type: ignore[attr-defined]
_HISTORY = Prepared(
    select(*(_event.c[name] for name in Happened._fields))
    .where(_event.c.ticket_id == bindparam("of"))
    .order_by(_event.c.step)
)


def history(session: Session, ticket_id: UUID) -> Sequence[Happened]:
    """All that happened, in its order."""
    return [Happened(*row) for row in _HISTORY.all(session, {"of": ticket_id})]


def followers(session: Session, ticket_id: UUID) -> Sequence[TicketFollower]:
    found = select(TicketFollower).where(col(TicketFollower.ticket_id) == ticket_id)
    return session.scalars(found.order_by(col(TicketFollower.since))).all()


def pictures(session: Session, ticket_id: UUID) -> Sequence[TicketPicture]:
    found = select(TicketPicture).where(col(TicketPicture.ticket_id) == ticket_id)
    return session.scalars(found.order_by(col(TicketPicture.at))).all()


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """How many tickets are the person's own, or how many of them are still open."""
    mine = select(func.count()).where(_ticket.c.resident_id == resident_id)
    return connection(session).scalar(mine.where(_ticket.c.state.in_(OPEN)) if running else mine) or 0


def _theirs(resident_id: UUID) -> ColumnElement[bool]:
    followed = select(_follower.c.ticket_id).where(_follower.c.resident_id == resident_id)
    return or_(col(Ticket.resident_id) == resident_id, col(Ticket.id).in_(followed))
