"""Where the processor time of one message goes: the line from bytes to bytes in process, each step with a clock."""

import cProfile
import pstats
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import thread_time
from typing import Any
from urllib.parse import parse_qsl

from bench import knowledge
from bench.load import Batch
from bench.report import Report, row
from bench.wire import ACCOUNT
from bot.channels import envelope, official_account
from bot.channels.official_account import OfficialAccount, incoming
from bot.conversation import Conversation
from bot.handlers import all_routers
from bot.nlu import Understander, load_understander
from bot.privacy import Seal
from bot.router import Router
from bot.samples import demo
from bot.settings import Settings
from bot.store import dialog, inbox, open_store, resident, schema, station, transaction

SLICES = 10
TOGETHER = 16  # messages in a commit, about what 64 connections bring
HEAD = ("step", "CPU µs a message", "calls", "share", "")
REST = "savepoint, building the turn"
STEPS: Sequence[tuple[Any, str, str]] = (
    (OfficialAccount, "_check", "read: check the query's signature"),
    (official_account, "read_xml", "read: parse XML, outer and inner"),
    (envelope.Envelope, "open", "read: decrypt"),
    (official_account, "to_incoming", "read: make the message"),
    (incoming.Incoming, "message", "read: make the message"),
    (OfficialAccount, "read", "read: rest"),
    (inbox, "opening", "opening select"),
    (resident, "register", "first meeting, two inserts"),
    (Understander, "understand", "understand"),
    (station, "counters", "handler: select the counters"),
    (Router, "reply", "handler"),
    (dialog, "ask", "leave the question: write"),
    (Conversation, "_leave_question", "leave the question: rest"),
    (Seal, "close", "seal"),
    (Seal, "open", "unseal"),
    (inbox, "keep", "keep: insert"),
    (Conversation, "_keep", "keep: rest"),
    (Conversation, "answer", REST),
    (envelope.Envelope, "close", "write: encrypt and sign"),
    (official_account, "reply_xml", "write: XML"),
    (OfficialAccount, "write", "write: rest"),
)


@dataclass(slots=True)
class Clock:
    """Adds up the processor time of each step by itself, without the steps inside it."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _inside: list[float] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = thread_time()
        self._inside.append(0.0)
        try:
            yield
        finally:
            took = thread_time() - began
            self.seconds[name] += took - self._inside.pop()
            self.calls[name] += 1
            if self._inside:
                self._inside[-1] += took

    @contextmanager
    def around(self, owner: Any, attribute: str, name: str) -> Iterator[None]:
        """While it lasts, every call of the owner's function is timed."""
        function: Callable[..., Any] = getattr(owner, attribute)

        def timed(*args: Any, **named: Any) -> Any:
            with self.step(name):
                return function(*args, **named)

        setattr(owner, attribute, timed)
        try:
            yield
        finally:
            setattr(owner, attribute, function)


@dataclass(frozen=True, slots=True)
class Line:
    """The product without HTTP and threads: bytes in, a commit for some, bytes out."""

    account: OfficialAccount
    talk: Conversation
    folder: Path

    def run(self, batch: Batch, clock: Clock, *, together: int) -> float:
        """Answer everything, so many in a commit; returns the processor seconds it took."""
        store = open_store(f"sqlite:///{self.folder / 'weizhan.db'}")
        pushes = [_push(request) for request in batch.requests]
        began = thread_time()
        for first in range(0, len(pushes), together):
            self._answer(store, pushes[first : first + together], clock)
        seconds = thread_time() - began
        store.close()
        return seconds

    def _answer(self, store: Any, pushes: Sequence[tuple[dict[str, str], bytes]], clock: Clock) -> None:
        now = datetime.now(UTC)
        deliveries = [self.account.read(body, query, now) for query, body in pushes]
        with clock.step("commit: share"), transaction(store) as session:
            with clock.step("commit: begin"):
                session.connection()
            answers = [self.talk.answer(session, delivery.message) for delivery in deliveries]
        for delivery, answered in zip(deliveries, answers, strict=True):
            self.account.write(delivery, answered.reply)


def main(*, messages: int = 4_000, functions: bool = False) -> None:
    """Print the microseconds of each step of a message; with `functions` the dearest functions too."""
    with tempfile.TemporaryDirectory(prefix="weizhan-profile-") as name:
        line = _line(Path(name))
        warm, last, *slices = Batch.several(min(500, messages), messages, *[messages // SLICES] * (2 * SLICES))
        line.run(warm, Clock(), together=TOGETHER)  # statements compiled, caches filled
        print(_steps(line, slices).drawn(HEAD))
        if functions:
            _functions(line, last)


def _steps(line: Line, slices: Sequence[Batch]) -> Report:
    """Medians over slices, with and without the clocks in turns: one busy moment of the machine spoils one slice."""
    many, clocks, plain = len(slices[0].said), [], []
    for without, timed in zip(slices[::2], slices[1::2], strict=True):
        plain.append(1e6 * line.run(without, Clock(), together=TOGETHER) / many)
        clocks.append(_timed(line, timed))
    names = dict.fromkeys(name for clock in clocks for name in clock.seconds)
    micros = {name: median(1e6 * clock.seconds[name] / many for clock in clocks) for name in names}
    total = sum(micros.values())
    rows = [
        row(
            name,
            f"{took:.1f}",
            f"{sum(clock.calls[name] for clock in clocks) / many / SLICES:.2f}",
            f"{took / total:.0%}",
        )
        for name, took in sorted(micros.items(), key=lambda pair: -pair[1])
    ]
    note = f"{total:.0f} µs a message with the clocks, {median(plain):.0f} µs without; {TOGETHER} messages in a commit"
    return Report(rows, [note + "; HTTP, threads, metrics and waiting for the disk are not in it"])


def _timed(line: Line, batch: Batch) -> Clock:
    clock = Clock()
    with ExitStack() as stack:
        for owner, attribute, name in STEPS:
            stack.enter_context(clock.around(owner, attribute, name))
        line.run(batch, clock, together=TOGETHER)
    return clock


def _functions(line: Line, batch: Batch) -> None:
    profile = cProfile.Profile()
    with profile:
        line.run(batch, Clock(), together=TOGETHER)
    pstats.Stats(profile).sort_stats("tottime").print_stats(40)


def _line(folder: Path) -> Line:
    store = open_store(f"sqlite:///{folder / 'weizhan.db'}")
    schema.create(store)
    with transaction(store) as session:
        demo.fill(session)
    store.close()
    known = load_understander(knowledge.make(folder / "faq", 500))
    talk = Conversation(all_routers(), known, Seal("the secret of the bench, long enough to be one"), Settings().zone)
    account = OfficialAccount(token=ACCOUNT.token, app_id=ACCOUNT.app_id, aes_keys=(str(ACCOUNT.aes_key),))
    return Line(account, talk, folder)


def _push(request: bytes) -> tuple[dict[str, str], bytes]:
    """Query and body of a request."""
    head, _, body = request.partition(b"\r\n\r\n")
    query = head.split(b" ", 2)[1].decode().partition("?")[2]
    return dict(parse_qsl(query)), body
