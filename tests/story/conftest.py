"""The product between its neighbours, on each of the two kinds of database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.store import Store, open_store
from tests.support.story import Story, story

WORKER = "worker3"


@pytest.fixture
async def town_story(database_url: str, talk: Conversation, tmp_path: Path) -> AsyncIterator[Story]:
    """A community with one grid worker in WeCom and the city's back office behind it."""
    async with story(_opened(database_url), talk, tmp_path) as running:
        running.hires(WORKER, "WGY3")
        running.goes_to_the_city()
        yield running


def _opened(database_url: str) -> Store:
    """The product closes it itself."""
    return open_store(database_url)
