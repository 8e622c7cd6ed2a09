"""What happened inside the product at each turn, kept a while and told to every page that looks on."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

KEPT = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One report as JSON, with the number a reader resumes after."""

    number: int
    report: str


class Inside:
    """The last reports and whoever follows them. `put` belongs to any thread, everything else to the loop."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept: deque[Told] = deque(maxlen=kept)
        self._last = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on reports are taken."""
        self._loop = loop

    def close(self) -> None:
        """Take no more and let every follower finish."""
        self._loop = None
        self._changed.set()

    def put(self, report: Mapping[str, object]) -> None:
        """Hand over one turn's report; nothing happens while no page is being served."""
        loop = self._loop
        if loop is None:
            return
        with suppress(RuntimeError):  # the loop may close between the look and the call; nobody reads any more then
            loop.call_soon_threadsafe(self._keep, dict(report))

    def after(self, number: int) -> list[Told]:
        """The kept reports after `number`; all of them where that number was never given out."""
        start = number if number <= self._last else 0
        return [told for told in self._kept if told.number > start]

    async def follow(self, number: int, *, beat_seconds: float) -> AsyncIterator[Told | None]:
        """Every report after `number` until closing, and None after `beat_seconds` without one."""
        while self._loop is not None:
            changed = self._changed
            for told in self.after(number):
                number = told.number
                yield told
            try:
                async with asyncio.timeout(beat_seconds):
                    await changed.wait()
            except TimeoutError:
                yield None

    def _keep(self, report: dict[str, object]) -> None:
        self._last += 1
        self._kept.append(Told(self._last, json.dumps(report, ensure_ascii=False, default=str)))
        self._changed.set()
        self._changed = asyncio.Event()
