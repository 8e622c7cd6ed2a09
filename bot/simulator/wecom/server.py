"""The HTTP server on loopback: WeCom's API, and the control API by which a page draws the members' chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.simulator.control.requests import answered, read
from bot.simulator.jsons import JsonValue
from bot.simulator.wecom import files
from bot.simulator.wecom.api import answer
from bot.simulator.wecom.customers_control import CustomersControl
from bot.simulator.wecom.serving import Serving
from bot.simulator.wecom.world import World

if TYPE_CHECKING:
    from bot.simulator.wecom.office import WeCom


class Server(Serving):
    """Serves a corporation until it is stopped."""

    def __init__(self, world: World, wecom: WeCom) -> None:
        self._world = world
        self._wecom = wecom
        routes = [
            web.get("/_sim/state", self._state),
            web.get("/_sim/members/{userid}/bubbles", self._bubbles),
            web.post("/_sim/members", self._join),
            web.post("/_sim/members/{userid}/say", self._say),
            web.post("/_sim/members/{userid}/tap", self._tap),
            web.post("/_sim/members/{userid}/enter", self._enter),
            web.post("/_sim/members/{userid}/leave", self._leave),
            web.post("/_sim/robots", self._robot),
            web.get("/_sim/groups/{group}/bubbles", self._group),
            web.post("/_sim/mishaps", world.mishaps.switched),
            web.get("/wework/{name}", self._picture),
            web.route("*", "/cgi-bin/{rest:.+}", self._call),
        ]
        routes += CustomersControl(world).routes()
        super().__init__(world, routes)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        return await answer(self._world, request)

    async def _picture(self, request: web.Request) -> web.Response:
        """A picture by its address, as in reports."""
        return files.of(self._world, request.match_info["name"])

    async def _state(self, _request: web.Request) -> web.Response:
        return answered(self._world.state())

    async def _bubbles(self, request: web.Request) -> web.Response:
        after = int(request.query.get("after", "0"))
        shown: list[JsonValue] = [
            bubble.as_json() for bubble in self._wecom.bubbles(request.match_info["userid"], after)
        ]
        return answered({"bubbles": shown})

    async def _join(self, request: web.Request) -> web.Response:
        body = await read(request)
        member = self._wecom.join(body.text("userid"), body.text("name"), body.text_or("title"))
        return answered(member.as_json(), 201)

    async def _say(self, request: web.Request) -> web.Response:
        body = await read(request)
        exchange = await self._wecom.says(request.match_info["userid"], body.text("text"))
        return answered({"exchange": exchange.as_json()})

    async def _tap(self, request: web.Request) -> web.Response:
        body = await read(request)
        bubble = int(body.number_or("bubble", 0)) or None
        exchange = await self._wecom.taps(request.match_info["userid"], body.text("button"), bubble=bubble)
        return answered({"exchange": exchange.as_json()})

    async def _enter(self, request: web.Request) -> web.Response:
        await read(request)
        exchange = await self._wecom.enters(request.match_info["userid"])
        return answered({"exchange": exchange.as_json()})

    async def _leave(self, request: web.Request) -> web.Response:
        await read(request)
        self._wecom.leave(request.match_info["userid"])
        return answered({"ok": True})

    async def _robot(self, request: web.Request) -> web.Response:
        body = await read(request)
        return answered({"url": self._wecom.robot(body.text("group"))}, 201)

    async def _group(self, request: web.Request) -> web.Response:
        shown: list[JsonValue] = [one.as_json() for one in self._wecom.in_group(request.match_info["group"])]
        return answered({"bubbles": shown})
