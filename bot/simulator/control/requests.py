"""Reads control requests, and turns what cannot be done into the README's errors."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

from bot.simulator.errors import PlatformError, Refused
from bot.simulator.jsons import Body, JsonValue, dumps

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

_STATUS = {"unknown_person": 404, "unknown_cabinet": 404, "bad_request": 400}


def answered(value: JsonValue, status: int = 200) -> web.Response:
    return web.Response(text=dumps(value), status=status, content_type="application/json")


async def read(request: web.Request) -> Body:
    """The JSON object sent, empty where nothing was. Raises Refused.

    The content type is insisted on: a page of another site cannot send it without being asked first.
    """
    if request.content_type != "application/json":
        raise Refused("bad_request", "Content-Type must be application/json")
    raw = await request.read()
    return Body.read(raw) if raw.strip() else Body({})


def decoded(text: str) -> bytes | None:
    """Raises Refused for anything but base64; None for nothing."""
    try:
        return base64.b64decode(text, validate=True) if text else None
    except binascii.Error as error:
        raise Refused("bad_request", "data is not base64") from error


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers a refusal of any control request as JSON."""
    if not request.path.startswith("/_sim/"):
        return await handler(request)
    try:
        return await handler(request)
    except Refused as refused:
        status = _STATUS.get(refused.code, 409)
        return answered({"error": refused.code, "message": refused.message}, status)
    except PlatformError:
        return answered({"error": "bad_request", "message": "a field is missing or of the wrong kind"}, 400)
    except ValueError as error:
        return answered({"error": "bad_request", "message": str(error)}, 400)
