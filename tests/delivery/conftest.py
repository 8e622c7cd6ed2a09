"""A line on SQLite whose delivery moves when it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.store import Store, open_store
from tests.support.line import Line, line
from tests.support.news import Opened, newsroom


@pytest.fixture
def file_store(tmp_path: Path, template: Path) -> Store:
    file = tmp_path / "town.db"
    file.write_bytes(template.read_bytes())
    return open_store(f"sqlite:///{file}")


@pytest.fixture
async def running(file_store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Line]:
    """A line on SQLite; the delivery moves when it is told to."""
    async with line(file_store, talk, tmp_path, seal=talk.seal) as started:
        yield started
    file_store.close()


@pytest.fixture
async def impatient(file_store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Line]:
    """A line whose client waits a quarter of a second; only what never answers may be called through it."""
    async with line(file_store, talk, tmp_path, seal=talk.seal, seconds=0.25) as started:
        yield started
    file_store.close()


@pytest.fixture
def opened(file_store: Store, talk: Conversation, tmp_path: Path) -> Opened:
    return lambda means: newsroom(file_store, talk, tmp_path, means)
