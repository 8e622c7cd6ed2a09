"""`/sandbox/inside`: the reports of finished turns as server-sent events."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from bot.web.sandbox.inside import Inside

BEAT_SECONDS = 15.0
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def add_stream(app: web.Application, *, inside: Inside) -> None:
    """Register the stream; it opens and closes with the application."""

    async def serve(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=HEADERS)
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n")
        async for told in inside.follow(_last_seen(request), beat_seconds=BEAT_SECONDS):
            text = ": still here\n\n" if told is None else f"id: {told.number}\nevent: inside\ndata: {told.report}\n\n"
            await response.write(text.encode())
        return response

    async def opened(_app: web.Application) -> AsyncIterator[None]:
        inside.open(asyncio.get_running_loop())
        yield
        inside.close()

    async def closed(_app: web.Application) -> None:
        inside.close()

    app.router.add_get("/sandbox/inside", serve)
    app.cleanup_ctx.append(opened)
    app.on_shutdown.append(closed)  # before cleanup: the server waits for open streams in between


def _last_seen(request: web.Request) -> int:
    given = request.headers.get("Last-Event-ID", "")
    return int(given) if given.isascii() and given.isdigit() else 0
