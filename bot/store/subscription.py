"""Consents to subscription notices: a row for each, spent by one notice."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Index, delete, func, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.outbox import Outbox, State


class Subscription(SQLModel, table=True):
    """One “yes” in a subscription pop-up. `notice_id` is what it was, or is being, spent on: never two."""

    __table_args__ = (Index(None, "resident_id", "template_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id")
    channel: str = Field(max_length=32)
    template_id: str = Field(max_length=64)
    given_at: datetime
    ended_at: datetime | None = None  # spent, or withdrawn
    notice_id: UUID | None = Field(default=None, unique=True)


_subscription = Subscription.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]


def add(session: Session, *, resident_id: UUID, channel: str, template_id: str, now: datetime) -> None:
    session.add(Subscription(resident_id=resident_id, channel=channel, template_id=template_id, given_at=now))
    session.flush()


def left(session: Session, *, resident_id: UUID, channel: str, template_id: str) -> int:
    """How many notices by that template the person still agrees to."""
    counted = select(func.count()).where(*_open(resident_id, channel, template_id))
    return connection(session).scalar(counted) or 0


def spend(
    session: Session, *, resident_id: UUID, channel: str, template_id: str, notice_id: UUID, now: datetime
) -> bool:
    """Let a notice have the oldest consent that is left; False where there is none. Two never get the same."""
    oldest = (
        select(_subscription.c.id)
        .where(*_open(resident_id, channel, template_id))
        .order_by(_subscription.c.given_at, _subscription.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = connection(session).scalar(oldest)
    if found is None:
        return False
    spent = update(_subscription).where(_subscription.c.id == found, _subscription.c.ended_at.is_(None))
    return connection(session).execute(spent.values(ended_at=now, notice_id=notice_id)).rowcount > 0


def give_back(session: Session, notice_id: UUID) -> None:
    """The notice never went out, so its consent is there again."""
    mine = update(_subscription).where(_subscription.c.notice_id == notice_id)
    connection(session).execute(mine.values(ended_at=None, notice_id=None))


def end(session: Session, *, resident_id: UUID, channel: str, template_id: str, now: datetime) -> int:
    """The person agrees to no more notices by that template; returns how many consents that were."""
    ended = update(_subscription).where(*_open(resident_id, channel, template_id))
    return connection(session).execute(ended.values(ended_at=now)).rowcount


def spent_on(session: Session, *, resident_id: UUID, channel: str, template_id: str) -> Sequence[UUID]:
    """The notices by that template of which the platform has not reported yet, oldest first."""
    found = (
        select(_outbox.c.id)
        .join(_subscription, _subscription.c.notice_id == _outbox.c.id)
        .where(
            _subscription.c.resident_id == resident_id,
            _subscription.c.channel == channel,
            _subscription.c.template_id == template_id,
            _outbox.c.platform_id == "",
            _outbox.c.state.in_((State.SENDING.value, State.SENT.value, State.HELD.value, State.UNSURE.value)),
        )
        .order_by(_subscription.c.ended_at, _subscription.c.id)
    )
    return connection(session).scalars(found).all()


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop what one person agreed to."""
    session.flush()
    connection(session).execute(delete(_subscription).where(col(Subscription.resident_id) == resident_id))


def forget_before(session: Session, moment: datetime) -> int:
    """Drop consents that were spent or withdrawn before that moment; returns how many."""
    session.flush()
    return connection(session).execute(delete(_subscription).where(_subscription.c.ended_at < moment)).rowcount


def _open(resident_id: UUID, channel: str, template_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        _subscription.c.resident_id == resident_id,
        _subscription.c.channel == channel,
        _subscription.c.template_id == template_id,
        _subscription.c.ended_at.is_(None),
    )
