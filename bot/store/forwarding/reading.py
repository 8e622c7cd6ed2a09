"""Which destinations there are, what is on its way to them, and what is due."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.edition import kept
from bot.store.forwarding.tables import (
    Destination,
    Forward,
    ForwardConsent,
    ForwardNews,
    ForwardStep,
    ForwardTry,
    State,
    Way,
)
from bot.store.shelf import DESTINATIONS
from bot.store.ticket import Ticket

_forward = Forward.__table__  # type: ignore[attr-defined]


def destination(session: Session, code: str) -> Destination | None:
    return session.scalars(select(Destination).where(col(Destination.code) == code)).first()


def destination_of(session: Session, destination_id: UUID) -> Destination | None:
    return session.get(Destination, destination_id)


def destinations(session: Session) -> Sequence[Destination]:
    """All of them, those in use and those not, by code."""
    return session.scalars(select(Destination).order_by(col(Destination.code))).all()


def active(session: Session) -> Sequence[Destination]:
    """Those in use, by code."""
    found = select(Destination).where(col(Destination.active)).order_by(col(Destination.code))
    return kept(session, "active", lambda reading: reading.scalars(found).all(), part=DESTINATIONS)


def forward(session: Session, forward_id: UUID) -> Forward | None:
    return session.get(Forward, forward_id)


def of_ticket(session: Session, ticket_id: UUID) -> Sequence[Forward]:
    """Everywhere the ticket goes."""
    return session.scalars(select(Forward).where(col(Forward.ticket_id) == ticket_id)).all()


def to(session: Session, ticket_id: UUID, destination_id: UUID) -> Forward | None:
    """The ticket on its way to one destination."""
    return session.scalars(
        select(Forward).where(col(Forward.ticket_id) == ticket_id, col(Forward.destination_id) == destination_id)
    ).first()


def by_external(session: Session, destination_id: UUID, external_id: str) -> Forward | None:
    """The one that the destination calls so."""
    found = select(Forward).where(
        col(Forward.destination_id) == destination_id, col(Forward.external_id) == external_id
    )
    return session.scalars(found).first() if external_id else None


def by_number(session: Session, destination_id: UUID, number: str) -> Forward | None:
    """The one whose ticket has that number."""
    found = select(Forward).join(Ticket, col(Ticket.id) == col(Forward.ticket_id))
    found = found.where(col(Forward.destination_id) == destination_id, col(Ticket.number) == number)
    return session.scalars(found).first()


def due(session: Session, now: datetime, limit: int) -> Sequence[Forward]:
    """What is to be done now, longest due first, locked; rows another worker holds are passed over."""
    waiting = (
        select(Forward)
        .join(Destination, col(Destination.id) == col(Forward.destination_id))
        .where(
            col(Destination.active),
            col(Forward.state).not_in((State.SENDING.value, State.PARKED.value)),
            col(Forward.next_try) <= now,
        )
        .order_by(col(Forward.next_try), col(Forward.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Forward)
    )
    return session.scalars(waiting).all()


def sending_since_before(session: Session, moment: datetime) -> Sequence[Forward]:
    """What was being sent when its process died, locked."""
    lost = (
        select(Forward)
        .where(col(Forward.state) == State.SENDING.value, col(Forward.changed_at) < moment)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(lost).all()


def to_poll(session: Session, now: datetime) -> Destination | None:
    """A destination whose updates are to be fetched, locked."""
    found = (
        select(Destination)
        .where(col(Destination.active), col(Destination.way) == Way.OPEN311.value, col(Destination.poll_at) <= now)
        .order_by(col(Destination.poll_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found).first()


def known_there(session: Session, destination_id: UUID, limit: int) -> Sequence[Forward]:
    """What a destination has and has not closed, longest unchanged first."""
    found = select(Forward).where(
        col(Forward.destination_id) == destination_id,
        col(Forward.external_id) != "",
        col(Forward.reached).in_((State.ACCEPTED.value, State.ACKNOWLEDGED.value)),
    )
    return session.scalars(found.order_by(col(Forward.changed_at)).limit(limit)).all()


def next_step(session: Session, forward_id: UUID) -> ForwardStep | None:
    """What the destination is to hear next."""
    found = select(ForwardStep).where(col(ForwardStep.forward_id) == forward_id, col(ForwardStep.sent_at).is_(None))
    return session.scalars(found.order_by(col(ForwardStep.step)).limit(1)).first()


def steps(session: Session, forward_id: UUID) -> Sequence[ForwardStep]:
    """All it was and is to be told, in order."""
    found = select(ForwardStep).where(col(ForwardStep.forward_id) == forward_id)
    return session.scalars(found.order_by(col(ForwardStep.step))).all()


def tries(session: Session, forward_id: UUID) -> Sequence[ForwardTry]:
    """All attempts, in order."""
    found = select(ForwardTry).where(col(ForwardTry.forward_id) == forward_id)
    return session.scalars(found.order_by(col(ForwardTry.at), col(ForwardTry.id))).all()


def news(session: Session, destination_id: UUID, update_id: str) -> ForwardNews | None:
    """The update of that id, where it was heard."""
    return session.scalars(
        select(ForwardNews).where(
            col(ForwardNews.destination_id) == destination_id, col(ForwardNews.update_id) == update_id
        )
    ).first()


def consent(session: Session, ticket_id: UUID) -> ForwardConsent | None:
    return session.get(ForwardConsent, ticket_id)


def stuck(session: Session, limit: int) -> Sequence[Forward]:
    """What fails or is parked, longest first: the list for the back office."""
    found = select(Forward).where(col(Forward.state).in_((State.FAILED.value, State.PARKED.value)))
    return session.scalars(found.order_by(col(Forward.changed_at)).limit(limit)).all()


def by_state(session: Session) -> dict[str, int]:
    """How many stand where."""
    rows = connection(session).execute(select(_forward.c.state, func.count()).group_by(_forward.c.state))
    return {str(state): int(number) for state, number in rows}
