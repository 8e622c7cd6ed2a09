"""Databases of both kinds: one with nothing in it, and a file with the sample community."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.store import Store, open_store
from tests.support import postgres

_names = (f"empty{number}" for number in count())


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database of each kind with nothing in it."""
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'empty.db'}")
        yield opened
        opened.close()
        return
    running: postgres.Server = request.getfixturevalue("postgresql")
    name = next(_names)
    opened = open_store(running.create(name))
    yield opened
    opened.close()
    running.drop(name)


@pytest.fixture
def file_store(tmp_path: Path, template: Path) -> Iterator[Store]:
    """A SQLite file with the sample community."""
    file = tmp_path / "town.db"
    file.write_bytes(template.read_bytes())
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.close()
