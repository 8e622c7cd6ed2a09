"""A cabinet's carrier over plain HTTP: it posts what it has to tell, and asks for commands in a long request."""

from __future__ import annotations

import asyncio
from random import random

import aiohttp

from bot.simulator.cabinet.cabinet import Cabinet
from bot.simulator.cabinet.mishap import Mishap

PROOF = "Weizhan-Letter"
MOST_AT_ONCE = 20
WAIT_SECONDS = 25
PAUSE_SECONDS = 1.0


class HttpCarrier:
    """Keeps one cabinet in touch with a server until it is cancelled."""

    def __init__(self, cabinet: Cabinet, url: str, http: aiohttp.ClientSession, beat_seconds: float = 60.0) -> None:
        self._cabinet = cabinet
        self._base = f"{url.rstrip('/')}/api/v1/cabinets/{cabinet.serial}"
        self._http = http
        self._beat_seconds = beat_seconds
        self._news = asyncio.Event()
        self._switched = asyncio.Event()
        cabinet.news = self._news.set
        cabinet.switched = self._switched.set

    async def run(self) -> None:
        """Connect, and connect again whenever something broke."""
        while True:
            if not self._cabinet.is_offline:
                await self._connected()
                self._cabinet.lost()
                await asyncio.sleep(PAUSE_SECONDS * (0.5 + random()))  # noqa: S311 - spreads, hides nothing
            await self._switched_to(offline=False)

    async def _connected(self) -> None:
        """Until the cabinet goes offline or the server does not answer."""
        self._cabinet.hello()
        doing = (self._tell(), self._ask(), self._beat(), self._switched_to(offline=True))
        works = [asyncio.create_task(work) for work in doing]
        try:
            done, _ = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if not isinstance(task.exception(), aiohttp.ClientError | TimeoutError | None):
                    task.result()
        finally:
            for task in works:
                task.cancel()
            await asyncio.gather(*works, return_exceptions=True)

    async def _tell(self) -> None:
        while True:
            if not (letters := self._cabinet.letters(MOST_AT_ONCE)):
                self._news.clear()
                await self._news.wait()
                continue
            for _ in range(2 if Mishap.DOUBLED in self._cabinet.mishaps else 1):
                async with self._http.post(f"{self._base}/events", data="\n".join(letters).encode()) as answer:
                    answer.raise_for_status()
                    self._hear(await answer.text())
            if self._cabinet.letters(1) == letters[:1]:
                await asyncio.sleep(PAUSE_SECONDS)  # not taken: the server has a trouble of its own

    async def _ask(self) -> None:
        while True:
            wait = {"wait": str(WAIT_SECONDS)}
            proof = {PROOF: self._cabinet.poll(WAIT_SECONDS)}
            async with self._http.get(f"{self._base}/commands", params=wait, headers=proof) as answer:
                answer.raise_for_status()
                self._hear(await answer.text())

    async def _beat(self) -> None:
        await asyncio.sleep(self._beat_seconds * random())  # noqa: S311 - spreads, hides nothing
        while True:
            self._cabinet.heartbeat()
            await asyncio.sleep(self._beat_seconds)

    async def _switched_to(self, *, offline: bool) -> None:
        while self._cabinet.is_offline is not offline:
            self._switched.clear()
            await self._switched.wait()

    def _hear(self, text: str) -> None:
        for letter in text.splitlines():
            for _ in range(2 if Mishap.DOUBLED in self._cabinet.mishaps else 1):
                self._cabinet.hear(letter)
