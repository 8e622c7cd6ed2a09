"""Outbox rows become words and go out: claim, send, mark, try again, or say why it cannot be sent."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from bot.channels.official_account.client import NOT_KNOWN, Answer, Send
from bot.channels.official_account.errcodes import Reaction
from bot.channels.official_account.outgoing import chat_text
from bot.errors import OperatorError
from bot.privacy import Seal
from bot.rules import allowance
from bot.rules.office import Office
from bot.store import Session, outbox, resident
from bot.store.outbox import State
from bot.wording import notice

log = structlog.get_logger()
T = TypeVar("T")
IDLE_SECONDS = 2.0
AT_ONCE = 8
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
MOST_TRIES = 24
LOST_AFTER = timedelta(minutes=2)
PLATFORM_ZONE = ZoneInfo("Asia/Shanghai")


class Runs(Protocol):
    """The desk, as far as a sender needs it: work in a transaction."""

    def run(self, work: Callable[[Session], T]) -> "Future[T]": ...


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed notice with what is needed to send it. `refusal` says why it must not be tried."""

    notice: UUID
    resident_id: UUID
    sender: str
    text: str
    tries: int
    refusal: tuple[State, str] | None = None


class Delivery:
    """Sends what is due, off the desk, so that a stuck platform never slows an answer."""

    def __init__(self, *, channel: str, desk: Runs, seal: Seal, send: Send, now: Callable[[], datetime]) -> None:
        self._channel = channel
        self._desk = desk
        self._seal = seal
        self._send = send
        self._now = now
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There is something new to send."""
        self._wake.set()

    def stop(self) -> None:
        """Let `run` end: what is on its way is waited for, what was only claimed goes back."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Send until told to stop."""
        while not self._stopping:
            try:
                if await self.send_due():
                    continue
            except Exception:  # the database may be away; the rows wait
                log.exception("delivery stumbled")
            await self._idle()

    async def send_due(self) -> int:
        """One round, no more than can be on their way at once: returns how many notices were taken up."""
        parcels = await self._in_transaction(self._claimed)
        by_person: dict[UUID, list[Parcel]] = {}
        for parcel in parcels:
            by_person.setdefault(parcel.resident_id, []).append(parcel)
        await asyncio.gather(*map(self._one_person, by_person.values()))
        return len(parcels)

    async def _idle(self) -> None:
        """Until somebody has something to send, or it is time to look."""
        try:
            await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
        except TimeoutError:
            return
        if not self._stopping:
            self._wake.clear()

    async def _one_person(self, parcels: Sequence[Parcel]) -> None:
        """One after the other, so that a person reads them in their order."""
        for parcel in parcels:
            if parcel.refusal is None and self._stopping:
                await self._in_transaction(partial(outbox.put_back, notice=parcel.notice, now=self._now()))
            elif parcel.refusal is None:
                await self._mark(parcel, await self._send(parcel.sender, parcel.text))

    def _claimed(self, session: Session) -> list[Parcel]:
        now = self._now()
        budgets: dict[UUID, int] = {}
        parcels = [self._parcel(session, row, budgets, now) for row in outbox.due(session, now, AT_ONCE)]
        for parcel in parcels:
            if parcel.refusal is None:
                outbox.start(session, parcel.notice, now)
            else:
                outbox.mark(session, parcel.notice, parcel.refusal[0], now=now, reason=parcel.refusal[1])
        return parcels

    def _parcel(self, session: Session, row: outbox.Outbox, budgets: dict[UUID, int], now: datetime) -> Parcel:
        person = row.resident_id
        reached = outbox.address(session, person, row.channel)
        if reached is None or not reached[1]:
            return _refused(row, State.FAILED, "does not follow the account")
        if person not in budgets:
            budgets[person] = allowance.left(
                session, channel=row.channel, sender=reached[0], resident_id=person, now=now
            )
        if budgets[person] <= 0:
            return _refused(row, State.HELD, "no message allowed before the next contact")
        try:
            text = self._words(row)
        except (KeyError, OperatorError) as error:  # of another version, or sealed with another key
            return _refused(row, State.FAILED, f"cannot be put into words: {error}")
        budgets[person] -= 1
        return Parcel(row.id, person, reached[0], text, row.tries + 1)

    def _words(self, row: outbox.Outbox) -> str:
        facts = self._seal.open_json(row.facts)
        choices = facts.get("choices")
        return chat_text(notice.say(row.kind, facts), choices if isinstance(choices, dict) else {})

    async def _mark(self, parcel: Parcel, answer: Answer) -> None:
        state, due_at = self._fate(parcel, answer)
        reason = "" if state is State.SENT else f"{answer.errcode.code} {answer.errcode.meaning}"
        now = self._now()

        def write(session: Session) -> None:
            outbox.mark(session, parcel.notice, state, now=now, reason=reason, due_at=due_at)
            if answer.errcode.reaction is Reaction.GONE:
                resident.set_following(session, channel=self._channel, sender=parcel.sender, following=False, now=now)

        await self._in_transaction(write)
        if answer.errcode.reaction in (Reaction.ALERT, Reaction.REFRESH, Reaction.BUG):
            log.error("notice not sent", notice=str(parcel.notice), state=state.value, reason=reason)

    def _fate(self, parcel: Parcel, answer: Answer) -> tuple[State, datetime | None]:
        """What becomes of a notice after the platform's answer, and when it is due again."""
        now = self._now()
        if answer.errcode.code == NOT_KNOWN:
            return State.UNSURE, None
        match answer.errcode.reaction:
            case Reaction.DONE:
                return State.SENT, None
            case Reaction.HOLD:
                return State.HELD, None
            case Reaction.GONE | Reaction.BUG:
                return State.FAILED, None
            case Reaction.MINUTE:
                return State.WAITING, now + timedelta(minutes=1)
            case Reaction.MIDNIGHT:
                return State.WAITING, next_midnight(now)
            case Reaction.ALERT | Reaction.REFRESH:
                return State.WAITING, now + PAUSES[min(parcel.tries + 1, len(PAUSES) - 1)]
            case Reaction.RETRY:
                if parcel.tries >= MOST_TRIES:
                    return State.HELD, None
                return State.WAITING, now + PAUSES[min(parcel.tries - 1, len(PAUSES) - 1)]

    async def _in_transaction(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(work))


def sweep(office: Office) -> int:
    """Notices whose sender died half-way: their fate is unknown, and they are not sent again."""
    return outbox.abandoned(office.session, office.now, office.now - LOST_AFTER)


def next_midnight(now: datetime) -> datetime:
    """When the platform's daily quotas begin anew."""
    tomorrow = now.astimezone(PLATFORM_ZONE).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0, 1), PLATFORM_ZONE)


def _refused(row: outbox.Outbox, state: State, reason: str) -> Parcel:
    return Parcel(row.id, row.resident_id, "", "", row.tries, (state, reason))
