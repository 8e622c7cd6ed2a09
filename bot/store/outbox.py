"""What is to be sent outside of replies: a row before it is sent, with its own state until the end."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, delete, func, insert, or_, select, true, update
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


class Via(StrEnum):
    """By which way a notice to a resident went, or is going."""

    REPLY = "reply"  # below the answer to something the person said
    CUSTOMER = "customer"  # a customer message, within the allowance of the last contact
    TEMPLATE = "template"
    SUBSCRIPTION = "subscription"  # against a consent
    MASS = "mass"  # with many others in one call, four a month
    EVENT = "event"  # in answer to something that happened in customer service; it counts against nothing
    CALL = "call"  # somebody of the staff rang them up


HELD = State.HELD.value
Also = Mapping[str, str | datetime | None]  # further columns


class Outbox(SQLModel, table=True):
    """One notice to one person in one channel. `facts` is sealed; it is put into words when it is sent.

    `via` is the way it takes or took, `skips` the ways the platform has refused for it, apart by commas.
    """

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
    via: str = Field(default="", max_length=16)
    skips: str = Field(default="", max_length=64)


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
            "via": "",
            "skips": "",
        },
    )
    return notice


def due(session: Session, now: datetime, *, channel: str | None = None, limit: int = 50) -> Sequence[Outbox]:
    """What waits and is due, oldest first, locked; rows another worker holds are passed over. No channel: in any."""
    waiting = (
        select(Outbox)
        .where(col(Outbox.state) == State.WAITING, col(Outbox.due_at) <= now)
        .where(true() if channel is None else col(Outbox.channel) == channel)
        .order_by(col(Outbox.due_at), col(Outbox.created_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(waiting).all()


def withdraw(session: Session, notices: Iterable[UUID | None], now: datetime) -> None:
    """Let these not be said any more, unless they are on their way."""
    ids = [one for one in notices if one is not None]
    if ids:
        not_gone = _outbox.c.state.in_([State.WAITING.value, State.HELD.value])
        values = {"state": State.FAILED.value, "reason": "no longer true", "changed_at": now}
        connection(session).execute(update(_outbox).where(_outbox.c.id.in_(ids), not_gone).values(values))


def start(session: Session, notice: UUID, now: datetime, *, via: str = "") -> None:
    """Say that a notice is being sent from now on, and by which way, and count the try."""
    values = {
        "state": State.SENDING.value,
        "tries": _outbox.c.tries + 1,
        "changed_at": now,
        "via": via,
        "platform_id": "",
    }
    connection(session).execute(update(_outbox).where(_outbox.c.id == notice).values(values))


def mark(
    session: Session,
    notice: UUID,
    state: State,
    *,
    now: datetime,
    reason: str = "",
    due_at: datetime | None = None,
    also: Also | None = None,
) -> None:
    """Say where a notice stands from now on. `also` holds further columns: via, skips, platform_id."""
    values = _marked(state, now=now, reason=reason, due_at=due_at, also=also)
    connection(session).execute(update(_outbox).where(_outbox.c.id == notice).values(values))


def settle(
    session: Session,
    notice: UUID,
    state: State,
    *,
    now: datetime,
    reason: str = "",
    due_at: datetime | None = None,
    also: Also | None = None,
) -> bool:
    """As `mark`, of what is being sent; False where somebody else has said meanwhile what became of it."""
    values = _marked(state, now=now, reason=reason, due_at=due_at, also=also)
    sending = (_outbox.c.id == notice) & (_outbox.c.state == State.SENDING.value)
    return connection(session).execute(update(_outbox).where(sending).values(values)).rowcount > 0


def _marked(
    state: State, *, now: datetime, reason: str, due_at: datetime | None, also: Also | None
) -> dict[str, object]:
    values: dict[str, object] = {"state": state.value, "reason": reason[:200], "changed_at": now, **(also or {})}
    if due_at is not None:
        values["due_at"] = due_at
    if state is State.SENT:
        values["sent_at"] = now
    return values


def name(session: Session, notice: UUID, platform_id: str) -> None:
    """Note by which id the platform knows a notice."""
    connection(session).execute(update(_outbox).where(_outbox.c.id == notice).values(platform_id=platform_id))


def put_back(session: Session, notice: UUID, now: datetime) -> None:
    """A notice that was claimed and then not even tried waits again."""
    values = {"state": State.WAITING.value, "tries": _outbox.c.tries - 1, "changed_at": now}
    connection(session).execute(update(_outbox).where(_outbox.c.id == notice).values(values))


def hand_over(session: Session, notice: UUID, now: datetime) -> None:
    """A notice went with a reply: it is sent, and has used up nothing of what may be sent without one."""
    values = {
        "state": State.SENT.value,
        "reason": "handed over with a reply",
        "changed_at": now,
        "sent_at": now,
        "via": Via.REPLY.value,
    }
    connection(session).execute(update(_outbox).where(_outbox.c.id == notice).values(values))


def abandoned(session: Session, now: datetime, before: datetime) -> int:
    """Whatever has been "being sent" since before that moment lost its sender: its fate is not known.

    But for what the platform has reported of itself: that is sent.
    """
    lost = update(_outbox).where(_outbox.c.state == State.SENDING.value, _outbox.c.changed_at < before)
    reported = connection(session).execute(
        lost.where(_outbox.c.platform_id != "").values(state=State.SENT.value, sent_at=now, changed_at=now)
    )
    unknown = {"state": State.UNSURE.value, "reason": "the sender stopped half-way", "changed_at": now}
    return reported.rowcount + connection(session).execute(lost.values(**unknown)).rowcount


def held_for(session: Session, resident_id: UUID, channel: str) -> Sequence[Outbox]:
    """Notices that wait for this person's next contact, oldest first."""
    waiting = (
        select(Outbox)
        .where(col(Outbox.resident_id) == resident_id, col(Outbox.state) == State.HELD, col(Outbox.channel) == channel)
        .order_by(col(Outbox.created_at))
    )
    return session.scalars(waiting).all()


def waiting_for(session: Session, resident_id: UUID, channel: str) -> int:
    """How many notices to that person are on their way or will be."""
    ahead = (State.WAITING.value, State.SENDING.value)
    theirs = (_outbox.c.resident_id == resident_id) & (_outbox.c.channel == channel) & _outbox.c.state.in_(ahead)
    return connection(session).scalar(select(func.count()).where(theirs)) or 0


def due_of(session: Session, kind: str, now: datetime) -> int:
    """How many notices of a kind are on their way one by one, or could be at this moment."""
    waiting = (_outbox.c.state == State.WAITING.value) & (_outbox.c.due_at <= now)
    ahead = waiting | ((_outbox.c.state == State.SENDING.value) & (_outbox.c.via != Via.MASS.value))
    return connection(session).scalar(select(func.count()).where(_outbox.c.kind == kind, ahead)) or 0


def reported(session: Session, platform_id: str) -> Outbox | None:
    """The notice that the platform knows by that id, locked."""
    found = select(Outbox).where(col(Outbox.platform_id) == platform_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def under_way(session: Session, resident_id: UUID, via: Via, since: datetime) -> Outbox | None:
    """The person's one notice on that way whose end is not known yet, locked; None where it might be one of two."""
    unknown = (State.SENDING.value, State.UNSURE.value)
    found = select(Outbox).where(
        col(Outbox.resident_id) == resident_id,
        col(Outbox.via) == via.value,
        col(Outbox.state).in_(unknown),
        col(Outbox.changed_at) >= since,
    )
    rows = session.scalars(found.limit(2).with_for_update().execution_options(populate_existing=True)).all()
    return rows[0] if len(rows) == 1 else None


def locked(session: Session, notice: UUID) -> Outbox | None:
    """The notice as it stands now, to be changed by nobody else until the commit."""
    found = select(Outbox).where(col(Outbox.id) == notice).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def sent_since(session: Session, *, channel: str, resident_id: UUID, moment: datetime) -> int:
    """How many customer messages used up the allowance that began at that moment; an unsure one counts."""
    used = select(func.count()).where(
        _outbox.c.resident_id == resident_id,
        _outbox.c.channel == channel,
        _outbox.c.via.in_(("", Via.CUSTOMER.value)),
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
