"""What a resident and we said to each other, as far as it is kept: their messages, our replies, what went by itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox
from bot.store.resident import Identity


class Heard(NamedTuple):
    """A message with the reply it was given, both sealed."""

    at: datetime
    kind: str
    said: bytes
    reply: bytes


class Sent(NamedTuple):
    """A notice; `facts` is sealed."""

    at: datetime
    kind: str
    state: str
    facts: bytes


def heard(session: Session, resident_id: UUID, channel: str, since: datetime, limit: int) -> Sequence[Heard]:
    """What the person said in a channel since then, the latest first."""
    theirs = (col(Identity.channel) == col(Inbox.channel)) & (col(Identity.sender) == col(Inbox.sender))
    found = (
        select(col(Inbox.received_at), col(Inbox.kind), col(Inbox.said), col(Inbox.reply))
        .join(Identity, theirs)
        .where(
            col(Identity.resident_id) == resident_id,
            col(Identity.channel) == channel,
            col(Inbox.received_at) >= since,
        )
    )
    rows = connection(session).execute(found.order_by(col(Inbox.received_at).desc(), col(Inbox.key)).limit(limit))
    return [Heard(*row) for row in rows]


def sent(session: Session, resident_id: UUID, channel: str, kinds: Sequence[str], since: datetime) -> Sequence[Sent]:
    """What went to the person by itself since then, of these kinds, oldest first."""
    found = select(col(Outbox.created_at), col(Outbox.kind), col(Outbox.state), col(Outbox.facts)).where(
        col(Outbox.resident_id) == resident_id,
        col(Outbox.channel) == channel,
        col(Outbox.kind).in_(kinds),
        col(Outbox.created_at) >= since,
    )
    rows = connection(session).execute(found.order_by(col(Outbox.created_at), col(Outbox.id)))
    return [Sent(*row) for row in rows]
