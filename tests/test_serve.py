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
        await asyncio.to_thread(server.wait_said, "serving on", 2)
        crowd = Crowd(server.url, people=8)
        talking = asyncio.create_task(crowd.talk())
        await crowd.wait_for(20)
        first = server.children()
        os.kill(first[0], signal.SIGKILL)
        await crowd.wait_for(len(crowd.acknowledged) + 20)
        await asyncio.to_thread(server.wait_said, "serving on", 3)
        crowd.go_home()
        await talking
        second = server.children()
        assert await asyncio.to_thread(server.stop) == 0
    assert (len(first), len(second)) == (2, 2)
    assert set(first) & set(second) == {first[1]}
    assert not any(map(runs, [*first, *second]))
    assert "Traceback" not in server.log
    store = open_store(database)
    assert sorted(kept(store)) == sorted(said.key for said in crowd.said)
    store.close()


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_port_that_is_taken_is_one_line(database: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = Served(database, tmp_path, port=taken.getsockname()[1])
        assert server.run() == 1
    [said] = server.log.splitlines()
    assert said.startswith(f"weizhan: cannot listen on 127.0.0.1:{server.port}: ")
    assert said.endswith("; try --port")


def test_workers_that_cannot_start_are_given_up(database: str, tmp_path: Path) -> None:
    """Not started for ever: their own reason, three times, and one line in the end."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = Served(database, tmp_path, ("--workers", "2"), port=taken.getsockname()[1])
        assert server.run() == 1
    said = server.log.splitlines()
    assert said[-1] == "weizhan: 3 workers in a row could not start; see their errors above"
    assert said[0].startswith(f"weizhan: cannot listen on 127.0.0.1:{server.port}: ")
    assert sum("starting another" in line for line in said) == 2
    assert "Traceback" not in server.log


def test_what_no_worker_could_do_without_is_said_once(database: str, tmp_path: Path) -> None:
    server = Served(database, tmp_path, ("--workers", "2"), settings={"WEIZHAN_FAQ_DIR": "nowhere"})
    assert server.run() == 1
    [said] = server.log.splitlines()
    assert said.startswith("weizhan: WEIZHAN_FAQ_DIR")


def test_several_workers_need_postgresql(tmp_path: Path, template: Path) -> None:
    server = Served(f"sqlite:///{template}", tmp_path, ("--workers", "2"))
    assert server.run() == 1
    assert server.log.splitlines()[-1].startswith("weizhan: --workers needs PostgreSQL")
