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


@dataclass(frozen=True, slots=True)
class Standing:
    """How many customer messages may still go, and until when; None where no window is open."""

    left: int
    until: datetime | None


def standing(session: Session, *, channel: str, sender: str, resident_id: UUID, now: datetime) -> Standing:
    """The better of the windows that are open: what it allows less what was sent since it opened."""
    windows = [
        _since(session, opens, channel=channel, sender=sender, resident_id=resident_id, now=now) for opens in ALLOWANCES
    ]
    return max(windows, key=lambda one: (one.left, one.until or now))


def left(session: Session, *, channel: str, sender: str, resident_id: UUID, now: datetime) -> int:
    """How many customer messages may still go to the person."""
    return standing(session, channel=channel, sender=sender, resident_id=resident_id, now=now).left


def _since(session: Session, opens: Opens, *, channel: str, sender: str, resident_id: UUID, now: datetime) -> Standing:
    allowed = ALLOWANCES[opens]
    since = inbox.latest(session, channel=channel, sender=sender, opens=opens.value)
    if since is None or since + allowed.window <= now:
        return Standing(0, None)
    used = outbox.sent_since(session, channel=channel, resident_id=resident_id, moment=since)
    return Standing(max(0, allowed.messages - used), since + allowed.window)
