"""The back office over a fresh sample community, with its sample staff."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.store import Store, open_store
from tests.support.console import Browser, House, new_browser, take_on
from tests.support.town import Town


@pytest.fixture(scope="session")
def staffed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample community with its staff, to be copied."""
    file = tmp_path_factory.mktemp("staffed") / "town.db"
    file.write_bytes(template.read_bytes())
    store = open_store(f"sqlite:///{file}")
    with House(Town(store, None)).transaction() as session:  # type: ignore[arg-type] # nobody talks here
        take_on(session, House.wall)
    store.close()
    return file


@pytest.fixture
def file_store(staffed: Path, tmp_path: Path) -> Iterator[Store]:
    file = tmp_path / "town.db"
    file.write_bytes(staffed.read_bytes())
    store = open_store(f"sqlite:///{file}")
    yield store
    store.close()


@pytest.fixture
async def house(file_store: Store, talk: Conversation) -> AsyncIterator[House]:
    async with House(Town(file_store, talk)) as open_house:
        yield open_house


@pytest.fixture
async def browser(house: House) -> AsyncIterator[Browser]:
    """Somebody's browser, not signed in."""
    one = new_browser(house)
    yield one
    await one.http.close()


@pytest.fixture
async def other(house: House) -> AsyncIterator[Browser]:
    """Another browser."""
    one = new_browser(house)
    yield one
    await one.http.close()


@pytest.fixture
async def clerk(browser: Browser) -> Browser:
    await browser.signs_in("clerk")
    return browser


@pytest.fixture
async def worker(other: Browser) -> Browser:
    """The worker of the third grid."""
    await other.signs_in("grid3")
    return other
