"""What residents sent, as the API hands it out: a file, or an error with status 200."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.simulator.jsons import Json, dumps
from bot.simulator.wecom.errors import MESSAGES, Refusal

if TYPE_CHECKING:
    from bot.simulator.wecom.world import World

PATH = "/cgi-bin/media/get"


def answer(world: World, request: web.Request) -> web.Response:
    """The file of that id, for whoever has a token."""
    try:
        world.check_token(request.query.get("access_token", ""))
    except Refusal as refusal:
        return _said({"errcode": refusal.code, "errmsg": refusal.message})
    return of(world, request.query.get("media_id", ""))


def of(world: World, name: str) -> web.Response:
    """The file of that name, or the platform's word that there is none."""
    found = world.files.get(name)
    if found is None:
        return _said({"errcode": 40007, "errmsg": MESSAGES[40007]})
    return web.Response(body=found[1], content_type=found[0])


def _said(said: Json) -> web.Response:
    return web.Response(body=dumps(said).encode(), content_type="application/json")
