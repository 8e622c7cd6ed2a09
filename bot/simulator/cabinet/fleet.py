"""Many cabinets in one process, to see what a server bears."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from time import time

import aiohttp

from bot.simulator.cabinet.cabinet import Cabinet
from bot.simulator.cabinet.http import HttpCarrier
from bot.simulator.cabinet.mqtt import Account, MqttCarrier
from bot.simulator.cabinet.secrets import Keys

ON_ONE_CONNECTION = 500
REPORT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Figures:
    """How a fleet is doing."""

    connected: int
    taken: int
    waiting: int
    pulses: int
    forged: int

    def __str__(self) -> str:
        return (
            f"{self.connected} connected, {self.taken} messages taken, {self.waiting} waiting, "
            f"{self.pulses} doors opened, {self.forged} letters not ours"
        )


class Fleet:
    """The cabinets with these keys. Raises ValueError for an address no carrier knows."""

    def __init__(
        self,
        keys: Sequence[Keys],
        *,
        doors: int,
        url: str,
        beat_seconds: float = 60.0,
        changed: Callable[[Cabinet], None] | None = None,
    ) -> None:
        loop = asyncio.get_running_loop()
        self.cabinets = [Cabinet(one, doors=doors, now=time, later=loop.call_later, changed=changed) for one in keys]
        self._url = url
        self._beat_seconds = beat_seconds
        self._account = Account.read(url) if url.startswith("mqtt") else None
        if self._account is None and not url.startswith(("http://", "https://")):
            raise ValueError("the address must begin with http://, https://, mqtt:// or mqtts://")

    @property
    def figures(self) -> Figures:
        return Figures(
            connected=sum(cabinet.connected for cabinet in self.cabinets),
            taken=sum(cabinet.taken for cabinet in self.cabinets),
            waiting=sum(len(cabinet.memory.queue) for cabinet in self.cabinets),
            pulses=sum(door.pulses for cabinet in self.cabinets for door in cabinet.doors.values()),
            forged=sum(cabinet.forged for cabinet in self.cabinets),
        )

    async def run(self, report: Callable[[Figures], None] | None = None) -> None:
        """Until cancelled."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            tasks = [asyncio.create_task(work) for work in self._carriers(http)]
            try:
                while not any(task.done() for task in tasks):
                    await asyncio.wait(tasks, timeout=REPORT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                    if report is not None:
                        report(self.figures)
                await asyncio.gather(*tasks)  # one that ended has failed, and says how
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    def _carriers(self, http: aiohttp.ClientSession) -> list[Coroutine[None, None, None]]:
        if self._account is None:
            return [HttpCarrier(one, self._url, http, self._beat_seconds).run() for one in self.cabinets]
        groups = [
            self.cabinets[start : start + ON_ONE_CONNECTION]
            for start in range(0, len(self.cabinets), ON_ONE_CONNECTION)
        ]
        return [
            MqttCarrier(group, self._account, f"fleet-{os.getpid()}-{number}", self._beat_seconds).run()
            for number, group in enumerate(groups)
        ]
