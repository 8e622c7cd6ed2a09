"""A product that other systems call over real HTTP, on each of the two databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Product
from bot.conversation import Conversation
from bot.rules.forwarding.destinations import add_key
from bot.settings import Settings
from bot.store import Store, transaction
from tests.conftest import SECRET
from tests.support.town import SUNDAY_MORNING


@dataclass
class System:
    """Another system: it calls, with a key or without."""

    client: TestClient[web.Request, web.Application]
    product: Product
    moment: datetime = field(default_factory=lambda: SUNDAY_MORNING.astimezone(UTC))
    secret: str = ""

    async def gets(self, path: str, *, secret: str | None = None, **query: str) -> tuple[int, Any]:
        return await self._calls("GET", path, secret, params=query)

    async def posts(
        self, path: str, body: object = None, *, secret: str | None = None, key: str = ""
    ) -> tuple[int, Any]:
        headers = {"Idempotency-Key": key} if key else {}
        return await self._calls("POST", path, secret, json=body, headers=headers)

    async def resident(self, sender: str) -> str:
        """A token for somebody."""
        status, said = await self.posts("/residents/token", {"sender": sender}, secret=self.secret)
        assert status == 201
        return str(said["token"])

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)

    async def _calls(self, verb: str, path: str, secret: str | None, **how: Any) -> tuple[int, Any]:
        headers = how.pop("headers", {})
        if secret:
            headers["Authorization"] = f"Bearer {secret}"
        async with self.client.request(verb, f"/api/v1{path}", headers=headers, **how) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def system(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[System]:
    """A mini-program's server with a key of its own, before the sample community on a Sunday morning."""
    settings = Settings(secret_key=SECRET, wechat_token="token")
    found: list[System] = []
    product = Product(settings, store, talk, folder=tmp_path, now=lambda: found[0].moment if found else SUNDAY_MORNING)
    with transaction(store) as session:
        secret = add_key(product.office(session), "mini-program", may_post=True)
    async with TestClient(TestServer(product.application())) as client:
        found.append(System(client, product, secret=secret))
        yield found[0]
