"""A studio on SQLite, whose sender moves when it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.conversation import Conversation
from bot.store import Store, open_store
from tests.support.pushes import Studio, studio


@pytest.fixture
def file_store(tmp_path: Path, template: Path) -> Store:
    file = tmp_path / "town.db"
    file.write_bytes(template.read_bytes())
    opened = open_store(f"sqlite:///{file}")
    event.listen(opened.engine, "connect", lambda raw, _entry: raw.execute("PRAGMA synchronous=OFF"))
    return opened


@pytest.fixture
async def room(file_store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio without templates."""
    async with studio(file_store, talk, tmp_path) as found:
        yield found
    file_store.close()
