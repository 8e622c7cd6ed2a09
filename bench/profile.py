"""Where the time of one message goes: the line from bytes to bytes in process, a clock around each of its steps."""

import cProfile
import pstats
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

from bench import knowledge
from bench.load import Batch
from bench.report import Report, row
from bench.wire import ACCOUNT
from bot.channels import official_account
from bot.channels.official_account import OfficialAccount, envelope, incoming
from bot.conversation import Conversation
from bot.handlers import all_routers
from bot.nlu import Understander, load_understander
from bot.privacy import Seal
from bot.router import Router
from bot.samples import demo
from bot.settings import Settings
from bot.store import dialog, inbox, open_store, resident, schema, station, transaction

TOGETHER = 16  # messages in a commit, about what 64 connections bring
HEAD = ("step", "µs a message", "calls", "share", "")
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
    """Adds up what each step takes by itself, without the steps inside it."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _inside: list[float] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = perf_counter()
        self._inside.append(0.0)
        try:
            yield
        finally:
            took = perf_counter() - began
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
        """Answer everything, so many in a commit; returns the seconds it took."""
        store = open_store(f"sqlite:///{self.folder / 'weizhan.db'}")
        pushes = [_push(request) for request in batch.requests]
        began = perf_counter()
        for first in range(0, len(pushes), together):
            self._answer(store, pushes[first : first + together], clock)
        seconds = perf_counter() - began
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


def main(*, messages: int = 3_000, functions: bool = False) -> None:
    """Print the microseconds of each step of a message; with `functions` the dearest functions too."""
    with tempfile.TemporaryDirectory(prefix="weizhan-profile-") as name:
        line = _line(Path(name))
        line.run(Batch.of(min(500, messages), seed=6), Clock(), together=TOGETHER)  # statements get compiled, caches filled
        print(_steps(line, Batch.of(messages, seed=7)).drawn(HEAD))
        if functions:
            _functions(line, Batch.of(messages, seed=8))


def _steps(line: Line, batch: Batch) -> Report:
    plain = line.run(Batch.of(len(batch.said), seed=9), Clock(), together=TOGETHER)
    clock = Clock()
    with ExitStack() as stack:
        for owner, attribute, name in STEPS:
            stack.enter_context(clock.around(owner, attribute, name))
        line.run(batch, clock, together=TOGETHER)
    many = len(batch.said)
    ranked = sorted(clock.seconds.items(), key=lambda pair: -pair[1])
    total = sum(clock.seconds.values())
    rows = [
        row(name, f"{1e6 * took / many:.1f}", f"{clock.calls[name] / many:.2f}", f"{took / total:.0%}")
        for name, took in ranked
    ]
    note = (
        f"{1e6 * total / many:.0f} µs a message with the clocks, {1e6 * plain / many:.0f} µs without; one in {TOGETHER}"
    )
    return Report(rows, [note + " of a commit; HTTP, threads and metrics are not in it"])


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
