"""How many messages may still go to a person who did not just ask. Source: docs/wechat.md §4."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.messages import Opens
from bot.store import Session, inbox, lesson_push, outbox, reaching

PLATFORM_ZONE = ZoneInfo("Asia/Shanghai")  # whose calendar months the platform counts
MASSES_A_MONTH = 4  # for each follower, whether by a list, a tag or to all. Source: docs/wechat.md §5


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one kind of contact lets us send, and for how long."""

    messages: int
    window: timedelta


ALLOWANCES = {
    Opens.TALK: Allowance(5, timedelta(hours=48)),
    Opens.TAP: Allowance(3, timedelta(minutes=1)),
}
LONGEST = max(one.window for one in ALLOWANCES.values())


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


@dataclass(frozen=True, slots=True)
class Contact:
    """What somebody's last contacts leave us. `last_said`: when they last spoke to us, as far back as that counts."""

    standing: Standing
    last_said: datetime | None


def of_many(session: Session, senders: Mapping[UUID, str], channel: str, now: datetime) -> dict[UUID, Contact]:
    """`standing` of many people, by their names in the channel, in a few statements."""
    since = now - LONGEST
    contacts = reaching.contacts(session, list(senders.values()), channel, since)
    used: dict[UUID, list[datetime]] = {}
    for one in reaching.used(session, senders.keys(), channel, since):
        used.setdefault(one.resident_id, []).append(one.at)

    def stands(person: UUID, sender: str, opens: Opens) -> Standing:
        allowed, began = ALLOWANCES[opens], contacts.get((sender, opens.value))
        if began is None or began + allowed.window <= now:
            return Standing(0, None)
        gone = sum(at >= began for at in used.get(person, ()))
        return Standing(max(0, allowed.messages - gone), began + allowed.window)

    return {
        person: Contact(
            max((stands(person, sender, opens) for opens in ALLOWANCES), key=lambda one: (one.left, one.until or now)),
            contacts.get((sender, Opens.TALK.value)),
        )
        for person, sender in senders.items()
    }


def masses_left(session: Session, resident_ids: Collection[UUID], now: datetime) -> dict[UUID, int]:
    """How many mass sends may still reach each of these people this month, as far as we made them ourselves."""
    local = now.astimezone(PLATFORM_ZONE)
    since = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    had = lesson_push.received(session, resident_ids, since)
    return {person: max(0, MASSES_A_MONTH - had.get(person, 0)) for person in resident_ids}
