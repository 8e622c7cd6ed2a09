"""Every message with the reply it was given: what makes a retry get the same answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, insert, select, tuple_, update
from sqlmodel import Field, Session, SQLModel

from bot.store import connection
from bot.store.dialog import Dialog
from bot.store.hand_over import HandOver
from bot.store.outbox import HELD, Outbox
from bot.store.prepared import Prepared
from bot.store.resident import Identity, Resident


class Inbox(SQLModel, table=True):
    """A message that was taken in. `said` and `reply` are sealed; a late reply went to the outbox instead."""

    channel: str = Field(max_length=32, primary_key=True)
    sender: str = Field(max_length=64, primary_key=True)
    key: str = Field(max_length=200, primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id")
    kind: str = Field(max_length=16)
    outcome: str = Field(max_length=64)
    opens: str = Field(max_length=8)
    received_at: datetime
    late: bool = False
    said: bytes
    reply: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when a message arrives, read in one statement.

    `reply` is the sealed reply of an earlier delivery, `late` whether that went another way.
    `held` says that notices wait for this person, `handed` that the staff are wanted or answer in this channel.
    """

    resident_id: UUID
    following: bool
    reply: bytes | None
    late: bool
    asks: str | None
    content: bytes | None
    until: datetime | None
    held: bool
    handed: bool = False


_inbox = Inbox.__table__  # type: ignore[attr-defined]
_identity = Identity.__table__  # type: ignore[attr-defined]
_dialog = Dialog.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
_handed = HandOver.__table__  # type: ignore[attr-defined]

_HANDED = (
    exists()
    .where(_handed.c.open_for == _identity.c.resident_id, _handed.c.channel == _identity.c.channel, _handed.c.live)
    .correlate(_identity)
)
_HELD = exists().where(_outbox.c.resident_id == _identity.c.resident_id, _outbox.c.state == HELD).correlate(_identity)
_OPEN = Prepared(
    select(
        _identity.c.resident_id,
        _identity.c.following,
        _inbox.c.reply,
        _inbox.c.late,
        _dialog.c.asks,
        _dialog.c.content,
        _dialog.c.until,
        _HELD,
        _HANDED,
    )
    .select_from(
        _identity.outerjoin(_dialog, _dialog.c.resident_id == _identity.c.resident_id).outerjoin(
            _inbox,
            (_inbox.c.channel == _identity.c.channel)
            & (_inbox.c.sender == _identity.c.sender)
            & (_inbox.c.key == bindparam("with_key")),
        )
    )
    .where(_identity.c.channel == bindparam("in_channel"), _identity.c.sender == bindparam("from_sender"))
)
_LOCK = Prepared(
    select(_identity.c.resident_id)
    .where(_identity.c.channel == bindparam("in_channel"), _identity.c.sender == bindparam("from_sender"))
    .with_for_update()
)
_KEEP = Prepared(insert(_inbox))
_MARK_LATE = (
    update(_inbox)
    .where(
        _inbox.c.channel == bindparam("in_channel"),
        _inbox.c.sender == bindparam("from_sender"),
        _inbox.c.key == bindparam("with_key"),
    )
    .values(late=True)
)


def opening(session: Session, *, channel: str, sender: str, key: str) -> Opening | None:
    """Everything a turn starts from, with the person's row locked; None for a person never seen.

    The lock comes first: a retry racing the first delivery waits and then finds its reply.
    """
    names = {"in_channel": channel, "from_sender": sender, "with_key": key}
    if connection(session).dialect.name != "sqlite":  # there BEGIN IMMEDIATE has locked already
        _LOCK.run(session, names)
    row = _OPEN.first(session, names)
    if row is None:
        return None
    resident, following, reply, late, asks, content, until, held, handed = row
    return Opening(resident, following, reply, bool(late), asks, content, until, bool(held), bool(handed))


def keep(
    session: Session,
    *,
    channel: str,
    sender: str,
    key: str,
    resident_id: UUID,
    kind: str,
    outcome: str,
    opens: str,
    received_at: datetime,
    late: bool,
    said: bytes,
    reply: bytes,
) -> None:
    """Write the message and its reply down. Raises IntegrityError when this delivery was kept before."""
    _KEEP.run(
        session,
        {
            "channel": channel,
            "sender": sender,
            "key": key,
            "resident_id": resident_id,
            "kind": kind,
            "outcome": outcome,
            "opens": opens,
            "received_at": received_at,
            "late": late,
            "said": said,
            "reply": reply,
        },
    )


def mark_late(session: Session, *, channel: str, sender: str, key: str) -> None:
    """Note that the reply goes another way after all."""
    names = {"in_channel": channel, "from_sender": sender, "with_key": key}
    connection(session).execute(_MARK_LATE, names)


def latest(session: Session, *, channel: str, sender: str, opens: str) -> datetime | None:
    """When the person last did something that lets us send (`opens`), or None."""
    found: datetime | None = connection(session).scalar(
        select(func.max(_inbox.c.received_at)).where(
            _inbox.c.channel == channel, _inbox.c.sender == sender, _inbox.c.opens == opens
        )
    )
    return found


def texts_since(session: Session, moment: datetime) -> list[tuple[bytes, datetime]]:
    """What was typed since then, sealed, each with its moment."""
    typed = select(_inbox.c.said, _inbox.c.received_at).where(_inbox.c.kind == "text", _inbox.c.received_at >= moment)
    return [(row[0], row[1]) for row in connection(session).execute(typed.order_by(_inbox.c.received_at))]


def newest_texts(session: Session, since: datetime, limit: int) -> list[tuple[bytes, datetime]]:
    """So many of what was typed last, sealed, each with its moment, newest first."""
    typed = select(_inbox.c.said, _inbox.c.received_at).where(_inbox.c.kind == "text", _inbox.c.received_at >= since)
    found = typed.order_by(_inbox.c.received_at.desc()).limit(limit)
    return [(row[0], row[1]) for row in connection(session).execute(found)]


def answered_with(session: Session, prefix: str, since: datetime) -> dict[str, int]:
    """How often each outcome that begins so was reached since then."""
    times = select(_inbox.c.outcome, func.count()).where(
        _inbox.c.received_at >= since, _inbox.c.outcome.startswith(prefix, autoescape=True)
    )
    return {row[0]: row[1] for row in connection(session).execute(times.group_by(_inbox.c.outcome))}


def count(session: Session) -> int:
    """How many messages were kept."""
    return connection(session).scalar(select(func.count()).select_from(_inbox)) or 0


def forget_before(session: Session, moment: datetime) -> int:
    """Drop what is older; returns how many messages were forgotten."""
    return connection(session).execute(delete(_inbox).where(_inbox.c.received_at < moment)).rowcount


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop everything one person said and was answered."""
    theirs = select(_identity.c.channel, _identity.c.sender).where(_identity.c.resident_id == resident_id)
    connection(session).execute(delete(_inbox).where(tuple_(_inbox.c.channel, _inbox.c.sender).in_(theirs)))


def end_erasures(session: Session) -> None:
    """Whoever had us erase everything and said something since is a resident as any other again."""
    person = Resident.__table__  # type: ignore[attr-defined]
    theirs = (_identity.c.channel == _inbox.c.channel) & (_identity.c.sender == _inbox.c.sender)
    later = exists().where(_identity.c.resident_id == person.c.id, theirs, _inbox.c.received_at > person.c.erased_at)
    connection(session).execute(update(person).where(person.c.erased_at.is_not(None), later).values(erased_at=None))


def fresh(resident_id: UUID) -> Opening:
    """Where a person starts who was just met: nothing said, nothing asked."""
    return Opening(resident_id, True, None, False, None, None, None, False)
