"""Keeps the staff's names in WeCom known, so that whoever gets an account can be told within a minute."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from bot.rules import post
from bot.rules.office import Office

log = structlog.get_logger()
APART_SECONDS = 30.0
Do = Callable[[Callable[[Office], object]], Awaitable[object]]


class Enrolment:
    """A worker beside the requests; `do` does something in a transaction of the desk."""

    def __init__(self, do: Do, seconds: float = APART_SECONDS) -> None:
        self._do = do
        self._seconds = seconds
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        self._stopped.set()

    async def run(self) -> None:
        while not self._stopped.is_set():
            try:
                await self._do(post.enrol)
            except Exception:  # the database may be away; the next round finds them
                log.exception("staff not enrolled")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), self._seconds)
