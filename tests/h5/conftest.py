"""Residents at our pages: a browser without scripts, over real HTTP."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urljoin
from uuid import UUID

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Product
from bot.conversation import Conversation
from bot.rules import link
from bot.rules.link import Purpose
from bot.settings import Settings
from bot.store import Store, resident, transaction
from tests.conftest import SECRET
from tests.support.town import SUNDAY_MORNING

_LINK = re.compile(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_TAGS = re.compile(r"<(style|script)[^>]*>.*?</\1>|<[^>]+>", re.DOTALL)
_FORM = re.compile(r'<form id="step" method="(get|post)" action="([^"]+)">(.*?)</form>', re.DOTALL)
_RADIO = re.compile(r'<input type="radio" name="([^"]+)" value="([^"]+)"[^>]*><span>([^<]+)</span>')
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')


@dataclass
class Browser:
    """One browser; `text` is what stands on the page, `html` what it is made of."""

    client: TestClient[web.Request, web.Application]
    product: Product
    moment: datetime
    status: int = 0
    at: str = ""
    html: str = ""
    people: dict[str, UUID] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return " ".join(unescape(_TAGS.sub(" ", self.html)).split())

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)

    def person(self, name: str) -> UUID:
        """Somebody who has written before."""
        if name not in self.people:
            with transaction(self.product.store) as session:
                self.people[name] = resident.register(session, channel="official_account", sender=name, now=self.moment)
        return self.people[name]

    def link(self, name: str, to: str = "/h5/") -> str:
        """The link that the chat gives to somebody."""
        signed = link.sign(self.product.seal, Purpose.ENTRY, self.person(name), self.moment)
        return f"/h5/in/{signed}?to={to}"

    async def opens(self, path: str) -> str:
        """Go to an address; returns what can be read."""
        async with self.client.get(path) as answer:
            return await self._shown(answer)

    async def taps(self, words: str) -> str:
        """Follow the link with these words."""
        for address, inner in _LINK.findall(self.html):
            if words in unescape(_TAGS.sub(" ", inner)):
                return await self.opens(urljoin(self.at, unescape(address)))
        raise AssertionError(f"no link {words} on {self.at}: {self.text}")

    async def sends(self, to: str, **fields: str) -> str:
        """Fill in the form of the page and send it to `to`, hidden fields with it."""
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(self.html)}
        async with self.client.post(to, data={**hidden, **fields}) as answer:
            return await self._shown(answer)

    async def fills_in(self, **fields: str) -> str:
        """Fill in the page's form and tap its button."""
        form = _FORM.search(self.html)
        assert form, f"no form on {self.at}: {self.text}"
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(form[3])}
        address, how = unescape(form[2]), {**hidden, **fields}
        if form[1] == "post":
            async with self.client.post(address, data=how) as answer:
                return await self._shown(answer)
        async with self.client.get(address, params=how) as answer:
            return await self._shown(answer)

    async def chooses(self, words: str) -> str:
        """Tap what is to be chosen, and then the button."""
        for name, value, label in _RADIO.findall(self.html):
            if words == unescape(label):
                return await self.fills_in(**{name: unescape(value)})
        raise AssertionError(f"no choice {words} on {self.at}: {self.text}")

    async def _shown(self, answer: object) -> str:
        self.status, self.at, self.html = answer.status, answer.url.path_qs, await answer.text()  # type: ignore[attr-defined]
        return self.text


@pytest.fixture
async def browser(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Browser]:
    """A browser before the pages of the sample community, on each of the two databases."""
    clock: list[Browser] = []
    settings = Settings(secret_key=SECRET, wechat_token="token")
    product = Product(settings, store, talk, folder=tmp_path, now=lambda: clock[0].moment if clock else SUNDAY_MORNING)
    async with TestClient(TestServer(product.application()), cookie_jar=CookieJar(unsafe=True)) as client:
        clock.append(Browser(client, product, SUNDAY_MORNING.astimezone(UTC)))
        yield clock[0]
