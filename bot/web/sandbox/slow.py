"""The one mishap that is the product's own: a desk that thinks for longer than WeChat waits."""

from threading import Event

from aiohttp import web

SECONDS = 6.0


class Slowness:
    """A switch between the page and the desk's thread."""

    def __init__(self) -> None:
        self.on = False
        self._off = Event()

    def set(self, *, on: bool) -> None:
        """Switch; a desk that is thinking stops doing so when it is switched off."""
        self.on = on
        if on:
            self._off.clear()
        else:
            self._off.set()

    def think(self) -> None:
        """Called at the desk for each message."""
        if self.on:
            self._off.wait(SECONDS)


def add_slowness(app: web.Application, slowness: Slowness) -> None:
    """Register `GET` and `POST /sandbox/slow`: `{"on": true}`."""

    async def look(_request: web.Request) -> web.Response:
        return web.json_response({"on": slowness.on})

    async def switch(request: web.Request) -> web.Response:
        try:
            asked = await request.json()
        except ValueError:
            asked = None
        if not isinstance(asked, dict) or not isinstance(asked.get("on"), bool):
            return web.json_response({"error": "bad_request", "message": '{"on": true|false}'}, status=400)
        slowness.set(on=asked["on"])
        return web.json_response({"on": slowness.on})

    async def stop(_app: web.Application) -> None:
        slowness.set(on=False)

    app.router.add_get("/sandbox/slow", look)
    app.router.add_post("/sandbox/slow", switch)
    app.on_shutdown.append(stop)
