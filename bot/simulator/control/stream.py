"""The live stream of events, resumable from the last one a reader saw."""

from __future__ import annotations

import asyncio
from typing import Protocol

from aiohttp import web

from bot.simulator.events import EventLog, EventName, SimEvent
from bot.simulator.jsons import dumps

HEARTBEAT_SECONDS = 15.0


class Stage(Protocol):
    """A simulated world that can be watched."""

    @property
    def events(self) -> EventLog: ...
    @property
    def closing(self) -> asyncio.Event: ...


def routes(world: Stage) -> list[web.RouteDef]:
    async def events(request: web.Request) -> web.StreamResponse:
        return await _stream(world, request)

    return [web.get("/_sim/events", events)]


async def _stream(world: Stage, request: web.Request) -> web.StreamResponse:
    seen = _seen(world, request)
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    try:
        await response.write(b"retry: 1000\n\n")
        while not world.closing.is_set():
            seen = await _write_since(world, response, seen)
            await _news_or_heartbeat(world, response, seen)
    except (ConnectionError, asyncio.CancelledError):
        pass  # the reader has gone; it will come again with the last id it saw
    return response


def _seen(world: Stage, request: web.Request) -> int:
    """The last event the reader has; without any word from it, the newest."""
    said = request.headers.get("Last-Event-ID") or request.query.get("after") or ""
    return int(said) if said.isascii() and said.isdigit() else world.events.last


async def _write_since(world: Stage, response: web.StreamResponse, seen: int) -> int:
    events = world.events.since(seen)
    if events is None:
        events = [SimEvent(world.events.last, EventName.RESET, {})]
    for event in events:
        frame = f"id: {event.number}\nevent: {event.name.value}\ndata: {dumps(event.data)}\n\n"
        await response.write(frame.encode())
        seen = event.number
    return seen


async def _news_or_heartbeat(world: Stage, response: web.StreamResponse, seen: int) -> None:
    news = asyncio.create_task(world.events.changed(seen, HEARTBEAT_SECONDS))
    closing = asyncio.create_task(world.closing.wait())
    try:
        await asyncio.wait((news, closing), return_when=asyncio.FIRST_COMPLETED)
        if news.done() and not news.result():
            await response.write(b": still here\n\n")
    finally:
        news.cancel()
        closing.cancel()
