"""The call list: what had to reach a resident and did not, so that somebody rings them up."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.outbox import Outbox, State


class CallState(StrEnum):
    """Where a call stands. Open ones are on the list."""

    OPEN = "open"
    CALLED = "called"
    DROPPED = "dropped"  # not needed, or given up
    ARRIVED = "arrived"  # the news got there by itself meanwhile


class Call(SQLModel, table=True):
    """One resident to be told one thing by telephone, once. `tries` counts calls that nobody took; `note` is sealed."""

    __table_args__ = (Index(None, "state", "since"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    notice_id: UUID = Field(foreign_key="outbox.id", unique=True)
    resident_id: UUID = Field(foreign_key="resident.id", index=True)
    kind: str = Field(max_length=48)
    state: str = Field(default=CallState.OPEN.value, max_length=8)
    tries: int = 0
    by: str = Field(default="", max_length=80)
    note: bytes | None = None
    since: datetime
    changed_at: datetime


_call = Call.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
NOT_ARRIVED = (State.HELD.value, State.UNSURE.value, State.FAILED.value)


def not_arrived(session: Session, kind: str, *, after: datetime, before: datetime, limit: int) -> Sequence[Outbox]:
    """Notices of that kind, made between those moments, that reached nobody and are on no list yet, oldest first."""
    found = (
        select(Outbox)
        .outerjoin(Call, col(Call.notice_id) == col(Outbox.id))
        .where(
            col(Outbox.kind) == kind,
            col(Outbox.state).in_(NOT_ARRIVED),
            col(Outbox.sent_at).is_(None),
            col(Outbox.created_at) > after,
            col(Outbox.created_at) <= before,
            col(Call.id).is_(None),
        )
    )
    return session.scalars(found.order_by(col(Outbox.created_at)).limit(limit)).all()


def add(session: Session, row: Outbox, state: CallState, now: datetime) -> bool:
    """Put a notice on the list; False where another worker has done so."""
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {
        "id": new_id(),
        "notice_id": row.id,
        "resident_id": row.resident_id,
        "kind": row.kind,
        "state": state.value,
        "tries": 0,
        "by": "",
        "since": now,
        "changed_at": now,
    }
    added = insert(_call).values(values).on_conflict_do_nothing(index_elements=[_call.c.notice_id])
    return writing.scalar(added.returning(_call.c.id)) is not None


def arrived(session: Session, now: datetime) -> int:
    """Take off the list whatever got there by itself; returns how many."""
    there = select(_outbox.c.id).where(
        _outbox.c.id == _call.c.notice_id, (_outbox.c.state == State.SENT.value) | _outbox.c.sent_at.is_not(None)
    )
    done = update(_call).where(_call.c.state == CallState.OPEN.value, there.exists())
    return connection(session).execute(done.values(state=CallState.ARRIVED.value, changed_at=now)).rowcount


def open_ones(session: Session, limit: int = 200) -> Sequence[tuple[Call, Outbox]]:
    """The list: fewest tries first, then the longest waiting, each with what is to be told."""
    found = (
        select(Call, Outbox)
        .join(Outbox, col(Outbox.id) == col(Call.notice_id))
        .where(col(Call.state) == CallState.OPEN)
        .order_by(col(Call.tries), col(Call.since))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def locked(session: Session, call_id: UUID) -> Call | None:
    """The call as it stands now, to be changed by nobody else until the commit."""
    found = select(Call).where(col(Call.id) == call_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop the calls to one person."""
    session.flush()
    connection(session).execute(delete(_call).where(_call.c.resident_id == resident_id))


def forget_before(session: Session, moment: datetime) -> int:
    """Drop the calls whose notice ended, or that ended themselves, before that moment; returns how many."""
    session.flush()
    over = (State.SENT.value, State.FAILED.value, State.UNSURE.value)
    old = select(_outbox.c.id).where(_outbox.c.state.in_(over), _outbox.c.changed_at < moment)
    ended = (_call.c.state != CallState.OPEN.value) & (_call.c.changed_at < moment)
    return connection(session).execute(delete(_call).where(ended | _call.c.notice_id.in_(old))).rowcount
