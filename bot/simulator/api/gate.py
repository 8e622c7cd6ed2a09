"""The way every API call goes: mishaps, method, token, rights, quota, the endpoint, and a line in the log."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from time import perf_counter

from aiohttp import web

from bot.simulator.api import ENDPOINTS
from bot.simulator.api.call import Answer, Blob, Call, Endpoint
from bot.simulator.errors import PlatformError
from bot.simulator.events import EventName
from bot.simulator.faults import FaultName
from bot.simulator.jsons import Body, Json, JsonValue, dumps
from bot.simulator.world import World

CONTENT_TYPE = "application/json; encoding=utf-8"
UPLOAD_BYTES = 12 * 1024 * 1024

_ESCAPED = re.compile(rb"\\u[0-9a-fA-F]{4}")
_HIDDEN = ("access_token", "secret", "appsecret")


async def answer(world: World, request: web.Request) -> web.StreamResponse:
    """Answer one call with the platform's shapes: errors too are HTTP 200."""
    begun = perf_counter()
    broken = await _mishap(world, request)
    if broken is not None:
        _log(world, request, Body({}), {}, broken.status, begun)
        return broken
    body, upload, refused = Body({}), None, None
    try:
        body, upload = await _read(request)
    except PlatformError as error:
        refused = error
    said = _said(world, request, body, upload, refused)
    if world.faults[FaultName.API_DOWN].word("how") == "lost" and world.faults.take(FaultName.API_DOWN):
        _hang_up(request)
    _log(world, request, body, {} if isinstance(said, Blob) else said, 200, begun)
    return _response(said)


async def _mishap(world: World, request: web.Request) -> web.Response | None:
    """The answer of an API side in trouble; None where it is well."""
    if slow := world.faults.take(FaultName.API_SLOW):
        await asyncio.sleep(slow.number("seconds"))
    if world.faults[FaultName.API_DOWN].word("how") == "lost":
        return None  # the call is carried out; only the answer does not come back
    down = world.faults.take(FaultName.API_DOWN)
    if down is None:
        return None
    if down.word("how") == "hang":
        await world.closing.wait()
    if down.word("how") == "close":
        _hang_up(request)
    return web.Response(status=503, text="Service Unavailable")


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _read(request: web.Request) -> tuple[Body, bytes | None]:
    """The JSON or the uploaded file. Raises PlatformError 44002, 47001 or 40033."""
    if request.method == "GET":
        return Body({}), None
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        part = form.get("media")
        return Body({}), part.file.read() if isinstance(part, web.FileField) else None
    raw = await request.read()
    if _ESCAPED.search(raw):
        raise PlatformError(40033)
    return Body.read(raw), None


def _said(
    world: World, request: web.Request, body: Body, upload: bytes | None, refused: PlatformError | None
) -> Answer:
    try:
        call = Call(world, request.path, dict(request.query), body, upload)
        endpoint = _endpoint(request)
        _admit(call, endpoint)
        if refused is not None:
            raise refused
        return endpoint.handler(call)
    except PlatformError as error:
        return {"errcode": error.code, "errmsg": error.message, **error.fields}


def _endpoint(request: web.Request) -> Endpoint:
    endpoint = ENDPOINTS.get(request.path)
    if endpoint is None:
        raise PlatformError(40066)
    if endpoint.method != request.method:
        raise PlatformError(43002 if endpoint.method == "POST" else 43001)
    return endpoint


def _admit(call: Call, endpoint: Endpoint) -> None:
    """Raises PlatformError for a mishap, a dead token, a missing right or a quota gone."""
    faults = call.world.faults
    if call.path.startswith(faults[FaultName.ERRCODE].word("path")) and (chosen := faults.take(FaultName.ERRCODE)):
        raise PlatformError(int(chosen.number("code")))
    if endpoint.needs_token:
        call.world.tokens.check(call.query.get("access_token", ""), call.now)
        if faults.take(FaultName.DEAD_TOKEN):
            raise PlatformError(40001)
    if endpoint.needs_verified and not call.world.account.verified:
        raise PlatformError(48001)
    if endpoint.needs_token and faults.take(FaultName.QUOTA):
        raise PlatformError(45009)
    if endpoint.quota is not None:
        call.world.quotas.use(endpoint.quota, call.now)


def _response(said: Answer) -> web.Response:
    if not isinstance(said, Blob):
        return web.Response(body=dumps(said).encode(), headers={"Content-Type": CONTENT_TYPE})
    headers = {"Content-Type": said.content_type}
    if said.file_name:
        headers["Content-disposition"] = f'attachment; filename="{said.file_name}"'
    return web.Response(body=said.data, headers=headers)


def _log(world: World, request: web.Request, body: Body, said: Json, status: int, begun: float) -> None:
    errcode = said.get("errcode", 0)
    entry: Json = {
        "id": world.next_call_id(),
        "at": world.now().isoformat(),
        "method": request.method,
        "path": request.path,
        "query": _hidden(request.query),
        "request": _hidden(body.values) or None,
        "response": _hidden(said) or None,
        "status": status,
        "errcode": errcode if isinstance(errcode, int) else 0,
        "ms": round((perf_counter() - begun) * 1000, 2),
        "person": _person(world, request, body),
    }
    world.api_calls.append(entry)
    world.events.emit(EventName.API, entry)


def _hidden(values: Mapping[str, JsonValue]) -> Json:
    """Tokens and secrets cut to their first characters."""
    return {name: _short(value) if name in _HIDDEN else value for name, value in values.items()}


def _short(value: JsonValue) -> JsonValue:
    return f"{value[:6]}…" if isinstance(value, str) else value


def _person(world: World, request: web.Request, body: Body) -> str | None:
    openid = body.text_or("touser") or body.text_or("openid") or request.query.get("openid", "")
    return next((person.id for person in world.people if person.openid == openid), None)
