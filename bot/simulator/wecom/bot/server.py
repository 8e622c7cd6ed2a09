"""The HTTP server on loopback: the platform's side, and the control API by which a page draws the chats."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from bot.simulator.control.requests import answered, read
from bot.simulator.jsons import Body, JsonValue
from bot.simulator.wecom.bot.mishaps import Mishap
from bot.simulator.wecom.bot.world import World
from bot.simulator.wecom.serving import Serving

if TYPE_CHECKING:
    from bot.simulator.wecom.bot.assistant import AssistantSim


class Server(Serving):
    """Serves the bot's platform until it is stopped."""

    def __init__(self, world: World, sim: AssistantSim) -> None:
        self._world = world
        self._sim = sim
        routes = [
            web.get("/_sim/state", self._state),
            web.get("/_sim/chats/{chat}/bubbles", self._bubbles),
            web.post("/_sim/groups", self._open_group),
            web.post("/_sim/people/{userid}/join", self._join),
            web.post("/_sim/people/{userid}/say", self._say),
            web.post("/_sim/people/{userid}/talk", self._talk),
            web.post("/_sim/people/{userid}/tap", self._tap),
            web.post("/_sim/people/{userid}/enter", self._enter),
            web.post("/_sim/line/{what:cut|evict}", self._line),
            web.post("/_sim/mishaps", world.mishaps.switched),
            web.post("/cgi-bin/aibot/response", self._response),
            web.get("/line", sim.line.serve),
        ]
        super().__init__(world, routes)

    async def _hang_up(self) -> None:
        for task in self._world.tasks:
            task.cancel()
        await asyncio.gather(*self._world.tasks, return_exceptions=True)
        await self._sim.line.cut()

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
