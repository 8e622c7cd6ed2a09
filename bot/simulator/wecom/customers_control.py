"""The control API of residents in WeCom: their chats with customer service, their groups, an owner's tap, reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.simulator.control.requests import answered, read
from bot.simulator.errors import Refused
from bot.simulator.jsons import Json, JsonValue

if TYPE_CHECKING:
    from bot.simulator.wecom.kf import CustomerService
    from bot.simulator.wecom.world import World

_KF = "/_sim/kf/{resident}"


class CustomersControl:
    """What a page needs to draw residents' phones and groups, and to act in their place."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/_sim/kf", self._residents),
            web.post(_KF + "/enter", self._enter),
            web.post(_KF + "/say", self._say),
            web.post(_KF + "/tap", self._tap),
            web.post(_KF + "/servicer", self._servicer),
            web.get("/_sim/customer-groups", self._groups),
            web.post("/_sim/customer-groups/{chat}/join", self._join),
            web.post("/_sim/customer-groups/{chat}/say", self._talk),
            web.post("/_sim/customer-groups/{chat}/apply", self._apply),
            web.post("/_sim/customer-tasks/{task}/send", self._let_go),
            web.post("/_sim/reports", self._report),
        ]

    async def _residents(self, _request: web.Request) -> web.Response:
        kf = self._world.kf
        shown: list[JsonValue] = [one.as_json() for one in kf.residents.values()] if kf else []
        return answered({"open_kfid": kf.open_kfid if kf else "", "residents": shown})

    async def _enter(self, request: web.Request) -> web.Response:
        body, kf = await read(request), self._kf()
        who = request.match_info["resident"]
        kf.resident(who, body.text_or("name"), body.text_or("unionid"))
        exchange = await kf.enters(who, body.text_or("scene_param"))
        return answered({"exchange": exchange.as_json()})

    async def _say(self, request: web.Request) -> web.Response:
        body = await read(request)
        exchange = await self._kf().says(request.match_info["resident"], body.text("text"))
        return answered({"exchange": exchange.as_json()})

    async def _tap(self, request: web.Request) -> web.Response:
        body = await read(request)
        exchange = await self._kf().taps(request.match_info["resident"], body.text("label"))
        return answered({"exchange": exchange.as_json()})

    async def _servicer(self, request: web.Request) -> web.Response:
        """A member takes a session, says something or ends it."""
        body, kf, who = await read(request), self._kf(), request.match_info["resident"]
        match body.text("act"):
            case "take":
                exchange = await kf.servicer_takes(who, body.text("userid"))
            case "say":
                exchange = await kf.servicer_says(who, body.text("text"))
            case "end":
                exchange = await kf.servicer_ends(who)
            case act:
                raise Refused("bad_request", f"there is no act {act}")
        return answered({"exchange": exchange.as_json()})

    async def _groups(self, _request: web.Request) -> web.Response:
        return answered(self._world.customer_groups.state())

    async def _join(self, request: web.Request) -> web.Response:
        body = await read(request)
        exchange = await self._world.customer_groups.joins(request.match_info["chat"], body.text("external_userid"))
        return answered({"exchange": exchange.as_json()})

    async def _talk(self, request: web.Request) -> web.Response:
        """Somebody says something in the group."""
        body = await read(request)
        self._world.customer_groups.says(request.match_info["chat"], body.text("who"), body.text("text"))
        return answered({"ok": True})

    async def _apply(self, request: web.Request) -> web.Response:
        """The owner chooses a welcome text."""
        body = await read(request)
        self._world.customer_groups.applies(request.match_info["chat"], body.text("welcome"))
        return answered({"ok": True})

    async def _let_go(self, request: web.Request) -> web.Response:
        """The owner's tap."""
        await read(request)
        task = self._world.customer_groups.lets_go(request.match_info["task"])
        return answered({"task": task.as_json()})

    async def _report(self, request: web.Request) -> web.Response:
        body = await read(request)
        order: Json = {**body.values, "order_id": body.text("order_id"), "desc": body.text("desc")}
        self._world.customer_groups.reports(order)
        return answered({"order_id": body.text("order_id")}, 201)

    def _kf(self) -> CustomerService:
        if self._world.kf is None:
            raise Refused("bad_request", "there is no customer service account")
        return self._world.kf
