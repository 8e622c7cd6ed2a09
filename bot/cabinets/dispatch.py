"""Commands on their way to the cabinets: read from their rows, handed to whichever carrier reaches the cabinet.

Who restarts loses nothing: the rows say what is still to be done. A command goes again until the cabinet has answered
or its time is over; a cabinet gives the pulse once, for it knows the `cmd_id`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog

from bot.cabinets.protocol import Direction, sealed, write_down
from bot.rules.locker import line
from bot.rules.locker.device import OpenCommand, SyncCodes
from bot.rules.office import Office
from bot.store import Session
from bot.store.runs import Runs

log = structlog.get_logger()
T = TypeVar("T")
TICK_SECONDS = 0.5
LEAST_SECONDS = 0.03  # between two looks, however often it is woken
STUMBLE_SECONDS = 2.0
AGAIN_AFTER = timedelta(seconds=5)
MOST_AT_ONCE = 500
OfficeOf = Callable[[Session], Office]
Publish = Callable[[str, str], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A sealed letter, and the row it stands for."""

    serial: str
    letter: str
    cabinet_id: UUID
    row: UUID | int  # a command, or the version of a list
    expires_at: datetime | None = None


class Dispatcher:
    """Hands out what is to be said to cabinets, at once after a commit and at the latest half a second later."""

    def __init__(self, desk: Runs, office: OfficeOf, now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._office = office
        self._now = now
        self._wake = asyncio.Event()
        self._stopping = False
        self._waiting: dict[str, asyncio.Future[list[str]]] = {}
        self._handed: dict[tuple[str, UUID | int], tuple[datetime, datetime]] = {}
        self.publish: Publish | None = None  # set by a gateway while it is connected

    def wake(self) -> None:
        """There may be something new to say."""
        self._wake.set()

    def stop(self) -> None:
        """Let `run` end, and every cabinet that waits go."""
        self._stopping = True
        self._wake.set()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result([])

    def answered(self, cmd_id: UUID) -> None:
        """The cabinet told what became of a command: it need not go again."""
        for key in [key for key in self._handed if key[1] == cmd_id]:
            del self._handed[key]

    async def run(self) -> None:
        """Hand out until told to stop."""
        while not self._stopping:
            pause = TICK_SECONDS
            self._wake.clear()
            try:
                if self._waiting or self.publish:
                    await self.hand_out()
            except Exception:  # the database may be away; the rows wait
                log.exception("dispatch stumbled")
                pause = STUMBLE_SECONDS
            await asyncio.sleep(LEAST_SECONDS)
            if not self._stopping:
                await self._idle(pause)

    async def hand_out(self) -> None:
        """One round."""
        now = self._now()  # forgotten here and not in `_due`: that runs in the desk's thread
        self._handed = {key: times for key, times in self._handed.items() if times[1] > now}
        by_serial = _by_serial(await self._in_transaction(self._due))
        handed = await asyncio.gather(*map(self._hand, by_serial.values()))
        if took := [one for letters in handed for one in letters]:
            await self._in_transaction(partial(self._note, letters=took))

    async def wait_for(self, serial: str, seconds: float) -> list[str]:
        """What there is to say to this cabinet, now or within so many seconds; a newer wait ends an older one."""
        before = self._waiting.pop(serial, None)
        if before is not None and not before.done():
            before.set_result([])
        mine = self._waiting[serial] = asyncio.get_running_loop().create_future()
        self.wake()
        try:
            return await asyncio.wait_for(asyncio.shield(mine), seconds)
        except TimeoutError:
            return mine.result() if mine.done() else []
        finally:
            if self._waiting.get(serial) is mine:
                del self._waiting[serial]

    async def _hand(self, letters: list[Outgoing]) -> list[Outgoing]:
        """Those that a carrier took, all of one cabinet and in their order."""
        now = self._now()
        waiting = self._waiting.get(letters[0].serial)
        if waiting is not None and not waiting.done():
            waiting.set_result([one.letter for one in letters])
            took = letters
        elif self.publish is not None:
            took = [one for one in letters if await self.publish(one.serial, one.letter)]
        else:
            return []
        for one in took:
            self._handed[one.serial, one.row] = (now, one.expires_at or now + AGAIN_AFTER)
        return took

    def _due(self, session: Session) -> list[Outgoing]:
        office = self._office(session)
        found: list[OpenCommand | SyncCodes] = []
        found += line.commands_for(office, limit=MOST_AT_ONCE, again_after=AGAIN_AFTER)
        found += line.lists_for(office, limit=MOST_AT_ONCE)
        return [one for said in found if (one := self._sealed(office, said)) is not None]

    def _reaches(self, serial: str) -> bool:
        return self.publish is not None or serial in self._waiting

    def _sealed(self, office: Office, said: OpenCommand | SyncCodes) -> Outgoing | None:
        """None for what this process has handed out a moment ago, or whose cabinet it does not reach."""
        row = said.cmd_id if isinstance(said, OpenCommand) else said.version
        handed = self._handed.get((said.cabinet, row))
        if not self._reaches(said.cabinet) or (handed is not None and office.now - handed[0] < AGAIN_AFTER):
            return None
        found = line.cabinet_with_keys(office, said.cabinet)
        if found is None:
            return None
        cabinet_id, keys = found
        expires_at = said.expires_at if isinstance(said, OpenCommand) else None
        letter = sealed(Direction.DOWN, keys, office.now, write_down(said))
        return Outgoing(said.cabinet, letter, cabinet_id, row, expires_at)

    def _note(self, session: Session, letters: Sequence[Outgoing]) -> None:
        office = self._office(session)
        for one in letters:
            if isinstance(one.row, UUID):
                line.sent(office, one.row)
            else:
                line.list_sent(office, one.cabinet_id, one.row)

    async def _idle(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return

    async def _in_transaction(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._desk.run(work))


def _by_serial(letters: Iterable[Outgoing]) -> dict[str, list[Outgoing]]:
    found: dict[str, list[Outgoing]] = {}
    for one in letters:
        found.setdefault(one.serial, []).append(one)
    return found
