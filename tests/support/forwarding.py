"""Tickets on their way to other offices: destinations, rounds of sending, a worker that moves when it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from bot.channels.back_office import Senders
from bot.delivery.forwarding import Forwarding
from bot.rules.forwarding import destinations, sending
from bot.rules.forwarding.destinations import Draft
from bot.rules.forwarding.values import Accepted, Job, Outcome
from bot.rules.office import Office
from bot.simulator.back_office import BackOffice
from bot.store import Session, Store, forwarding, transaction
from bot.store import ticket as tickets
from bot.store.forwarding import Forward, Way
from tests.support.town import CHENGDU, Town

T = TypeVar("T")
TITLE = "示例市政后台"
SECRET = "a signing key of the tests"
CITY = "https://city.example/open311"
LAMP = "花园2栋的路灯不亮"
FIRST = "T261122-0001"


@dataclass
class Outside:
    """The offices beyond a town, and what was sent to them."""

    town: Town
    sent: list[Job] = field(default_factory=list)

    @contextmanager
    def office(self) -> Iterator[Office]:
        with transaction(self.town.store) as session:
            yield Office(session, self.town.talk.seal, CHENGDU, self.town.now)

    def destination(
        self,
        code: str = "city",
        *,
        way: Way = Way.OPEN311,
        address: str = "https://city.example/open311",
        **how: object,
    ) -> None:
        """Take up a destination."""
        draft = Draft(code=code, title=TITLE, way=way, address=address, **how)  # type: ignore[arg-type]
        with self.office() as office:
            destinations.add(office, draft)

    def key(self, code: str = "city", **how: object) -> str:
        """An API key of somebody's."""
        with self.office() as office:
            return destinations.add_key(office, code, **how)  # type: ignore[arg-type]

    def forward(self, number: str = FIRST, code: str = "city") -> Forward:
        """How far the ticket is there."""
        with self.office() as office:
            row, to = tickets.numbered(office.session, number), forwarding.destination(office.session, code)
            assert row is not None
            assert to is not None
            found = forwarding.to(office.session, row.id, to.id)
            assert found is not None, f"{number} does not go to {code}"
            return found

    def outcomes(self, number: str = FIRST, code: str = "city") -> list[str]:
        """The log of attempts, in one word each."""
        forward = self.forward(number, code)
        with self.office() as office:
            return [one.outcome for one in forwarding.tries(office.session, forward.id)]

    def claim(self) -> list[Job]:
        with self.office() as office:
            return sending.claim(office, 50)

    def mark(self, job: Job, outcome: Outcome) -> None:
        with self.office() as office:
            sending.mark(office, job, outcome)

    def round(self, answer: Callable[[Job], Outcome] = lambda job: Accepted(f"BO-{job.key}")) -> list[Job]:
        """Send what is due, once, and mark what comes of it."""
        jobs = self.claim()
        for job in jobs:
            self.mark(job, answer(job))
        self.sent += jobs
        return jobs


class Inline:
    """A desk that does its work at once, each in a transaction of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def run(self, work: Callable[[Session], T]) -> Future[T]:
        done: Future[T] = Future()
        try:
            with transaction(self._store) as session:
                found = work(session)
        except Exception as error:  # handed to whoever asked, as the desk does
            done.set_exception(error)
        else:
            done.set_result(found)
        return done


@dataclass
class Post:
    """A worker, the simulated back office, and the town whose tickets go there."""

    outside: Outside
    city: BackOffice
    worker: Forwarding

    @property
    def town(self) -> Town:
        return self.outside.town

    async def send(self) -> None:
        """Rounds until nothing is due any more."""
        while await self.worker.send_due():
            pass

    async def listen(self) -> None:
        await self.worker.listen()

    def passes(self, **time: float) -> None:
        self.town.passes(**time)

    def sweep(self) -> int:
        with self.outside.office() as office:
            return sending.sweep(office)

    async def through(self, hours: float, *, every: float = 0.25) -> None:
        """Let time pass in steps, sending at each."""
        for _ in range(int(hours / every)):
            self.passes(hours=every)
            await self.send()


@asynccontextmanager
async def post(town: Town, *, seconds: float = 5.0) -> AsyncIterator[Post]:
    """A back office on loopback and a worker; `seconds` is the worker's patience."""
    city = BackOffice(now=lambda: town.now)
    await city.start()
    senders = Senders(lambda: town.now, seconds)
    worker = Forwarding(
        desk=Inline(town.store),
        office=lambda session: Office(session, town.talk.seal, CHENGDU, town.now),
        send=senders,
    )
    await senders.open()
    try:
        yield Post(Outside(town), city, worker)
    finally:
        await senders.close()
        await city.stop()
