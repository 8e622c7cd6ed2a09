"""The HTTP server on loopback: the API side, the codes' pictures, and the control API."""

from __future__ import annotations

from aiohttp import web

from bot.simulator import authorize
from bot.simulator.api.gate import UPLOAD_BYTES, answer
from bot.simulator.control import acts, stream
from bot.simulator.control.cabinets import CabinetControl
from bot.simulator.control.requests import refusals
from bot.simulator.control.world import WorldControl
from bot.simulator.phones import Phones
from bot.simulator.world import World

HOST = "127.0.0.1"
GRACE_SECONDS = 0.5


def application(world: World, phones: Phones) -> web.Application:
    """All routes. The API is a catch-all, so that an unknown call too gets an error code."""

    async def call(request: web.Request) -> web.StreamResponse:
        return await answer(world, request)

    app = web.Application(client_max_size=UPLOAD_BYTES, middlewares=[refusals])
    app.add_routes(WorldControl(world).routes())
    app.add_routes(acts.routes(world, phones))
    app.add_routes(authorize.routes(world))
    app.add_routes(stream.routes(world))
    app.add_routes(CabinetControl(world.park).routes())
    app.add_routes([web.route("*", f"/{prefix}/{{rest:.+}}", call) for prefix in ("cgi-bin", "wxaapi", "sns")])
    return app


class Server:
    """Serves a world until it is stopped."""

    def __init__(self, world: World, phones: Phones) -> None:
        self._world = world
        app = application(world, phones)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_SECONDS)

    async def start(self, port: int) -> None:
        """Listen; port 0 takes a free one, `world.root_url` then tells which. Raises OSError for a port taken."""
        await self._world.open()
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, port).start()
        except OSError:
            await self.stop()
            raise
        bound = self._runner.addresses[0][1]
        self._world.root_url = f"http://{HOST}:{bound}"

    async def stop(self) -> None:
        await self._world.close()
        await self._runner.cleanup()
