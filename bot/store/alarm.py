"""Which late tickets somebody was told of: once for each clock, each time it runs, and each level."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.ticket import OPEN, Ticket


class Level(StrEnum):
    """How bad it is."""

    WARNING = "warning"
    BREACHED = "breached"


class TicketAlarm(SQLModel, table=True):
    """One alarm of one ticket. `clock` is first, next or solved, `round` how often it had run before.

    `told` counts the accounts of the staff that heard of it.
    """

    __table_args__ = (UniqueConstraint("ticket_id", "clock", "round", "level"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    ticket_id: UUID = Field(foreign_key="ticket.id")
    clock: str = Field(max_length=8)
    round: int
    level: str = Field(max_length=8)
    at: datetime
    told: int = 0


_alarm = TicketAlarm.__table__  # type: ignore[attr-defined]
_ticket = Ticket.__table__  # type: ignore[attr-defined]


def worth_a_look(session: Session, *, begins: datetime, ends: datetime, turn: int, size: int) -> Sequence[UUID]:
    """Open tickets with something due between those moments, and the slice of all of them whose turn it is."""
    waits = _ticket.c.state.in_(OPEN) & _ticket.c.due_at.is_not(None)
    ids = select(_ticket.c.id).where(waits).order_by(_ticket.c.due_at, _ticket.c.id)
    reading = connection(session)
    near = reading.scalars(ids.where(_ticket.c.due_at.between(begins, ends)).limit(size)).all()
    slices = -(-(reading.scalar(select(func.count()).where(waits)) or 0) // size)
    mine = reading.scalars(ids.offset(turn % slices * size).limit(size)).all() if slices else []
    return list(dict.fromkeys([*near, *mine]))


def raised(session: Session, ticket_id: UUID, *, clock: str, number: int, level: Level, now: datetime) -> UUID | None:
    """Note an alarm; None where it was raised before, by us or by another worker."""
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {"id": new_id(), "ticket_id": ticket_id, "clock": clock, "round": number, "level": level.value}
    added = insert(_alarm).values(**values, at=now, told=0).on_conflict_do_nothing()
    found: UUID | None = writing.scalar(added.returning(_alarm.c.id))
    return found


def heard(session: Session, alarm_id: UUID, told: int) -> None:
    """Note how many heard of it."""
    connection(session).execute(update(_alarm).where(_alarm.c.id == alarm_id).values(told=told))


def of(session: Session, ticket_id: UUID) -> Sequence[TicketAlarm]:
    """A ticket's alarms, oldest first."""
    found = select(TicketAlarm).where(col(TicketAlarm.ticket_id) == ticket_id)
    return session.scalars(found.order_by(col(TicketAlarm.at), col(TicketAlarm.level).desc())).all()
