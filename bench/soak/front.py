"""What stands before a server in the real world: it keeps a delivery while there is nobody behind it."""

from __future__ import annotations

import asyncio

import aiohttp
from aiohttp import web

AGAIN_SECONDS = 0.05
HOST = "127.0.0.1"


class Front:
    """Passes everything on to one port; a delivery whose connection broke is delivered again, as platforms do."""

    def __init__(self, port: int) -> None:
        self._behind = f"http://{HOST}:{port}"
        self._http: aiohttp.ClientSession | None = None
        app = web.Application()
        app.router.add_post("/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        self.url = ""

    async def __aenter__(self) -> Front:
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self.url = f"http://{HOST}:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        if self._http is not None:
            await self._http.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        """Until somebody answers, or whoever asks has gone."""
        body = await request.read()
        while True:
            try:
                return await self._once(request, body)
            except aiohttp.ClientError:
                await asyncio.sleep(AGAIN_SECONDS)  # nobody there: it was killed a moment ago

    async def _once(self, request: web.Request, body: bytes) -> web.Response:
        assert self._http is not None
        headers = {"Content-Type": request.headers.get("Content-Type", "text/xml")}
        async with self._http.post(f"{self._behind}{request.path_qs}", data=body, headers=headers) as response:
            return web.Response(body=await response.read(), status=response.status, content_type="text/xml")
