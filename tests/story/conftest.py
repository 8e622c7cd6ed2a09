"""The product between its neighbours, on each of the two kinds of database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.store import open_store
from tests.support.story import Story, story

WORKER = "worker3"
Opened = Callable[..., AbstractAsyncContextManager[Story]]


@pytest.fixture
def opened(database_url: str, talk: Conversation, tmp_path: Path) -> Opened:
    """A community with one grid worker in WeCom and the city's back office behind it; the product closes its store."""

    @asynccontextmanager
    async def begin(**settings: object) -> AsyncIterator[Story]:
        async with story(open_store(database_url), talk, tmp_path, **settings) as running:
            running.hires(WORKER, "WGY3")
            running.goes_to_the_city()
            yield running

    return begin


@pytest.fixture
async def told(opened: Opened) -> AsyncIterator[Story]:
    """The same, with no template to tell anybody by."""
    async with opened() as running:
        yield running
