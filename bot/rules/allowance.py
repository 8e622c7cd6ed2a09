"""How many messages may still go to a person who did not just ask. Source: docs/wechat.md §4."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.messages import Opens
from bot.store import Session, inbox, outbox


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one kind of contact lets us send, and for how long."""

    messages: int
    window: timedelta


ALLOWANCES = {
    Opens.TALK: Allowance(5, timedelta(hours=48)),
    Opens.TAP: Allowance(3, timedelta(minutes=1)),
}


def left(session: Session, *, channel: str, sender: str, resident_id: UUID, now: datetime) -> int:
    """The better of the windows that are open: what it allows less what was sent since it opened."""
    return max(
        _left_since(session, opens, channel=channel, sender=sender, resident_id=resident_id, now=now)
        for opens in ALLOWANCES
    )


def _left_since(session: Session, opens: Opens, *, channel: str, sender: str, resident_id: UUID, now: datetime) -> int:
    allowed = ALLOWANCES[opens]
    since = inbox.latest(session, channel=channel, sender=sender, opens=opens.value)
    if since is None or since + allowed.window <= now:
        return 0
    return max(0, allowed.messages - outbox.sent_since(session, channel=channel, resident_id=resident_id, moment=since))
