"""A product with cabinets, behind real HTTP and, where a test asks for it, a real broker."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import Product
from bot.conversation import Conversation
from bot.store import open_store
from tests.support.cabinets import Broker, Estate, broker
from tests.support.served import Line, product, serving, store_in


@pytest.fixture
def estate(tmp_path: Path, template: Path) -> Iterator[Estate]:
    """The sample community in a file, seen beside the running product."""
    store_in(tmp_path, template).close()
    store = open_store(f"sqlite:///{tmp_path / 'town.db'}")
    yield Estate(store)
    store.close()


def made(tmp_path: Path, talk: Conversation, mqtt_url: str = "") -> Product:
    store = open_store(f"sqlite:///{tmp_path / 'town.db'}")
    return product(store, talk, tmp_path, now=lambda: datetime.now(UTC), mqtt_url=mqtt_url)


@pytest.fixture
async def server(estate: Estate, tmp_path: Path, talk: Conversation) -> AsyncIterator[Line]:
    """The product on a free port."""
    async with serving(made(tmp_path, talk)) as line:
        yield line


@pytest.fixture
def mosquitto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with broker(tmp_path_factory.mktemp("broker"), "T0001", "T0002", "T0003", "fleet") as own:
        yield own
