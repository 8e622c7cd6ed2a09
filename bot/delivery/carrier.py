"""What a channel must be able to do so that the delivery can send through it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Generic, Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.channels.answer import NOT_KNOWN, Answer, Reaction
from bot.store import Session
from bot.store.outbox import Also, Outbox, State

PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
MOST_TRIES = 24
PLATFORM_ZONE = ZoneInfo("Asia/Shanghai")
Load = TypeVar("Load")


@dataclass(frozen=True, slots=True)
class Parcel(Generic[Load]):
    """A notice ready to go. `load` is whatever the carrier needs to send it: address, words, fields.

    Parcels of one `person` are sent one after the other. `tries` counts this one already. `via` is written to the
    row with the claim, so that it stands there even when the sender dies.
    """

    notice: UUID
    person: UUID
    tries: int
    load: Load
    via: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A notice that must not be tried now: where it goes instead, why, and when it is due again if it waits."""

    notice: UUID
    state: State
    reason: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a notice after the platform's answer. `also` holds further columns of its row."""

    state: State
    reason: str = ""
    due_at: datetime | None = None
    also: Also = field(default_factory=dict)


class Carrier(Protocol[Load]):
    """One way out: `pack` and `settle` run in the desk's transaction, `send` beside it."""

    @property
    def channel(self) -> str:
        """The rows of which channel it carries."""
        ...

    def pack(self, session: Session, rows: Sequence[Outbox], now: datetime) -> Sequence[Parcel[Load] | Refused]:
        """One for each row, in their order: a parcel (address, allowance and words are there) or a refusal.

        Must not raise for a single bad row; that one is refused as failed.
        """
        ...

    async def send(self, parcel: Parcel[Load]) -> Answer:
        """Hand it to the platform, without the database: this runs off the desk.

        What it raises leaves the row "sending", and the sweep makes it unsure.
        """
        ...

    def settle(self, session: Session, parcel: Parcel[Load], answer: Answer, now: datetime) -> Fate:
        """What becomes of it; side effects such as "no longer follows" belong here. `usual` knows most answers."""
        ...


Now = Callable[[], datetime]


def usual(answer: Answer, tries: int, now: datetime) -> Fate:
    """The fate that an answer's reaction stands for: sent, held, failed, unsure, or tried again after a pause."""
    reason = "" if answer.ok else f"{answer.errcode.code} {answer.errcode.meaning}"
    if answer.errcode.code == NOT_KNOWN:
        return Fate(State.UNSURE, reason)
    match answer.errcode.reaction:
        case Reaction.DONE:
            return Fate(State.SENT)
        case Reaction.HOLD:
            return Fate(State.HELD, reason)
        case Reaction.GONE | Reaction.BUG:
            return Fate(State.FAILED, reason)
        case Reaction.MINUTE:
            return Fate(State.WAITING, reason, now + timedelta(minutes=1))
        case Reaction.MIDNIGHT:
            return Fate(State.WAITING, reason, next_midnight(now))
        case Reaction.ALERT | Reaction.REFRESH:
            return Fate(State.WAITING, reason, now + PAUSES[min(tries + 1, len(PAUSES) - 1)])
        case Reaction.RETRY:
            if tries >= MOST_TRIES:
                return Fate(State.HELD, reason)
            return Fate(State.WAITING, reason, now + PAUSES[min(tries - 1, len(PAUSES) - 1)])


def next_midnight(now: datetime) -> datetime:
    """When the platform's daily quotas begin anew."""
    tomorrow = now.astimezone(PLATFORM_ZONE).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0, 1), PLATFORM_ZONE)
