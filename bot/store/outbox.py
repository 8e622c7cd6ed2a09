"""What is to be sent outside of replies: a row before it is sent, with its own state until the end."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, delete, func, insert, or_, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.resident import Identity


class State(StrEnum):
    """Where a notice stands. Only `waiting` is ever picked up for sending."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"  # cannot be sent now; handed over at the person's next contact
    UNSURE = "unsure"  # the platform did not say whether it arrived; never sent again blindly
    FAILED = "failed"  # for good, with the reason


HELD = State.HELD.value


class Outbox(SQLModel, table=True):
    """One notice to one person in one channel. `facts` is sealed; it is put into words when it is sent."""

    __table_args__ = (Index(None, "state", "due_at"), Index(None, "resident_id", "state"))

    id: UUID = Field(default_factory=new_id, primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id")
    channel: str = Field(max_length=32)
    kind: str = Field(max_length=48)
    facts: bytes
    state: str = Field(default=State.WAITING.value, max_length=16)
    reason: str = Field(default="", max_length=200)
    tries: int = 0
    due_at: datetime
    created_at: datetime
    changed_at: datetime
    sent_at: datetime | None = None
    platform_id: str = Field(default="", max_length=64, index=True)


_outbox = Outbox.__table__  # type: ignore[attr-defined]


def put(
    session: Session, *, resident_id: UUID, channel: str, kind: str, facts: bytes, now: datetime, due_at: datetime
) -> UUID:
    """Write down that a person is to be told something; returns the notice's id."""
    notice = new_id()
    connection(session).execute(
        insert(_outbox),
        {
            "id": notice,
            "resident_id": resident_id,
            "channel": channel,
            "kind": kind,
            "facts": facts,
            "state": State.WAITING.value,
            "reason": "",
            "tries": 0,
            "due_at": due_at,
            "created_at": now,
            "changed_at": now,
            "platform_id": "",
        },
    )
    return notice


def due(session: Session, now: datetime, limit: int = 50) -> Sequence[Outbox]:
    """What waits and is due, oldest first, locked; rows another worker holds are passed over."""
    waiting = (
        select(Outbox)
        .where(col(Outbox.state) == State.WAITING, col(Outbox.due_at) <= now)
        .order_by(col(Outbox.due_at), col(Outbox.created_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(waiting).all()


def start(session: Session, notice: UUID, now: datetime) -> None:
    """Say that a notice is being sent from now on, and count the try."""
    values = {"state": State.SENDING.value, "tries": _outbox.c.tries + 1, "changed_at": now}
    connection(session).execute(update(_outbox).where(_outbox.c.id == notice).values(values))


def mark(
    session: Session,
    notice: UUID,
    state: State,
    *,
    now: datetime,
    reason: str = "",
    due_at: datetime | None = None,
    platform_id: str = "",
) -> None:
    """Say what became of a notice that was being sent."""
    values: dict[str, object] = {"state": state.value, "reason": reason[:200], "changed_at": now}
    if due_at is not None:
        values["due_at"] = due_at
    if state is State.SENT:
        values["sent_at"] = now
    if platform_id:
        values["platform_id"] = platform_id
    connection(session).execute(update(_outbox).where(_outbox.c.id == notice).values(values))


def put_back(session: Session, notice: UUID, now: datetime) -> None:
    """A notice that was claimed and then not even tried waits again."""
    values = {"state": State.WAITING.value, "tries": _outbox.c.tries - 1, "changed_at": now}
    connection(session).execute(update(_outbox).where(_outbox.c.id == notice).values(values))


def hand_over(session: Session, notice: UUID, now: datetime) -> None:
    """A notice went with a reply: it is sent, and has used up nothing of what may be sent without one."""
    values = {"state": State.SENT.value, "reason": "handed over with a reply", "changed_at": now}
    connection(session).execute(update(_outbox).where(_outbox.c.id == notice).values(values))


def abandoned(session: Session, now: datetime, before: datetime) -> int:
    """Whatever has been "being sent" since before that moment lost its sender: its fate is not known."""
    lost = update(_outbox).where(_outbox.c.state == State.SENDING.value, _outbox.c.changed_at < before)
    gone = connection(session).execute(
        lost.values(state=State.UNSURE.value, reason="the sender stopped half-way", changed_at=now)
    )
    return gone.rowcount


def held_for(session: Session, resident_id: UUID, channel: str) -> Sequence[Outbox]:
    """Notices that wait for this person's next contact, oldest first."""
    waiting = (
        select(Outbox)
        .where(col(Outbox.resident_id) == resident_id, col(Outbox.state) == State.HELD, col(Outbox.channel) == channel)
        .order_by(col(Outbox.created_at))
    )
    return session.scalars(waiting).all()


def sent_since(session: Session, *, channel: str, resident_id: UUID, moment: datetime) -> int:
    """How many notices used up the allowance that began at that moment; an unsure one counts."""
    used = select(func.count()).where(
        _outbox.c.resident_id == resident_id,
        _outbox.c.channel == channel,
        or_(
            (_outbox.c.state == State.SENT.value) & (_outbox.c.sent_at >= moment),
            _outbox.c.state.in_((State.UNSURE.value, State.SENDING.value)) & (_outbox.c.changed_at >= moment),
        ),
    )
    return connection(session).scalar(used) or 0


def address(session: Session, resident_id: UUID, channel: str) -> tuple[str, bool] | None:
    """The person's name in the channel and whether they follow; None where they have none."""
    found = session.execute(
        select(col(Identity.sender), col(Identity.following)).where(
            col(Identity.resident_id) == resident_id, col(Identity.channel) == channel
        )
    ).first()
    return (found[0], found[1]) if found else None


def by_state(session: Session) -> dict[str, int]:
    """How many notices stand where."""
    rows = connection(session).execute(select(_outbox.c.state, func.count()).group_by(_outbox.c.state))
    return {str(state): int(number) for state, number in rows}


def forget_before(session: Session, moment: datetime) -> int:
    """Drop notices that came to an end before that moment; returns how many."""
    ended = _outbox.c.state.in_((State.SENT.value, State.FAILED.value, State.UNSURE.value))
    return connection(session).execute(delete(_outbox).where(ended, _outbox.c.changed_at < moment)).rowcount


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop everything that was to be told to one person."""
    connection(session).execute(delete(_outbox).where(_outbox.c.resident_id == resident_id))
