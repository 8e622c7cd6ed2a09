"""Keeps the assistant's knowledge up to date: when somebody changes what is live, it is read anew beside the talk."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import structlog

from bot.nlu import Live
from bot.nlu.current import Current
from bot.rules import knowledge
from bot.rules.office import Office
from bot.store import Session
from bot.store.runs import Runs

log = structlog.get_logger()
T = TypeVar("T")
LOOKS_EVERY = 3.0  # seconds; whoever changes something waits so long for the assistant to know


class Librarian:
    """Looks whether what is live has changed, and brings the newest understanding to the desk."""

    def __init__(self, current: Current, *, desk: Runs, office: Callable[[Session], Office]) -> None:
        self._current = current
        self._desk = desk
        self._office = office
        self._mark: knowledge.Mark | None = None
        self._live = Live()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Look until told to stop."""
        while not self._stopping.is_set():
            try:
                await self.look()
            except Exception:  # the database may be away; what is known stays
                log.exception("librarian stumbled")
            try:
                await asyncio.wait_for(self._stopping.wait(), LOOKS_EVERY)
            except TimeoutError:
                continue

    def stop(self) -> None:
        self._stopping.set()

    async def look(self) -> bool:
        """Learn what is new; returns whether there was anything. Indexing goes on beside the desk's thread."""
        found = await asyncio.wrap_future(self._desk.run(self._changed))
        if found is None:
            return False
        self._mark, live = found
        if live == self._live:
            return False
        self._current.newest = await asyncio.to_thread(self._current.newest.knowing, live)
        self._live = live
        return True

    def _changed(self, session: Session) -> tuple[knowledge.Mark, Live] | None:
        office = self._office(session)
        mark = knowledge.mark(office)
        return None if mark == self._mark else (mark, knowledge.live(office))
