"""The shop window: simulated phones and devices, a look behind the scenes, and the ways through to the simulators."""

from collections.abc import Mapping

from aiohttp import web

from bot.web.sandbox.devices import Device, add_devices
from bot.web.sandbox.files import add_files
from bot.web.sandbox.frames import allow_frames
from bot.web.sandbox.inside import Inside
from bot.web.sandbox.proxy import add_proxy
from bot.web.sandbox.slow import Slowness, add_slowness
from bot.web.sandbox.stream import add_stream

__all__ = ["Device", "Inside", "Slowness", "add_sandbox"]


def add_sandbox(
    app: web.Application,
    *,
    platform: str,
    inside: Inside,
    slowness: Slowness | None = None,
    devices: Mapping[Device, str] | None = None,
) -> None:
    """Serve `/sandbox/`. `platform` and those of `devices` are simulators' roots, e.g. `http://127.0.0.1:8100`."""
    add_files(app)
    add_proxy(app, "platform", platform)
    add_stream(app, inside=inside, devices=add_devices(app, devices or {}))
    add_slowness(app, slowness or Slowness())
    allow_frames(app)
