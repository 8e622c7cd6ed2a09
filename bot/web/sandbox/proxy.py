"""Ways such as `/sandbox/platform/…` from the page to simulators on loopback, streams passed through unbuffered."""

from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web
from yarl import URL

CONNECT_SECONDS = 5.0
TO_PLATFORM = ("Accept", "Content-Type", "Last-Event-ID")
TO_PAGE = ("Content-Type", "Cache-Control", "Location")
# What a person sent may be anything; shown as a picture or read as JSON, it must never run as a page of ours.
HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


def add_proxy(app: web.Application, name: str, root: str) -> None:
    """Register the way through to `root` as `/sandbox/NAME/…`, with a client session of its own."""
    way = _Way(URL(root), name)
    app.router.add_get(f"/sandbox/{name}/{{tail:.*}}", way.pass_on)
    app.router.add_post(f"/sandbox/{name}/{{tail:.*}}", way.pass_on)
    app.cleanup_ctx.append(way.session)
    app.on_shutdown.append(way.end)  # the server waits for open streams before it cleans up


class _Way:
    """The session, and the answers still being passed back through it."""

    def __init__(self, root: URL, name: str) -> None:
        self._root = root
        self._name = name
        self._session: aiohttp.ClientSession | None = None
        self._passing: set[aiohttp.ClientResponse] = set()

    async def session(self, _app: web.Application) -> AsyncIterator[None]:
        limits = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS)
        async with aiohttp.ClientSession(timeout=limits, auto_decompress=False) as self._session:
            yield

    async def end(self, _app: web.Application) -> None:
        for answer in self._passing:
            answer.close()

    async def pass_on(self, request: web.Request) -> web.StreamResponse:
        try:
            answer = await self._ask(request)
        except aiohttp.ClientError as error:
            return _unreachable(self._name, error)
        self._passing.add(answer)
        try:
            async with answer:
                return await _pass_back(request, answer)
        finally:
            self._passing.discard(answer)

    async def _ask(self, request: web.Request) -> aiohttp.ClientResponse:
        if self._session is None:
            raise RuntimeError("the application has not started")
        target = self._root.with_path("/" + request.match_info["tail"]).with_query(request.query)
        headers = {name: request.headers[name] for name in TO_PLATFORM if name in request.headers}
        body = request.content if request.can_read_body else None
        return await self._session.request(request.method, target, headers=headers, data=body, allow_redirects=False)


async def _pass_back(request: web.Request, answer: aiohttp.ClientResponse) -> web.StreamResponse:
    """Status and body as they come, each piece at once; a stream broken off on either side ends here."""
    headers = {name: answer.headers[name] for name in TO_PAGE if name in answer.headers}
    response = web.StreamResponse(status=answer.status, headers=headers | HARMLESS)
    await response.prepare(request)
    try:
        async for piece in answer.content.iter_any():
            await response.write(piece)
    except aiohttp.ClientError:
        response.force_close()
    return response


def _unreachable(name: str, error: aiohttp.ClientError) -> web.Response:
    told = {"error": f"{name}_unreachable", "message": f"the simulator does not answer: {error}"}
    return web.json_response(told, status=502)
