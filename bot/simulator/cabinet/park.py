"""The simulated cabinets of a demo, each kept in touch with the server, and what can be done in front of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import aiohttp

from bot.simulator.cabinet.cabinet import Cabinet
from bot.simulator.cabinet.http import HttpCarrier
from bot.simulator.cabinet.mqtt import Account, MqttCarrier
from bot.simulator.cabinet.secrets import Keys
from bot.simulator.cabinet.view import view
from bot.simulator.clock import SimClock
from bot.simulator.errors import Refused
from bot.simulator.jsons import Json

Emit = Callable[[Json], None]


class Park:
    """Cabinets by serial. `emit` hears of each whenever something about it changed."""

    def __init__(self, clock: SimClock, emit: Emit) -> None:
        self._clock = clock
        self._emit = emit
        self._cabinets: dict[str, Cabinet] = {}
        self._running: list[asyncio.Task[None]] = []
        self._http: aiohttp.ClientSession | None = None

    def __iter__(self) -> Iterator[Cabinet]:
        return iter(self._cabinets.values())

    def named(self, serial: str) -> Cabinet:
        """Raises Refused for a serial nobody has."""
        if serial not in self._cabinets:
            raise Refused("unknown_cabinet", f"there is no cabinet {serial}")
        return self._cabinets[serial]

    def add(self, keys: Keys, *, doors: int, url: str, name: str = "") -> Cabinet:
        """Set up a cabinet and switch it on; it speaks HTTP with the server at `url`, or MQTT over the broker there."""
        loop = asyncio.get_running_loop()
        cabinet = Cabinet(
            keys,
            doors=doors,
            name=name,
            now=lambda: self._clock.now().timestamp(),
            later=loop.call_later,
            changed=lambda changed: self._emit(view(changed)),
        )
        self._cabinets[cabinet.serial] = cabinet
        self._running.append(loop.create_task(self._carrier(cabinet, url).run()))
        return cabinet

    def _carrier(self, cabinet: Cabinet, url: str) -> HttpCarrier | MqttCarrier:
        if url.startswith("mqtt"):
            return MqttCarrier([cabinet], Account.read(url), cabinet.serial)
        if self._http is None:
            self._http = aiohttp.ClientSession()
        return HttpCarrier(cabinet, url, self._http)

    async def close(self) -> None:
        """Switch all of them off."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._http is not None:
            await self._http.close()
