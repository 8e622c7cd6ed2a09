"""What is to be written in groups on its way out: claimed in the desk's transaction, sent by each kind's transport."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

import structlog

from bot.delivery.rounds import Rounds
from bot.rules import group
from bot.rules.group import Content, Failed, Job, Later, Outcome, Pieces, Room, Unsure
from bot.rules.office import Office
from bot.store import Session
from bot.store.group import GroupKind
from bot.store.runs import Runs

log = structlog.get_logger()
T = TypeVar("T")
AT_ONCE = 8


class Transport(Protocol):
    """One way into groups. `split` is asked in the transaction and touches nothing; `send` runs beside it."""

    @property
    def kinds(self) -> frozenset[GroupKind]:
        """The groups it writes to."""
        ...

    async def open(self) -> None: ...
    async def close(self) -> None: ...

    def split(self, room: Room, content: Content) -> Pieces:
        """The messages it takes, the same each time; none where nothing can be made of it."""
        ...

    async def send(self, job: Job) -> Outcome:
        """One message. What it raises leaves the post "sending", and the sweep makes it unsure."""
        ...


class GroupDelivery(Rounds):
    """Writes what is due, off the desk, in each group one after the other."""

    def __init__(self, transports: Sequence[Transport], *, desk: Runs, office: Callable[[Session], Office]) -> None:
        super().__init__("groups")
        self._transports = {kind.value: one for one in transports for kind in one.kinds}
        self._all = tuple(transports)
        self._desk = desk
        self._office = office

    async def run(self) -> None:
        """Write until told to stop: what is on its way is waited for, what was only claimed goes back."""
        for one in self._all:
            await one.open()
        try:
            await self._go_on(self.send_due)
        finally:
            for one in self._all:
                await one.close()

    async def send_due(self) -> int:
        """One round; returns how many messages were taken up."""
        ready = [kind for kind, one in self._transports.items() if getattr(one, "ready", True)]  # a line may be down
        jobs = await self._do(lambda office: group.claim(office, ready, self._split, AT_ONCE))
        await asyncio.gather(*map(self._one, jobs))
        return len(jobs)

    def _split(self, room: Room, content: Content) -> Pieces:
        return self._transports[room.kind.value].split(room, content)

    async def _one(self, job: Job) -> None:
        if self._stopping:
            await self._do(lambda office: group.put_back(office, job))
            return
        outcome = await self._transports[job.room.kind.value].send(job)
        await self._do(lambda office: group.settle(office, job, outcome))
        if isinstance(outcome, Failed | Unsure | Later):
            log.warning("not written in a group", group=job.room.code, post=str(job.post_id), reason=outcome.reason)

    async def _do(self, work: Callable[[Office], T]) -> T:
        """Work in a transaction of the desk, at this moment."""
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))
