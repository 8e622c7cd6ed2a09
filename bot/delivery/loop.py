"""The worker that empties the outbox of one channel: claim, send, mark, try again."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar
from uuid import UUID

import structlog

from bot.channels.answer import Answer, Reaction
from bot.delivery.carrier import Carrier, Load, Now, Parcel, Refused
from bot.delivery.rounds import Rounds
from bot.store import Session, outbox, savepoint
from bot.store.runs import Runs

log = structlog.get_logger()
T = TypeVar("T")
AT_ONCE = 8


class Delivery(Rounds, Generic[Load]):
    """Sends what is due in one channel, off the desk, so that a stuck platform never slows an answer."""

    def __init__(self, carrier: Carrier[Load], *, desk: Runs, now: Now) -> None:
        super().__init__(f"delivery {carrier.channel}")
        self._carrier = carrier
        self._desk = desk
        self._now = now
        self._answered: list[tuple[Parcel[Load], Answer]] = []
        self._writing = asyncio.Lock()

    async def run(self) -> None:
        """Send until told to stop: then what is on its way is waited for, what was only claimed goes back."""
        await self._go_on(self.send_due)

    async def send_due(self) -> int:
        """One round, no more than can be on their way at once: returns how many notices were taken up."""
        packed = await self._in_transaction(self._claimed)
        by_person: dict[UUID, list[Parcel[Load]]] = {}
        for parcel in packed:
            if isinstance(parcel, Parcel):
                by_person.setdefault(parcel.person, []).append(parcel)
        await asyncio.gather(*map(self._one_person, by_person.values()))
        return len(packed)

    async def _one_person(self, parcels: Sequence[Parcel[Load]]) -> None:
        """One after the other, so that a person reads them in their order."""
        for parcel in parcels:
            if self._stopping:
                await self._in_transaction(partial(outbox.put_back, notice=parcel.notice, now=self._now()))
            else:
                await self._settle(parcel, await self._carrier.send(parcel))

    def _claimed(self, session: Session) -> Sequence[Parcel[Load] | Refused]:
        now = self._now()
        rows = outbox.due(session, now, channel=self._carrier.channel, limit=AT_ONCE)
        packed = self._carrier.pack(session, rows, now)
        for one in packed:
            if isinstance(one, Refused):
                outbox.mark(session, one.notice, one.state, now=now, reason=one.reason, due_at=one.due_at)
            else:
                outbox.start(session, one.notice, now, via=one.via)
        return packed

    async def _settle(self, parcel: Parcel[Load], answer: Answer) -> None:
        """Write down what became of it; what is answered while others are written down goes together with the next."""
        self._answered.append((parcel, answer))
        async with self._writing:
            answered, self._answered = self._answered, []
            if answered:
                await self._in_transaction(partial(self._settled, answered))
        if answer.errcode.reaction in (Reaction.ALERT, Reaction.REFRESH, Reaction.BUG):
            log.error("notice not sent", notice=str(parcel.notice), errcode=answer.errcode.code, via=parcel.via)

    def _settled(self, answered: Sequence[tuple[Parcel[Load], Answer]], session: Session) -> None:
        """Each for itself, unless the platform's own report was quicker."""
        now = self._now()
        for parcel, answer in answered:
            try:
                with savepoint(session):
                    fate = self._carrier.settle(session, parcel, answer, now)
                    outbox.settle(
                        session,
                        parcel.notice,
                        fate.state,
                        now=now,
                        reason=fate.reason,
                        due_at=fate.due_at,
                        also=fate.also,
                    )
            except Exception:  # a bug spoils its own notice, which the sweep makes unsure, and not its neighbours'
                log.exception("notice not settled", notice=str(parcel.notice))

    async def _in_transaction(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(work))
