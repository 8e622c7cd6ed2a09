"""`/sandbox/inside`: the reports of finished turns, and the news of the further devices, as one stream of events."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from aiohttp import web

from bot.web.sandbox.devices import Feed
from bot.web.sandbox.inside import Inside

BEAT_SECONDS = 15.0
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def add_stream(app: web.Application, *, inside: Inside, devices: Sequence[Feed] = ()) -> None:
    """Register the stream; it opens and closes with the application. One for all: a browser allows few."""

    async def serve(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=HEADERS)
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n")
        frames: asyncio.Queue[str | None] = asyncio.Queue()
        sources = [_reports(inside, _last_seen(request)), *(device.follow() for device in devices)]
        pumps = [asyncio.create_task(_pump(source, frames)) for source in sources]
        try:
            while (frame := await frames.get()) is not None:
                await response.write(frame.encode())
        except ConnectionResetError:
            pass  # the page has gone; when it comes again it says what it saw last
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
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


async def _reports(inside: Inside, seen: int) -> AsyncIterator[str]:
    async for told in inside.follow(seen, beat_seconds=BEAT_SECONDS):
        yield ": still here\n\n" if told is None else f"id: {told.number}\nevent: inside\ndata: {told.report}\n\n"


async def _pump(source: AsyncIterator[str], frames: asyncio.Queue[str | None]) -> None:
    """Everything of a source; its end is the end of all, which only the reports have."""
    async for frame in source:
        frames.put_nowait(frame)
    frames.put_nowait(None)


def _last_seen(request: web.Request) -> int:
    given = request.headers.get("Last-Event-ID", "")
    return int(given) if given.isascii() and given.isdigit() else 0
