"""The shop window: simulated phones, a look behind the scenes, and the way through to the platform simulator."""

from aiohttp import web

from bot.web.sandbox.files import add_files
from bot.web.sandbox.inside import Inside
from bot.web.sandbox.proxy import add_proxy
from bot.web.sandbox.slow import Slowness, add_slowness
from bot.web.sandbox.stream import add_stream

__all__ = ["Inside", "Slowness", "add_sandbox"]


def add_sandbox(app: web.Application, *, platform: str, inside: Inside, slowness: Slowness | None = None) -> None:
    """Serve `/sandbox/`. `platform` is the simulator's root, e.g. `http://127.0.0.1:8100`."""
    add_files(app)
    add_proxy(app, platform=platform)
    add_stream(app, inside=inside)
    add_slowness(app, slowness or Slowness())
