"""The office as a server: its Open311 counter, and a control API under /_office/ that switches and watches it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import aiohttp
from aiohttp import web

from bot.simulator.back_office.books import Books, Fault, Kind, Said
from bot.simulator.back_office.desk import Counter
from bot.simulator.control.requests import Handler, answered, read
from bot.simulator.errors import Refused
from bot.simulator.jsons import dumps

HOST = "127.0.0.1"
HEARTBEAT_SECONDS = 15.0
GRACE_SECONDS = 0.5


class BackOffice:
    """Serves its books on loopback. With `push_to` its reports are also posted there, with `push_key`."""

    def __init__(self, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.books = Books(now)
        self.push_to, self.push_key = "", ""
        self._closing = asyncio.Event()
        app = web.Application(middlewares=[_refusals])
        app.add_routes(Counter(self.books).routes())
        app.add_routes(
            [
                web.get("/_office/state", self._state),
                web.post("/_office/mode", self._mode),
                web.post("/_office/say", self._say),
                web.get("/_office/events", self._events),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_SECONDS)
        self.port = 0

    @property
    def root(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def address(self) -> str:
        """Where others speak Open311 with it."""
        return f"{self.root}/open311"

    async def start(self, port: int = 0) -> None:
        """Listen; port 0 takes a free one. Raises OSError for a port taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        self.port = self._runner.addresses[0][1]

    async def __aenter__(self) -> BackOffice:
        """Serve within a block, on a free port unless it listens already."""
        if not self.port:
            await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        self._closing.set()
        self.books.behave(fault=Fault.NONE)
        await self._runner.cleanup()

    async def say(self, number: str, status: str, description: str = "", *, code: str = "") -> Said:
        """Report on a request, and push it where that is set up. Raises Refused for a number it does not have."""
        held = self.books.of_number(number) or self.books.of_reference(number)
        if held is None:
            raise Refused("bad_request", f"there is no request {number}")
        said = self.books.say(held, status, description, code=code)
        if self.push_to:
            await self._push(said)
        return said

    async def _push(self, said: Said) -> None:
        form = {
            "api_key": self.push_key,
            "service_request_id": said.number,
            "update_id": said.update_id,
            "updated_datetime": said.at.isoformat(),
            "status": said.status,
            "external_status_code": said.code,
            "description": said.description,
        }
        async with aiohttp.ClientSession() as session, session.post(self.push_to, data=form) as response:
            if response.status >= 400:
                raise Refused("bad_request", f"the update was refused with {response.status}")

    async def _state(self, _: web.Request) -> web.Response:
        return answered(self.books.as_json())

    async def _mode(self, request: web.Request) -> web.Response:
        body = await read(request)
        kind, fault = body.text_or("kind"), body.text_or("fault")
        self.books.dedups = body.flag("dedups", default=self.books.dedups)
        self.books.resolves_after = int(body.number_or("resolves_after", self.books.resolves_after))
        self.books.behave(kind=Kind(kind) if kind else None, fault=Fault(fault) if fault else None)
        return answered(self.books.as_json())

    async def _say(self, request: web.Request) -> web.Response:
        body = await read(request)
        said = await self.say(
            body.text("request"), body.text("status"), body.text_or("description"), code=body.text_or("code")
        )
        return answered({"update_id": said.update_id})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """The whole state at every change, for a page that watches."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
        await response.prepare(request)
        seen = -1
        try:
            while not self._closing.is_set():
                if await self.books.wait_changed(seen, HEARTBEAT_SECONDS):
                    seen = self.books.last
                    frame = f"id: {seen}\nevent: office\ndata: {dumps(self.books.as_json())}\n\n"
                    await response.write(frame.encode())
                else:
                    await response.write(b": still here\n\n")
        except (ConnectionError, asyncio.CancelledError):
            pass  # the reader has gone; it will come again
        return response


@web.middleware
async def _refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers a control request that cannot be done as JSON."""
    if not request.path.startswith("/_office/"):
        return await handler(request)
    try:
        return await handler(request)
    except Refused as refused:
        return answered({"error": refused.code, "message": refused.message}, 400)
    except ValueError as error:
        return answered({"error": "bad_request", "message": str(error)}, 400)
