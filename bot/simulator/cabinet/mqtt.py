"""Cabinets' carrier over MQTT: one connection for a cabinet, or, in a fleet, one for many of them."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from random import random
from urllib.parse import unquote, urlsplit

import aiomqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from bot.simulator.cabinet.cabinet import Cabinet
from bot.simulator.cabinet.mishap import Mishap

_QUIET = logging.getLogger("bot.simulator.cabinet.mqtt")
_QUIET.setLevel(logging.ERROR)  # that many messages are on their way at once is no news
TOPICS = "weizhan/cabinets"
AGAIN_SECONDS = 5.0
PAUSE_SECONDS = 1.0
KEPT_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Account:
    """Where the broker is, and how to sign in there."""

    host: str
    port: int
    username: str | None
    password: str | None
    tls: bool

    @classmethod
    def read(cls, url: str) -> Account:
        """Raises ValueError for anything but mqtt:// or mqtts:// with a host."""
        parts = urlsplit(url)
        if parts.scheme not in ("mqtt", "mqtts") or not parts.hostname:
            raise ValueError("the broker's address must begin with mqtt:// or mqtts://")
        tls = parts.scheme == "mqtts"
        name, word = (unquote(part) if part else None for part in (parts.username, parts.password))
        return cls(parts.hostname, parts.port or (8883 if tls else 1883), name, word, tls)


class MqttCarrier:
    """Keeps cabinets in touch with a broker until it is cancelled."""

    def __init__(self, cabinets: Sequence[Cabinet], account: Account, name: str, beat_seconds: float = 60.0) -> None:
        self._cabinets = {cabinet.serial: cabinet for cabinet in cabinets}
        self._account = account
        self._name = name
        self._beat_seconds = beat_seconds
        self._dirty: asyncio.Queue[Cabinet] = asyncio.Queue()
        self._flying: dict[str, tuple[str, float]] = {}
        for cabinet in cabinets:
            cabinet.news = partial(self._dirty.put_nowait, cabinet)
            cabinet.switched = partial(self._switched, cabinet)

    async def run(self) -> None:
        """Connect, and connect again whenever something broke."""
        while True:
            try:
                await self._connected()
            except aiomqtt.MqttError:
                pass
            finally:
                for cabinet in self._cabinets.values():
                    cabinet.lost()
            await asyncio.sleep(PAUSE_SECONDS * (0.5 + random()))  # noqa: S311 - spreads, hides nothing

    async def _connected(self) -> None:
        async with self._client() as client:
            topics = [(f"{TOPICS}/{serial}/down", 1) for serial in self._cabinets]
            for start in range(0, len(topics), 100):
                await client.subscribe(topics[start : start + 100])
            self._flying.clear()
            for cabinet in self._cabinets.values():
                self._switched(cabinet)
            works = [asyncio.create_task(work) for work in (self._hear(client), self._tell(client), self._beat())]
            try:
                done, _ = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                for task in works:
                    task.cancel()
                await asyncio.gather(*works, return_exceptions=True)

    async def _hear(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            serial = message.topic.value.removeprefix(f"{TOPICS}/").removesuffix("/down")
            cabinet = self._cabinets.get(serial)
            if cabinet is None or cabinet.is_offline:
                continue
            for _ in range(2 if Mishap.DOUBLED in cabinet.mishaps else 1):
                cabinet.hear(bytes(message.payload).decode())

    async def _tell(self, client: aiomqtt.Client) -> None:
        """One message of a cabinet at a time; the next when it was taken, the same when that takes too long."""
        while True:
            cabinets = {await self._dirty.get()}
            while not self._dirty.empty():
                cabinets.add(self._dirty.get_nowait())
            letters = [(cabinet, letter) for cabinet in cabinets if (letter := self._next(cabinet)) is not None]
            await asyncio.gather(*(self._publish(client, cabinet, letter) for cabinet, letter in letters))

    def _next(self, cabinet: Cabinet) -> str | None:
        if cabinet.is_offline or not (head := cabinet.letters(1)):
            return None
        loop = asyncio.get_running_loop()
        flying = self._flying.get(cabinet.serial)
        if flying is not None and flying[0] == head[0] and loop.time() - flying[1] < AGAIN_SECONDS - 0.1:
            return None
        self._flying[cabinet.serial] = (head[0], loop.time())
        loop.call_later(AGAIN_SECONDS, self._dirty.put_nowait, cabinet)
        return head[0]

    async def _publish(self, client: aiomqtt.Client, cabinet: Cabinet, letter: str) -> None:
        for _ in range(2 if Mishap.DOUBLED in cabinet.mishaps else 1):
            await client.publish(f"{TOPICS}/{cabinet.serial}/up", letter, qos=1)

    async def _beat(self) -> None:
        """Each cabinet once in a while, spread evenly."""
        pause = self._beat_seconds / len(self._cabinets)
        await asyncio.sleep(pause * random())  # noqa: S311 - spreads, hides nothing
        while True:
            for cabinet in list(self._cabinets.values()):
                if not cabinet.is_offline:
                    cabinet.heartbeat()
                await asyncio.sleep(pause)

    def _switched(self, cabinet: Cabinet) -> None:
        """Off line nothing comes or goes; back again it says hello."""
        if cabinet.is_offline:
            cabinet.lost()
        elif not cabinet.connected:
            self._flying.pop(cabinet.serial, None)
            cabinet.hello()

    def _client(self) -> aiomqtt.Client:
        account = self._account
        kept = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call] # the library has no types here
        kept.SessionExpiryInterval = KEPT_SECONDS
        return aiomqtt.Client(
            account.host,
            account.port,
            username=account.username,
            password=account.password,
            identifier=self._name,
            protocol=aiomqtt.ProtocolVersion.V5,
            clean_start=False,
            properties=kept,
            tls_context=ssl.create_default_context() if account.tls else None,
            logger=_QUIET,
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
        )
