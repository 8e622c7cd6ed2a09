"""`/sandbox/platform/…`: the way from the page to the simulator on loopback, streams passed through unbuffered."""

from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web
from yarl import URL

CONNECT_SECONDS = 5.0
TO_PLATFORM = ("Accept", "Content-Type", "Last-Event-ID")
TO_PAGE = ("Content-Type", "Cache-Control")
# What a person sent may be anything; shown as a picture or read as JSON, it must never run as a page of ours.
HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}

SESSION = web.AppKey("sandbox_platform_session", aiohttp.ClientSession)


def add_proxy(app: web.Application, *, platform: str) -> None:
    """Register the way through to `platform`, with a client session of its own."""
    root = URL(platform)

    async def pass_on(request: web.Request) -> web.StreamResponse:
        target = root.with_path("/" + request.match_info["tail"]).with_query(request.query)
        headers = {name: request.headers[name] for name in TO_PLATFORM if name in request.headers}
        body = request.content if request.can_read_body else None
        try:
            answer = await request.app[SESSION].request(
                request.method, target, headers=headers, data=body, allow_redirects=False
            )
        except aiohttp.ClientError as error:
            return _unreachable(error)
        async with answer:
            return await _pass_back(request, answer)

    app.router.add_get("/sandbox/platform/{tail:.*}", pass_on)
    app.router.add_post("/sandbox/platform/{tail:.*}", pass_on)
    app.cleanup_ctx.append(_session)
    app.on_shutdown.append(_close)  # ends the streams; the server waits for them before it cleans up


async def _pass_back(request: web.Request, answer: aiohttp.ClientResponse) -> web.StreamResponse:
    """Status and body as they come, each piece at once; a stream broken off over there ends here too."""
    headers = {name: answer.headers[name] for name in TO_PAGE if name in answer.headers}
    response = web.StreamResponse(status=answer.status, headers=headers | HARMLESS)
    await response.prepare(request)
    try:
        async for piece in answer.content.iter_any():
            await response.write(piece)
    except aiohttp.ClientError:
        response.force_close()
    return response


def _unreachable(error: aiohttp.ClientError) -> web.Response:
    told = {"error": "platform_unreachable", "message": f"the platform simulator does not answer: {error}"}
    return web.json_response(told, status=502)


async def _session(app: web.Application) -> AsyncIterator[None]:
    limits = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS)
    async with aiohttp.ClientSession(timeout=limits, auto_decompress=False) as session:
        app[SESSION] = session
        yield


async def _close(app: web.Application) -> None:
    await app[SESSION].close()
