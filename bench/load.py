"""A server under load: rounds of messages, and what they cost."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from statistics import median
from typing import TypeAlias

from bench import machine, wire
from bench.client import Client, Run
from bench.people import People, Said, phrases
from bench.servers import Server

Send: TypeAlias = Callable[[Client, Sequence[bytes]], Run]


@dataclass(frozen=True, slots=True)
class Length:
    """How long to measure: messages for warming up, messages in a round, rounds, paced messages, starts."""

    warm: int
    round: int
    rounds: int
    paced: int
    starts: int


FULL = Length(warm=1_000, round=2_000, rounds=8, paced=6_000, starts=5)
QUICK = Length(warm=200, round=500, rounds=2, paced=600, starts=1)


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages and their requests, ready to be sent."""

    said: list[Said]
    requests: list[bytes]

    @classmethod
    def several(cls, *sizes: int, seed: int = 1) -> "list[Batch]":
        """Batches of these sizes, every message new in all of them together."""
        now = int(time.time())
        said = People(seed=seed, now=now).say(sum(sizes))
        ready = wire.requests(said, now=now)
        cuts = zip(accumulate(sizes, initial=0), accumulate(sizes), strict=False)
        return [cls(said[first:last], ready[first:last]) for first, last in cuts]

    @classmethod
    def one(cls) -> "Batch":
        """A single question of the knowledge base, for the first answer of a server."""
        now = int(time.time())
        said = [People(seed=time.monotonic_ns() % 1_000_000_007, now=now).asks(phrases()["first"])]
        return cls(said, wire.requests(said, now=now))


@dataclass(slots=True)
class Loaded:
    """A server and what its rounds came to; `cpu` in seconds, one for each round."""

    server: Server
    client: Client
    rss_at_start: float
    total: Run = field(default_factory=Run)
    cpu: list[float] = field(default_factory=list)
    checked: int = 0

    def load(self, batch: Batch, send: Send = Client.saturate) -> None:
        """One round; its replies are opened when the clock has stopped. Raises WrongReply."""
        before = self.server.cpu_seconds()
        with machine.on_core(machine.CLIENT_CORE):
            run = send(self.client, batch.requests)
        self.cpu.append(self.server.cpu_seconds() - before)
        self.total.add(run)
        self.checked += self.server.verify(batch.said, run)

    @property
    def micros(self) -> float:
        """Processor time for a message: the median of the rounds, which are of one size."""
        return 1e6 * median(self.cpu) * len(self.cpu) / len(self.total.latencies)

    @property
    def rate(self) -> float:
        """Messages a second."""
        return len(self.total.latencies) / self.total.seconds

    @property
    def busy(self) -> float:
        """The share of its core the server used."""
        return sum(self.cpu) / self.total.seconds

    @property
    def client_busy(self) -> float:
        """The share of its core the client used: near 1 the figures would be the client's."""
        return self.total.client_seconds / self.total.seconds


@contextmanager
def loading(server: Server, warm: Batch) -> Iterator[Loaded]:
    """Wait until the server answers, connect, and warm it up; only what follows is counted."""
    first = Batch.one()
    server.first_answer(first.said[0], first.requests[0])
    with Client(server.port) as client:
        loaded = Loaded(server, client, rss_at_start=server.memory_mib()[0])
        with machine.on_core(machine.CLIENT_CORE):
            server.verify(warm.said, client.saturate(warm.requests))
        yield loaded
