"""The further devices on the table: the staff's WeCom, the groups, the city's back office; what happens there, live."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import aiohttp
from aiohttp import web
from yarl import URL

from bot.web.sandbox.proxy import add_proxy

AGAIN_SECONDS = 1.0
LONGEST_NEWS = 4 * 1024 * 1024  # bytes: the books of an office come as a whole
READY, LOST = "ready", "lost"


class Device(StrEnum):
    """A simulator with a control API; its page is drawn from that."""

    WECOM = "wecom"
    CITY = "city"
    ASSISTANT = "assistant"


EVENTS = {Device.WECOM: "/_sim/events", Device.CITY: "/_office/events", Device.ASSISTANT: "/_sim/events"}


@dataclass(frozen=True, slots=True)
class Feed:
    """One device's own stream of events, wherever that is."""

    name: str
    events: URL

    async def follow(self) -> AsyncIterator[str]:
        """Its events as ours. `ready` comes before the first of each connection: from then on nothing is missed."""
        forever = aiohttp.ClientTimeout(total=None)
        async with aiohttp.ClientSession(timeout=forever, read_bufsize=LONGEST_NEWS) as session:
            while True:
                try:
                    async with session.get(self.events) as answer:
                        yield self._told(READY, "{}")
                        while block := await answer.content.readuntil(b"\n\n"):
                            if (fields := _fields(block.decode())).get("data"):
                                yield self._told(fields["event"], fields["data"])
                except aiohttp.ClientError:
                    pass  # the page reads that it is lost, and we try again
                yield self._told(LOST, "{}")
                await asyncio.sleep(AGAIN_SECONDS)

    def _told(self, event: str, data: str) -> str:
        return f'event: {self.name}\ndata: {{"event": "{event}", "data": {data}}}\n\n'


def add_devices(app: web.Application, roots: Mapping[Device, str]) -> list[Feed]:
    """Register `/sandbox/devices` and a way to each; returns their streams, for the page's own."""

    async def there(_request: web.Request) -> web.Response:
        return web.json_response({"devices": [device.value for device in roots]})

    app.router.add_get("/sandbox/devices", there)
    for device, root in roots.items():
        add_proxy(app, device.value, root)
    return [Feed(device.value, URL(root).with_path(EVENTS[device])) for device, root in roots.items()]


def _fields(block: str) -> dict[str, str]:
    """What a block of a stream says, by name; comments say nothing."""
    named = (line.partition(": ") for line in block.splitlines())
    return {name: value for name, _, value in named if name}
