"""A back office that is open in a thread of its own while the browser is in this one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from tests.support.console import House

PATIENCE_SECONDS = 20


class Works(Protocol):
    """What goes on beside the pages, as a server's workers do."""

    async def run(self) -> None: ...
    def stop(self) -> None: ...


@contextmanager
def opened(house: House, beside: Callable[[House], Works] | None = None) -> Iterator[House]:
    """The house with its doors open, and what works beside it."""
    serving = _Serving(house, beside)
    thread = threading.Thread(target=lambda: asyncio.run(serving.serve()))
    thread.start()
    assert serving.ready.wait(PATIENCE_SECONDS)
    yield house
    serving.loop.call_soon_threadsafe(serving.shut.set)
    thread.join(PATIENCE_SECONDS)


class _Serving:
    def __init__(self, house: House, beside: Callable[[House], Works] | None) -> None:
        self._house, self._beside = house, beside
        self.ready = threading.Event()

    async def serve(self) -> None:
        self.loop, self.shut = asyncio.get_running_loop(), asyncio.Event()
        async with self._house:
            works = self._beside(self._house) if self._beside else None
            working = asyncio.create_task(works.run()) if works else None
            self.ready.set()
            await self.shut.wait()
            if works and working:
                works.stop()
                await working
