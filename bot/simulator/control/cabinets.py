"""What people do in front of a cabinet, and what goes wrong with it, asked for over HTTP."""

from __future__ import annotations

from aiohttp import web

from bot.simulator.cabinet import Cabinet, Mishap, Park, view
from bot.simulator.control.requests import answered, read
from bot.simulator.errors import Refused
from bot.simulator.jsons import Body, JsonValue


class CabinetControl:
    """The handlers, over one park."""

    def __init__(self, park: Park) -> None:
        self._park = park

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/_sim/cabinets", self.all),
            web.get("/_sim/cabinets/{serial}", self.one),
            web.post("/_sim/cabinets/{serial}/keypad", self.keypad),
            web.post("/_sim/cabinets/{serial}/doors/{door}", self.door),
            web.post("/_sim/cabinets/{serial}/mishaps", self.mishaps),
            web.post("/_sim/cabinets/{serial}/power", self.power),
        ]

    async def all(self, _: web.Request) -> web.Response:
        every: list[JsonValue] = [view(cabinet) for cabinet in self._park]
        return answered({"cabinets": every})

    async def one(self, request: web.Request) -> web.Response:
        return answered(view(self._cabinet(request)))

    async def keypad(self, request: web.Request) -> web.Response:
        """`{"code", "door"?}`."""
        cabinet, body = self._cabinet(request), await read(request)
        cabinet.type_code(body.text("code"), int(body.number_or("door", 0)) or None)
        return answered(view(cabinet))

    async def door(self, request: web.Request) -> web.Response:
        """`{"do": "shut" | "force" | "put" | "take"}`."""
        cabinet, body = self._cabinet(request), await read(request)
        door = _number(request.match_info["door"])
        match body.text("do"):
            case "shut":
                cabinet.shut(door)
            case "force":
                cabinet.force(door)
            case "put" | "take" as do:
                cabinet.put(door, occupied=do == "put")
            case other:
                raise Refused("bad_request", f"a door does not {other}")
        return answered(view(cabinet))

    async def mishaps(self, request: web.Request) -> web.Response:
        """`{"name", "on", "door"?, "seconds"?}`."""
        cabinet, body = self._cabinet(request), await read(request)
        name = _mishap(body)
        door, seconds = int(body.number_or("door", 1)), body.number_or("seconds", 0.0)
        cabinet.mishap(name, on=body.flag("on", default=True), door=door, seconds=seconds)
        return answered(view(cabinet))

    async def power(self, request: web.Request) -> web.Response:
        """`{"on"}`."""
        cabinet, body = self._cabinet(request), await read(request)
        if body.flag("on", default=True):
            cabinet.power()
        else:
            cabinet.cut_power()
        return answered(view(cabinet))

    def _cabinet(self, request: web.Request) -> Cabinet:
        return self._park.named(request.match_info["serial"])


def _mishap(body: Body) -> Mishap:
    try:
        return Mishap(body.text("name"))
    except ValueError as error:
        raise Refused("bad_request", "there is no such mishap") from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise Refused("bad_request", "a door has a number")
    return int(text)
