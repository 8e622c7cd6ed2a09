"""How forwards come to be, move and end; and what is wiped with their ticket."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import Session, SQLModel, col

from bot.store import connection
from bot.store.forwarding.tables import Forward, ForwardConsent, ForwardStep, ForwardTry
from bot.store.ticket import Ticket

_ticket = Ticket.__table__  # type: ignore[attr-defined]
_consent = ForwardConsent.__table__  # type: ignore[attr-defined]


def add(session: Session, row: SQLModel) -> None:
    """Put a row in, so that a constraint speaks now."""
    session.add(row)
    session.flush()


def locked(session: Session, forward_id: UUID) -> Forward:
    """The forward as it stands now, to be changed by nobody else until the commit."""
    found = select(Forward).where(col(Forward.id) == forward_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()


def add_step(session: Session, forward: Forward, *, step: int, what: str, now: datetime, sent: bool = False) -> None:
    """Let the destination hear a step of the history, once; `sent` where it knows of it already."""
    if session.get(ForwardStep, (forward.id, step)) is None:
        add(
            session,
            ForwardStep(
                forward_id=forward.id,
                step=step,
                round=forward.round,
                what=what,
                at=now,
                sent_at=now if sent else None,
            ),
        )


def step_sent(session: Session, forward_id: UUID, step: int, now: datetime) -> None:
    found = session.get(ForwardStep, (forward_id, step))
    if found is not None:
        found.sent_at = found.sent_at or now


def tried(session: Session, forward_id: UUID, *, at: datetime, step: int, outcome: str, reason: str = "") -> None:
    """Write a line into the log of attempts."""
    session.add(ForwardTry(forward_id=forward_id, at=at, step=step, outcome=outcome, reason=reason[:200]))


def agree(session: Session, ticket_id: UUID, *, contact: bytes, now: datetime) -> None:
    """Keep a resident's yes for one ticket; a later one replaces it."""
    kept = session.get(ForwardConsent, ticket_id)
    if kept is None:
        add(session, ForwardConsent(ticket_id=ticket_id, contact=contact, agreed_at=now))
    else:
        kept.contact, kept.agreed_at = contact, now


def forget_consents_of(session: Session, resident_id: UUID) -> None:
    """Take back a person's yes for all their tickets."""
    theirs = select(_ticket.c.id).where(_ticket.c.resident_id == resident_id)
    connection(session).execute(delete(_consent).where(_consent.c.ticket_id.in_(theirs)))


def forget_consents_before(session: Session, moment: datetime) -> int:
    """Drop what was agreed to before that moment; returns how much."""
    return connection(session).execute(delete(_consent).where(_consent.c.agreed_at < moment)).rowcount
