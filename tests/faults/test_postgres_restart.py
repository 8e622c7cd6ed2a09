"""PostgreSQL restarted under load, politely and at once: nothing acknowledged is lost, nothing is kept twice."""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path

import aiohttp
import pytest

from bot.store import open_store
from tests.support import postgres
from tests.support.serving import Crowd, Served, kept, served

_names = (f"restarted{number}" for number in count())


@pytest.fixture
def database(postgresql: postgres.Server) -> str:
    return postgresql.create(next(_names), template="town")


@pytest.mark.parametrize("how", ["fast", "immediate"])
async def test_restarted_under_load(postgresql: postgres.Server, database: str, tmp_path: Path, how: str) -> None:
    with served(database, tmp_path) as server:
        crowd = Crowd(server.url, people=12)
        talking = asyncio.create_task(crowd.talk())
        await crowd.wait_for(30)
        await asyncio.to_thread(postgresql.run, "restart", "-m", how)
        await crowd.wait_for(len(crowd.acknowledged) + 60)
        crowd.go_home()
        await talking
        await ready(server)
        assert await asyncio.to_thread(server.stop) == 0
        assert "Traceback" not in server.log
    store = open_store(database)
    rows = kept(store)
    store.close()
    assert sorted(rows) == sorted(said.key for said in crowd.said)
    assert {status for said in crowd.said for status in said.statuses} <= {200, 503}
    assert all(b"<Encrypt>" in reply or reply == b"success" for said in crowd.said for reply in said.replies)


async def ready(server: Served) -> None:
    """Until the server says that it answers again."""
    async with aiohttp.ClientSession() as http:
        while True:
            async with http.get(f"{server.url}/readyz") as response:
                if response.status == 200:
                    return
