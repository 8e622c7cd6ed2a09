"""`weizhan serve` with several workers: they share a port, are replaced when they die, and stop when told to."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from itertools import count
from pathlib import Path

import pytest

from bot.store import open_store
from tests.support import postgres
from tests.support.serving import Crowd, Served, kept, served

_names = (f"workers{number}" for number in count())


@pytest.fixture
def database(postgresql: postgres.Server) -> str:
    return postgresql.create(next(_names), template="town")


async def test_two_workers_answer_replace_the_dead_and_stop(database: str, tmp_path: Path) -> None:
    with served(database, tmp_path, "--workers", "2") as server:
        crowd = Crowd(server.url, people=8)
        talking = asyncio.create_task(crowd.talk())
        await crowd.wait_for(20)
        workers = server.children()
        assert len(workers) == 2
        os.kill(workers[0], signal.SIGKILL)
        await crowd.wait_for(len(crowd.acknowledged) + 20)
        crowd.go_home()
        await talking
        await asyncio.to_thread(replaced, server, workers[0])
        assert await asyncio.to_thread(server.stop) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in [*workers, *server.replacements])
    assert "Traceback" not in server.log
    store = open_store(database)
    assert sorted(kept(store)) == sorted(said.key for said in crowd.said)
    store.close()


def replaced(server: Served, dead: int) -> None:
    """Until another stands in the dead worker's place and says that it serves."""
    while server.log.count("serving on") < 3:
        assert server.process is not None
        assert server.process.poll() is None, server.log
    server.replacements = server.children()
    assert dead not in server.replacements
    assert len(server.replacements) == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_a_port_that_is_taken_is_one_line_and_the_end(database: str, tmp_path: Path, workers: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = Served(database, tmp_path, ("--workers", str(workers)), port=taken.getsockname()[1])
        server.launch()
        assert server.process is not None
        assert server.process.wait(timeout=120) == 1
    said = server.log.splitlines()
    assert "Traceback" not in server.log
    assert f"cannot listen on 127.0.0.1:{server.port}" in said[0]
    if workers > 1:
        assert "3 workers ended right after their start" in said[-1]
        assert sum("starting another" in line for line in said) == 2


def test_several_workers_need_postgresql(tmp_path: Path, template: Path) -> None:
    server = Served(f"sqlite:///{template}", tmp_path, ("--workers", "2"))
    server.launch()
    assert server.process is not None
    assert server.process.wait(timeout=60) == 1
    assert server.log.splitlines()[-1].startswith("weizhan: --workers needs PostgreSQL")
