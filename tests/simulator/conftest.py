"""A simulator on a standing clock, the webhook it pushes to, and a client of its API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.simulator import Platform, SimClock
from bot.simulator.echo import Echo
from tests.simulator.client import APP_ID, KEY, SECRET, TOKEN, Api

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
async def echo() -> AsyncIterator[Echo]:
    webhook = Echo(TOKEN, APP_ID, KEY)
    yield webhook
    await webhook.stop()


@pytest.fixture
async def platform(echo: Echo) -> AsyncIterator[Platform]:
    async with await Platform.start(
        webhook_url=await echo.start(),
        token=TOKEN,
        app_id=APP_ID,
        app_secret=SECRET,
        aes_key=KEY,
        mode="secure",
        clock=SimClock(NOON),
    ) as running:
        yield running


@pytest.fixture
async def api(platform: Platform) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        client = Api(platform.api_base, session)
        await client.sign_in()
        yield client


@pytest.fixture
async def http(platform: Platform) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(platform.api_base) as session:
        yield session
