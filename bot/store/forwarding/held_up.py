"""What does not get through to other offices, as the staff of one part of the city see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store import scope as scopes
from bot.store.forwarding.tables import Destination, Forward, State
from bot.store.scope import Scope
from bot.store.ticket import Ticket

STUCK = (State.FAILED.value, State.PARKED.value)


class Stuck(NamedTuple):
    """One ticket that one destination has not got."""

    id: UUID
    number: str
    title: str
    state: str
    reason: str
    tries: int
    changed_at: datetime
    next_try: datetime | None
    parked_by: str
    parked_why: str


def page(
    session: Session,
    scope: Scope,
    *,
    words: str,
    after: tuple[datetime, UUID] | None,
    limit: int,
    latest_first: bool,
) -> list[Stuck]:
    """So many behind that one, by when they changed last; `words` stand in the number or the destination."""
    columns = [getattr(Forward, name) for name in Stuck._fields[3:]]
    found = (
        select(col(Forward.id), col(Ticket.number), col(Destination.title), *columns)
        .join(Ticket, col(Ticket.id) == col(Forward.ticket_id))
        .join(Destination, col(Destination.id) == col(Forward.destination_id))
        .where(col(Forward.state).in_(STUCK), scopes.tickets(scope))
    )
    if words:
        fields = (func.upper(col(Ticket.number)), col(Destination.title))
        found = found.where(or_(*(field.contains(words.upper(), autoescape=True) for field in fields)))
    changed, key = col(Forward.changed_at), col(Forward.id)
    if after is not None:
        behind = (changed < after[0], key < after[1]) if latest_first else (changed > after[0], key > after[1])
        found = found.where(or_(behind[0], and_(changed == after[0], behind[1])))
    order = (changed.desc(), key.desc()) if latest_first else (changed, key)
    return [Stuck(*row) for row in connection(session).execute(found.order_by(*order).limit(limit))]


def within(session: Session, scope: Scope, forward_id: UUID) -> tuple[Forward, Ticket, Destination] | None:
    """One ticket on its way, where they may see the ticket."""
    found = (
        select(Forward, Ticket, Destination)
        .join(Ticket, col(Ticket.id) == col(Forward.ticket_id))
        .join(Destination, col(Destination.id) == col(Forward.destination_id))
        .where(col(Forward.id) == forward_id, scopes.tickets(scope))
    )
    row = session.execute(found).first()
    return (row[0], row[1], row[2]) if row is not None else None


def counts(session: Session, scope: Scope) -> dict[str, int]:
    """How many of the tickets they may see stand where."""
    found = (
        select(col(Forward.state), func.count())
        .join(Ticket, col(Ticket.id) == col(Forward.ticket_id))
        .where(scopes.tickets(scope))
        .group_by(col(Forward.state))
    )
    return {str(state): int(number) for state, number in connection(session).execute(found)}


def open_by_destination(session: Session, destination_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many have not got through, by destination."""
    found = (
        select(col(Forward.destination_id), func.count())
        .where(col(Forward.destination_id).in_(destination_ids), col(Forward.state).in_(STUCK))
        .group_by(col(Forward.destination_id))
    )
    return {row[0]: int(row[1]) for row in connection(session).execute(found)}
