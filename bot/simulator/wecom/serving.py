"""How a simulated platform of WeCom's is served on loopback, from start to stop."""

from __future__ import annotations

import asyncio
from typing import Protocol

import aiohttp
from aiohttp import web

from bot.simulator.control import stream
from bot.simulator.control.requests import refusals
from bot.simulator.events import EventLog

HOST = "127.0.0.1"
GRACE_SECONDS = 0.5


class Reached(Protocol):
    """What a platform's world knows of its own server."""

    root_url: str
    closing: asyncio.Event
    http: aiohttp.ClientSession | None
    events: EventLog


class Serving:
    """Serves a world until it is stopped; whoever watches has its events."""

    def __init__(self, world: Reached, routes: list[web.RouteDef]) -> None:
        self._reached = world
        app = web.Application(middlewares=[refusals])
        app.add_routes(routes)
        app.add_routes(stream.routes(world))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_SECONDS)

    async def start(self, port: int) -> None:
        """Listen; port 0 takes a free one. Raises OSError for a port taken."""
        self._reached.http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, port).start()
        except OSError:
            await self.stop()
            raise
        self._reached.root_url = f"http://{HOST}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        self._reached.closing.set()
        await self._hang_up()
        if self._reached.http is not None:
            await self._reached.http.close()
        await self._runner.cleanup()

    async def _hang_up(self) -> None:
        """End what is still open beside requests."""
