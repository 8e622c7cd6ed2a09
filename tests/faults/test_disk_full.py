"""The disk full: a clear sentence for the resident, nothing pretended, and everything as before when there is space."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import event

from bot.conversation import Conversation
from bot.simulator import Outcome
from bot.simulator.people import Person
from bot.store import Store, open_store, transaction
from bot.store.inbox import opening
from bot.wording import desk as say
from tests.support.line import line
from tests.support.serving import ACCOUNT, Said, deliver, kept, opened_reply, served

QUESTION = "居住证怎么办"


class SmallDisk:
    """A SQLite file that can be kept from growing."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._full = False
        event.listen(store.engine, "connect", self._connected)

    def fill(self) -> None:
        self._full = True
        self.store.engine.dispose()

    def clear(self) -> None:
        self._full = False
        self.store.engine.dispose()

    def _connected(self, connection: object, _entry: object) -> None:
        if self._full:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
            connection.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]


@pytest.fixture
def disk(tmp_path: Path, template: Path) -> Iterator[SmallDisk]:
    file = tmp_path / "town.db"
    file.write_bytes(template.read_bytes())
    store = open_store(f"sqlite:///{file}")
    yield SmallDisk(store)
    store.close()


async def test_residents_are_told_and_nothing_is_pretended(disk: SmallDisk, talk: Conversation, tmp_path: Path) -> None:
    async with line(disk.store, talk, tmp_path, seal=talk.seal) as running:
        disk.fill()
        refused: list[Person] = []
        while len(refused) < 3:
            person = running.platform.add_person(f"住户{len(running.platform.people)}")
            exchange = await running.platform.says(person, QUESTION)
            assert exchange.outcome is Outcome.REPLIED
            if exchange.text == say.NOT_STORED:
                refused.append(person)
            else:
                assert "派出所" in exchange.text
        stored = len(kept(disk.store))
        assert stored == len(running.platform.exchanges()) - 3
        with transaction(disk.store) as session:
            assert [opening(session, channel="official_account", sender=one.openid, key="") for one in refused] == (
                [None] * 3
            )
        disk.clear()
        for person in refused:
            assert "派出所" in (await running.platform.says(person, QUESTION)).text
        assert len(kept(disk.store)) == stored + 3


async def test_what_neither_database_nor_spool_can_keep_is_not_acknowledged(
    disk: SmallDisk, talk: Conversation, tmp_path: Path
) -> None:
    """The platform delivers it again instead of believing it safe."""
    (tmp_path / "no-folder").write_text("")
    folder = tmp_path / "no-folder" / "below"
    async with line(disk.store, talk, folder, seal=talk.seal, reply_seconds=0.01, working=False) as running:
        exchange = await running.platform.says(running.platform.person("granny"), QUESTION)
        assert [attempt.status for attempt in exchange.attempts] == [503, 503, 503]


async def test_a_whole_server_on_a_full_disk_stays_up_and_recovers(disk: SmallDisk, tmp_path: Path) -> None:
    """Nothing can be written any more, by nobody: no row, no spool, no line of the log."""
    with served(str(disk.store.engine.url), tmp_path) as server:
        async with aiohttp.ClientSession() as http:

            async def ask(number: int) -> str:
                said = Said("o" + "1" * 27, QUESTION, number, int(time.time()))
                status, body = await deliver(http, server.url, said)
                assert status == 200
                return opened_reply(ACCOUNT, body)

            assert "派出所" in await ask(1)
            _, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (1, hard))
            assert [await ask(number) for number in (2, 3, 4)] == [say.NOT_STORED] * 3
            async with http.get(f"{server.url}/healthz") as alive:
                assert alive.status == 200
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (hard, hard))
            assert "派出所" in await ask(2)
            assert "派出所" in await ask(5)
        assert server.stop() == 0
    assert len(kept(disk.store)) == 3
    assert "Traceback" not in server.log
