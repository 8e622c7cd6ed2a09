"""Tickets go out to other back offices, and what those say comes in: claim, send off the desk, mark, ask."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog

from bot.delivery.rounds import Rounds
from bot.rules.forwarding import hearing, sending
from bot.rules.forwarding.record import target
from bot.rules.forwarding.values import Failed, Job, News, Outcome, Target
from bot.rules.office import Office
from bot.store import Session, forwarding
from bot.store.forwarding import Way
from bot.store.runs import Runs

log = structlog.get_logger()
T = TypeVar("T")
AT_ONCE = 8
POLL_EVERY = timedelta(minutes=5)
OVERLAP = timedelta(minutes=10)  # clocks differ; what comes twice is heard once
MOST_KNOWN = 500  # requests whose state is asked for


class Sends(Protocol):
    """The ways out."""

    async def open(self) -> None: ...
    async def close(self) -> None: ...
    async def send(self, jobs: Sequence[Job]) -> list[Outcome]: ...
    async def news(
        self, target: Target, since: datetime, until: datetime, known: Sequence[str]
    ) -> list[tuple[str, News]] | Failed: ...


@dataclass(frozen=True, slots=True)
class Poll:
    """A destination whose news are fetched: since when, until when, and the requests it is asked about."""

    target: Target
    since: datetime
    until: datetime
    known: Sequence[str]


class Forwarding(Rounds):
    """Sends what is due and fetches what is said, off the desk, so that no stuck office slows an answer."""

    def __init__(self, *, desk: Runs, office: Callable[[Session], Office], send: Sends) -> None:
        super().__init__("forwarding")
        self._desk = desk
        self._office = office
        self._send = send

    async def run(self) -> None:
        """Send and listen until told to stop: then what is on its way is waited for, the rest goes back."""
        await self._send.open()
        try:
            await self._go_on(self._round)
        finally:
            await self._send.close()

    async def _round(self) -> int:
        return await self.send_due() + await self.listen()

    async def send_due(self) -> int:
        """One round; returns how many jobs were taken up."""
        jobs = await self._do(lambda office: sending.claim(office, AT_ONCE))
        batches: dict[str, list[Job]] = {}
        for job in jobs:  # a file takes all that is due, everything else one thing at a time
            batches.setdefault(job.target.code if job.target.way is Way.CSV else str(job.forward_id), []).append(job)
        await asyncio.gather(*map(self._batch, batches.values()))
        return len(jobs)

    async def listen(self) -> int:
        """Fetch what one destination says, where it is time; returns how many updates were new or told again."""
        poll = await self._do(_next_poll)
        if poll is None:
            return 0
        told = await self._send.news(poll.target, poll.since, poll.until, poll.known)
        if isinstance(told, Failed):
            log.info("news not fetched", destination=poll.target.code, reason=told.reason)
            return 0
        ordered = sorted(told, key=lambda one: one[1].at)
        await self._do(lambda office: _hear_all(office, poll, ordered))
        return len(ordered)

    async def _batch(self, jobs: Sequence[Job]) -> None:
        if self._stopping:
            await self._do(lambda office: _put_back(office, jobs))
            return
        outcomes = await self._send.send(jobs)
        await self._do(lambda office: _mark(office, jobs, outcomes))
        for job, outcome in zip(jobs, outcomes, strict=True):
            if isinstance(outcome, Failed):
                log.warning("not forwarded", destination=job.target.code, key=job.key, reason=outcome.reason)

    async def _do(self, work: Callable[[Office], T]) -> T:
        """Work in a transaction of the desk, at this moment."""
        return await asyncio.wrap_future(self._desk.run(lambda session: work(self._office(session))))


def _put_back(office: Office, jobs: Sequence[Job]) -> None:
    for job in jobs:
        sending.put_back(office, job)


def _mark(office: Office, jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> None:
    for job, outcome in zip(jobs, outcomes, strict=True):
        sending.mark(office, job, outcome)


def _next_poll(office: Office) -> Poll | None:
    """The destination whose turn it is; it is nobody else's for a while."""
    found = forwarding.to_poll(office.session, office.now)
    if found is None:
        return None
    found.poll_at = office.now + POLL_EVERY
    since = (found.polled_to or found.created_at) - OVERLAP
    known = [one.external_id for one in forwarding.known_there(office.session, found.id, MOST_KNOWN)]
    office.session.flush()
    return Poll(target(office, found), since, office.now, known)


def _hear_all(office: Office, poll: Poll, told: Sequence[tuple[str, News]]) -> None:
    """Hear each in the order of their time; what is about nothing of ours is left alone."""
    found = forwarding.destination(office.session, poll.target.code)
    if found is None:
        return
    for number, news in told:
        forward = forwarding.by_external(office.session, found.id, number)
        if forward is not None:
            hearing.hear(office, forward, news)
    found.polled_to = poll.until
