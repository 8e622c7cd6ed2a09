"""What decides how many people at once can be told something now: their contacts, what was sent, their consents."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session

from bot.store import connection
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox, State, Via
from bot.store.resident import Identity
from bot.store.subscription import Subscription

_inbox = Inbox.__table__  # type: ignore[attr-defined]
_identity = Identity.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
_subscription = Subscription.__table__  # type: ignore[attr-defined]
AHEAD = (State.WAITING.value, State.SENDING.value)


@dataclass(frozen=True, slots=True)
class Sent:
    """A customer message that used up something, and when."""

    resident_id: UUID
    at: datetime


def addresses(session: Session, people: Collection[UUID], channel: str) -> dict[UUID, tuple[str, bool]]:
    """Each one's name in the channel and whether they follow; who has none is left out."""
    found = select(_identity.c.resident_id, _identity.c.sender, _identity.c.following)
    found = found.where(_identity.c.channel == channel, _identity.c.resident_id.in_(people))
    return {row[0]: (row[1], bool(row[2])) for row in connection(session).execute(found)}


def contacts(
    session: Session, senders: Collection[str], channel: str, since: datetime
) -> dict[tuple[str, str], datetime]:
    """When each last did something of each kind (`opens`) since then."""
    found = (
        select(_inbox.c.sender, _inbox.c.opens, func.max(_inbox.c.received_at))
        .where(_inbox.c.channel == channel, _inbox.c.sender.in_(senders), _inbox.c.received_at >= since)
        .group_by(_inbox.c.sender, _inbox.c.opens)
    )
    return {(row[0], row[1]): row[2] for row in connection(session).execute(found)}


def used(session: Session, people: Collection[UUID], channel: str, since: datetime) -> Iterator[Sent]:
    """Their customer messages since then, as `outbox.sent_since` counts them."""
    unknown = (State.UNSURE.value, State.SENDING.value)
    found = select(_outbox.c.resident_id, _outbox.c.state, _outbox.c.sent_at, _outbox.c.changed_at).where(
        _outbox.c.resident_id.in_(people),
        _outbox.c.channel == channel,
        _outbox.c.via.in_(("", Via.CUSTOMER.value)),
        _outbox.c.state.in_((State.SENT.value, *unknown)),
        _outbox.c.changed_at >= since,
    )
    for person, state, sent_at, changed_at in connection(session).execute(found):
        at = changed_at if state in unknown else sent_at
        if at is not None:
            yield Sent(person, at)


def ahead(session: Session, people: Collection[UUID], channel: str) -> dict[UUID, int]:
    """How many notices are on their way to each, or will be; who has none is left out."""
    found = (
        select(_outbox.c.resident_id, func.count())
        .where(_outbox.c.resident_id.in_(people), _outbox.c.channel == channel, _outbox.c.state.in_(AHEAD))
        .group_by(_outbox.c.resident_id)
    )
    return {row[0]: int(row[1]) for row in connection(session).execute(found)}


def consents(session: Session, people: Collection[UUID], channel: str) -> set[tuple[UUID, str]]:
    """Who still agrees to a notice by which template."""
    found = select(_subscription.c.resident_id, _subscription.c.template_id).distinct()
    found = found.where(
        _subscription.c.resident_id.in_(people), _subscription.c.channel == channel, _subscription.c.ended_at.is_(None)
    )
    return {(row[0], row[1]) for row in connection(session).execute(found)}
