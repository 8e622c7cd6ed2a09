"""The HTTP server on loopback: the platform's side, and the control API by which a page draws the chats."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.simulator.control import stream
from bot.simulator.control.requests import answered, read, refusals
from bot.simulator.jsons import Body, JsonValue
from bot.simulator.wecom.bot.mishaps import Mishap
from bot.simulator.wecom.bot.world import World

if TYPE_CHECKING:
    from bot.simulator.wecom.bot.assistant import AssistantSim

HOST = "127.0.0.1"
GRACE_SECONDS = 0.5


class Server:
    """Serves the bot's platform until it is stopped."""

    def __init__(self, world: World, sim: AssistantSim) -> None:
        self._world = world
        self._sim = sim
        app = web.Application(middlewares=[refusals])
        app.add_routes(
            [
                web.get("/_sim/state", self._state),
                web.get("/_sim/chats/{chat}/bubbles", self._bubbles),
                web.post("/_sim/groups", self._open_group),
                web.post("/_sim/people/{userid}/join", self._join),
                web.post("/_sim/people/{userid}/say", self._say),
                web.post("/_sim/people/{userid}/talk", self._talk),
                web.post("/_sim/people/{userid}/tap", self._tap),
                web.post("/_sim/people/{userid}/enter", self._enter),
                web.post("/_sim/line/{what:cut|evict}", self._line),
                web.post("/_sim/mishaps", self._mishaps),
                web.post("/cgi-bin/aibot/response", self._response),
                web.get("/line", sim.line.serve),
            ]
        )
        app.add_routes(stream.routes(world))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_SECONDS)

    async def start(self, port: int) -> None:
        """Listen; port 0 takes a free one. Raises OSError for a port taken."""
        self._world.http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, port).start()
        except OSError:
            await self.stop()
            raise
        self._world.root_url = f"http://{HOST}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        self._world.closing.set()
        for task in self._world.tasks:
            task.cancel()
        await asyncio.gather(*self._world.tasks, return_exceptions=True)
        await self._sim.line.cut()
        if self._world.http is not None:
            await self._world.http.close()
        await self._runner.cleanup()

    async def _state(self, _request: web.Request) -> web.Response:
        return answered({**self._world.state(), "line_up": self._sim.line.is_up})

    async def _bubbles(self, request: web.Request) -> web.Response:
        after = int(request.query.get("after", "0"))
        found: list[JsonValue] = [one.as_json() for one in self._sim.bubbles(request.match_info["chat"], after)]
        return answered({"bubbles": found})

    async def _open_group(self, request: web.Request) -> web.Response:
        body = await read(request)
        members = {name: str(called) for name, called in body.table("members").values.items()}
        self._sim.open_group(body.text("chat"), body.text("name"), members)
        return answered({"ok": True}, 201)

    async def _join(self, request: web.Request) -> web.Response:
        body = await read(request)
        self._world.join(request.match_info["userid"], body.text("name"), body.text_or("group"))
        return answered({"ok": True}, 201)

    async def _say(self, request: web.Request) -> web.Response:
        body = await read(request)
        exchange = await self._sim.says(
            request.match_info["userid"], body.text("text"), group=body.text_or("group"), quote=body.text_or("quote")
        )
        return answered({"exchange": exchange.as_json()})

    async def _talk(self, request: web.Request) -> web.Response:
        body = await read(request)
        self._sim.talks(request.match_info["userid"], body.text("text"), group=body.text("group"))
        return answered({"ok": True})

    async def _tap(self, request: web.Request) -> web.Response:
        body = await read(request)
        bubble = int(body.number_or("bubble", 0)) or None
        userid, label = request.match_info["userid"], body.text("label")
        exchange = await self._sim.taps(userid, label, chat=body.text_or("group"), bubble=bubble)
        return answered({"exchange": exchange.as_json()})

    async def _enter(self, request: web.Request) -> web.Response:
        await read(request)
        exchange = await self._sim.enters(request.match_info["userid"])
        return answered({"exchange": exchange.as_json()})

    async def _line(self, request: web.Request) -> web.Response:
        await read(request)
        await (self._sim.line.cut() if request.match_info["what"] == "cut" else self._sim.line.evict())
        return answered({"ok": True})

    async def _mishaps(self, request: web.Request) -> web.Response:
        body = await read(request)
        mishaps = self._world.mishaps
        if body.flag("clear"):
            mishaps.clear()
        elif body.flag("on", default=True):
            mishaps.on(body.text("name"), int(body.number_or("times", 0)) or None)
        else:
            mishaps.off(body.text("name"))
        return answered({"mishaps": mishaps.as_json()})

    async def _response(self, request: web.Request) -> web.StreamResponse:
        """The one active reply that a question allows."""
        if self._world.mishaps.strikes(Mishap.API_DOWN):
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=503)
        body = Body.read(await request.read())
        said = await self._sim.respond(request.query.get("response_code", ""), body)
        self._world.called("response_url", body.values, said)
        return answered(said)
