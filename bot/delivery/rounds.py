"""How a worker goes on from start to stop: a round at once while there is more to do, else when it is woken or time."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()
IDLE_SECONDS = 2.0


class Rounds:
    """A worker beside the requests; `name` stands in the log when a round fails."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There is something new to do."""
        self._woken.set()

    def stop(self) -> None:
        """Let it end: what is under way is waited for."""
        self._stopping = True
        self._woken.set()

    async def _go_on(self, take_up: Callable[[], Awaitable[int]]) -> None:
        """Round after round until told to stop; `take_up` returns how much it found to do."""
        while not self._stopping:
            try:
                if await take_up():
                    continue
            except Exception:  # the database may be away; the rows wait
                log.exception("worker stumbled", worker=self._name)
            await self._idle()

    async def _idle(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), IDLE_SECONDS)
        except TimeoutError:
            return
        if not self._stopping:
            self._woken.clear()
