"""The agent itself: it looks at the doors, tells what it sees in order, and does what it is told, once."""

import asyncio
import json
import os
import time
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import aiohttp
import structlog

from bot.cabinets.agent.locks import Locks
from bot.cabinets.boards import NoSuchLock
from bot.cabinets.protocol import Direction, Fault, Problem, Unreadable, open_letter, read_down, sealed, write_up
from bot.rules.locker.device import (
    CodeRefused,
    DoorEvent,
    DoorReport,
    DoorState,
    Event,
    Heartbeat,
    Hello,
    Keys,
    OpenCommand,
    OpenResult,
    Outcome,
    Taken,
)

log = structlog.get_logger()
FIRMWARE = "weizhan-agent-1"
COMMANDS_KEPT = 256
BEAT_SECONDS = 60.0
LOOK_SECONDS = 1.0
PAUSE_SECONDS = 2.0
WAIT_SECONDS = 25
TRUSTED = 5.0
SLACK = timedelta(seconds=2)


class Agent:
    """One cabinet. `memory`: the file in which done commands survive a power cut; None keeps them for this run only."""

    def __init__(self, keys: Keys, locks: Locks, *, url: str, memory: Path | None = None) -> None:
        self._keys = keys
        self._locks = locks
        self._base = f"{url.rstrip('/')}/api/v1/cabinets/{keys.cabinet}"
        self._memory = memory
        self._seq = int(time.time() * 1000)
        self._off = timedelta()
        self._queue: OrderedDict[int, Event] = OrderedDict()
        self._news = asyncio.Event()
        self._done: OrderedDict[UUID, None] = OrderedDict((one, None) for one in _remembered(memory))
        self._seen: dict[int, DoorState] = {}
        self._line = asyncio.Lock()
        self._opening: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled."""
        self._tell(Hello(self._next(), self._now(), FIRMWARE, self._locks.doors))
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WAIT_SECONDS + 10)) as http:
            await asyncio.gather(self._look(), self._beat(), self._send(http), self._ask(http))

    async def _look(self) -> None:
        """Every door once in a while; a change is told."""
        while True:
            for door in range(1, self._locks.doors + 1):
                async with self._line:
                    self._saw(door, await asyncio.to_thread(self._locks.state, door))
            await asyncio.sleep(LOOK_SECONDS)

    async def _beat(self) -> None:
        while True:
            for seq in [seq for seq, event in self._queue.items() if isinstance(event, Heartbeat)][1:]:
                del self._queue[seq]  # the first may be on its way; a newer one says it all
            doors = {door: DoorReport(state) for door, state in self._seen.items()}
            self._tell(Heartbeat(self._next(), self._now(), doors))
            await asyncio.sleep(BEAT_SECONDS)

    async def _send(self, http: aiohttp.ClientSession) -> None:
        """The oldest message again and again until it is taken, then the next."""
        while True:
            if not self._queue:
                self._news.clear()
                await self._news.wait()
            seq, event = next(iter(self._queue.items()))
            letter = sealed(Direction.UP, self._keys, event.at, write_up(event))
            sent = time.monotonic()
            try:
                async with http.post(f"{self._base}/events", data=letter.encode()) as answer:
                    self._hear(await answer.text() if answer.status == 200 else "", time.monotonic() - sent)
            except (aiohttp.ClientError, TimeoutError) as error:
                log.warning("server away", reason=str(error)[:120])
            if seq in self._queue:
                await asyncio.sleep(PAUSE_SECONDS)

    async def _ask(self, http: aiohttp.ClientSession) -> None:
        """For commands, in a long request."""
        while True:
            proof = sealed(Direction.UP, self._keys, self._now(), {"type": "poll", "wait": WAIT_SECONDS})
            wait = {"wait": str(WAIT_SECONDS)}
            try:
                async with http.get(f"{self._base}/commands", params=wait, headers={"Weizhan-Letter": proof}) as answer:
                    if answer.status == 200:
                        self._hear(await answer.text(), TRUSTED + 1)
                        continue
                    log.warning("no commands", status=answer.status, code=(await answer.text())[:120])
            except (aiohttp.ClientError, TimeoutError) as error:
                log.warning("server away", reason=str(error)[:120])
            await asyncio.sleep(PAUSE_SECONDS)

    def _hear(self, text: str, took: float) -> None:
        for line in text.splitlines():
            try:
                letter = open_letter(Direction.DOWN, self._keys.cabinet, line)
                letter.check(self._keys.accepted)
                said = read_down(letter)
            except Unreadable as error:
                log.warning("letter refused", fault=str(error))
                continue
            match said:
                case OpenCommand():
                    self._open_soon(said)
                case Taken() | CodeRefused():
                    self._queue.pop(said.seq, None)
                    self._set_clock(letter.at, took)
                case Problem() if said.fault is not Fault.INTERNAL and said.seq is not None:
                    log.error("message not taken", fault=said.fault.value, field=said.field)
                    self._queue.pop(said.seq, None)

    def _open_soon(self, command: OpenCommand) -> None:
        """Once for a `cmd_id`, in its time; remembered before the pulse, so that a power cut cannot repeat it."""
        if command.cmd_id in self._done:
            return
        self._done[command.cmd_id] = None
        while len(self._done) > COMMANDS_KEPT:
            self._done.popitem(last=False)
        _remember(self._memory, list(self._done))
        if self._now() > command.expires_at:
            self._result(command, Outcome.EXPIRED)
            return
        self._result(command, Outcome.ACKED)
        task = asyncio.create_task(self._open(command))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open(self, command: OpenCommand) -> None:
        async with self._line:
            try:
                outcome = await asyncio.to_thread(self._locks.open, command.door)
            except NoSuchLock:
                self._result(command, Outcome.REFUSED)
                return
            self._result(command, outcome)
            self._saw(command.door, await asyncio.to_thread(self._locks.state, command.door))

    def _result(self, command: OpenCommand, outcome: Outcome) -> None:
        self._tell(OpenResult(self._next(), self._now(), command.cmd_id, outcome))

    def _saw(self, door: int, state: DoorState) -> None:
        if self._seen.get(door) is not state:
            self._seen[door] = state
            self._tell(DoorEvent(self._next(), self._now(), door, state))

    def _tell(self, event: Event) -> None:
        self._queue[event.seq] = event
        self._news.set()

    def _next(self) -> int:
        self._seq += 1
        return self._seq

    def _now(self) -> datetime:
        now = datetime.now(UTC) + self._off
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def _set_clock(self, server: datetime, took: float) -> None:
        """The server's time, where it came quickly enough to be believed."""
        if took <= TRUSTED and abs(server - self._now()) > SLACK:
            self._off = server - datetime.now(UTC)


def _remembered(file: Path | None) -> list[UUID]:
    try:
        return [UUID(one) for one in json.loads(file.read_text("utf-8"))] if file is not None else []
    except (OSError, ValueError):
        return []


def _remember(file: Path | None, done: list[UUID]) -> None:
    """On the disk before the pulse is given."""
    if file is None:
        return
    new = file.with_suffix(".new")
    with new.open("w", encoding="utf-8") as writing:
        json.dump([str(one) for one in done], writing)
        writing.flush()
        os.fsync(writing.fileno())
    new.replace(file)
