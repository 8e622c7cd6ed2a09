"""Reports that residents made in their groups (居民上报), mirrored: which is which ticket, and how far we have read."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ticket import Ticket
from bot.store.ticket.tables import REPORTED

CHANNEL = REPORTED


class ResidentReport(SQLModel, table=True):
    """One report and the ticket that it became. `seen` is a keyed hash of it as it was read last; `reporter` is sealed.

    `said` of its pictures and `done` of its steps are known already.
    """

    order_id: str = Field(primary_key=True, max_length=64)
    ticket_id: UUID = Field(foreign_key="ticket.id", index=True)
    seen: str = Field(max_length=64)
    reporter: bytes | None = None
    said: int = 0
    done: int = 0
    taken_at: datetime
    changed_at: datetime


class ReportCursor(SQLModel, table=True):
    """How far the reports were read: those changed since `since`, and within them behind `cursor`."""

    name: str = Field(primary_key=True, max_length=16)
    since: datetime
    began_at: datetime | None = None
    cursor: str = Field(default="", max_length=512)
    due_at: datetime
    held_until: datetime | None = None


_report = ResidentReport.__table__  # type: ignore[attr-defined]
_ticket = Ticket.__table__  # type: ignore[attr-defined]
_cursor = ReportCursor.__table__  # type: ignore[attr-defined]
_ONE = "resident"


def claim(session: Session, now: datetime, until: datetime, *, since: datetime) -> ReportCursor | None:
    """How far we are, held for us; None where nothing is due or another worker is at it. `since`: of a fresh one."""
    found = select(ReportCursor).where(col(ReportCursor.name) == _ONE).with_for_update(skip_locked=True)
    row = session.scalars(found.execution_options(populate_existing=True)).first()
    if row is None:
        if session.get(ReportCursor, _ONE) is not None:
            return None  # another worker has it
        row = ReportCursor(name=_ONE, since=since, due_at=now)
    if row.due_at > now or (row.held_until is not None and row.held_until > now):
        return None
    row.held_until = until
    row.began_at = row.began_at if row.cursor else now
    session.add(row)
    session.flush()
    return row


def moved(session: Session, **values: datetime | str | None) -> None:
    """How far it has come now."""
    connection(session).execute(update(_cursor).where(_cursor.c.name == _ONE).values(values))


def of(session: Session, order_id: str) -> ResidentReport | None:
    """The report of that number, locked."""
    found = select(ResidentReport).where(col(ResidentReport.order_id) == order_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def of_ticket(session: Session, ticket_id: UUID) -> Sequence[ResidentReport]:
    """The reports that became that ticket."""
    return session.scalars(select(ResidentReport).where(col(ResidentReport.ticket_id) == ticket_id)).all()


def add(session: Session, row: ResidentReport) -> None:
    session.add(row)
    session.flush()


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop who made them; that they were read stays, so that they do not come in again. Before their tickets go."""
    mine = select(_ticket.c.id).where(_ticket.c.resident_id == resident_id)
    session.flush()
    connection(session).execute(update(_report).where(_report.c.ticket_id.in_(mine)).values(reporter=None))


def forget_before(session: Session, moment: datetime) -> int:
    """Drop those that have not changed since before that moment; returns how many."""
    return connection(session).execute(delete(_report).where(_report.c.changed_at < moment)).rowcount
