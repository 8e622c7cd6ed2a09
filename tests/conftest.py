"""Fixtures for every test: the understanding once, a fresh database each time, PostgreSQL for real."""

import os
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.conversation import Conversation
from bot.handlers import all_routers, other_routers
from bot.nlu import Understander, load_understander
from bot.privacy import Seal
from bot.rules.knowledge import live as what_is_live
from bot.rules.office import Office
from bot.samples import demo
from bot.store import Store, open_store, schema, transaction
from tests.support import postgres, room
from tests.support.town import CHENGDU, SUNDAY_MORNING, Town

ROOT = Path(__file__).parent.parent
SECRET = "a secret of the tests, long enough to be one"
_numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", action="store_true", help="keep the pictures of the staff's guide")
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails the run")


def pytest_configure() -> None:
    if (folder := room.for_files()) is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))


LONG = (
    "browser/test_console.py",
    "browser/test_console_calendar.py",
    "browser/test_console_knowledge.py",
    "browser/test_console_learning.py",
    "browser/test_h5.py",
    "browser/test_learning_story.py",
    "browser/test_lockers.py",
    "browser/test_sandbox_devices.py",
    "browser/test_sandbox_groups.py",
    "cabinets/test_fleet.py",
    "cabinets/test_storm.py",
    "console/test_sheets.py",
    "faults/test_soak.py",
    "story/test_edges.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make test` leaves the longest to `make test-long`, which runs these alone."""
    if config.getoption("-m") or any("::" in str(one) or str(one).endswith(".py") for one in config.args):
        return
    long = [item for item in items if str(item.path).endswith(LONG)]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in set(long)]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With --no-skips a run that left something out has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and session.config.getoption("--no-skips") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def knowledge() -> Understander:
    """The knowledge base of the repository; loading it is the slowest thing most tests need."""
    return load_understander(ROOT / "faq")


@pytest.fixture(scope="session")
def talk(knowledge: Understander, template: Path) -> Conversation:
    """The assistant, knowing what is live in the sample community."""
    store = open_store(f"sqlite:///{template}")
    with transaction(store) as session:
        live = what_is_live(Office(session, Seal(SECRET), CHENGDU, SUNDAY_MORNING))
    store.close()
    return Conversation(all_routers(), knowledge.knowing(live), Seal(SECRET), CHENGDU, other_routers())


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and the sample community, to be copied."""
    file = tmp_path_factory.mktemp("template") / "town.db"
    store = open_store(f"sqlite:///{file}")
    schema.create(store)
    with transaction(store) as session:
        demo.fill(session)
    store.close()
    return file


@pytest.fixture(scope="session")
def one_memory() -> Iterator[Store]:
    """A database in memory for one test after the other: its engine knows the statements it has compiled."""
    store = open_store("sqlite://")
    yield store
    store.close()


@pytest.fixture
def memory(template: Path, one_memory: Store) -> Store:
    """The sample community in memory, fresh."""
    store = Store(one_memory.engine, writers=1)
    with sqlite3.connect(template) as source, store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        source.backup(raw)
    source.close()
    return store


@pytest.fixture
def town(memory: Store, talk: Conversation) -> Town:
    return Town(memory, talk)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Server]:
    """A PostgreSQL of our own, with a template of the sample community.

    Its folder is not one of pytest's: the server runs as a user of its own, and pytest shuts its folders to others.
    """
    with (
        TemporaryDirectory(prefix="weizhan-pg-", dir=room.for_files()) as folder,
        postgres.server(Path(folder)) as running,
    ):
        store = open_store(running.create("town"))
        schema.create(store)
        with transaction(store) as session:
            demo.fill(session)
        store.close()
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, template: Path) -> Iterator[str]:
    """The address of a fresh database with the sample community, on each of the two kinds."""
    if request.param == "sqlite":
        file = tmp_path / "town.db"
        file.write_bytes(template.read_bytes())
        yield f"sqlite:///{file}"
        return
    running: postgres.Server = request.getfixturevalue("postgresql")
    name = f"town{next(_numbers)}"
    yield running.create(name, template="town")
    running.drop(name)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open store on each of the two kinds of database."""
    opened = open_store(database_url)
    yield opened
    opened.close()
