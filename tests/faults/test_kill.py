"""`kill -9` under load and at every step of a turn: what was acknowledged is there, once, with its reply."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.conversation import Conversation
from bot.store import Session, Store, inbox, open_store, outbox, transaction
from bot.store.spool import Spool
from bot.wording import notice
from tests.support import dying
from tests.support.desks import Told, opened
from tests.support.line import line, message
from tests.support.serving import Crowd, kept, served

ROUNDS = 2


async def test_killed_under_load(database_url: str, tmp_path: Path) -> None:
    """Many messages in flight, the server killed, looked at, and started again, several times."""
    chance = random.Random(20261122)  # noqa: S311 - the same moments each time, as far as the machine allows
    with served(database_url, tmp_path) as server:
        crowd = Crowd(server.url)
        talking = asyncio.create_task(crowd.talk())
        for _ in range(ROUNDS):
            await crowd.wait_for(len(crowd.acknowledged) + chance.randint(20, 80))
            await asyncio.to_thread(server.kill)
            acknowledged = {said.key for said in crowd.acknowledged}
            assert acknowledged <= await asyncio.to_thread(_kept_at, database_url)
            await asyncio.to_thread(server.start)
        await crowd.wait_for(len(crowd.acknowledged) + 20)
        crowd.go_home()
        await talking
        await crowd.repeat(crowd.acknowledged)
        assert await asyncio.to_thread(server.stop) == 0
    assert all(len(said.replies) == 2 for said in crowd.said)
    assert all(len(set(said.replies)) == 1 for said in crowd.said), "a repeated delivery got other bytes"
    assert await asyncio.to_thread(_kept_at, database_url) == {said.key for said in crowd.said}
    assert "Traceback" not in server.log


@pytest.mark.parametrize("room", [0, 1, 50, 200])
def test_a_spool_that_met_a_full_disk_goes_on_whole(tmp_path: Path, room: int) -> None:
    """What was refused is cut off in the file; what was taken before and after is read."""
    dying.keep_on_a_full_disk(tmp_path, room)
    spool = dying.spool(tmp_path)
    assert [message.key for message in spool.left_over()] == ["m0", "m2"]
    spool.close()


def test_a_spool_cut_off_anywhere_gives_back_what_is_whole(tmp_path: Path) -> None:
    """As after a power cut; and what is kept afterwards is not glued to the torn end."""
    spool = dying.spool(tmp_path)
    for number in range(2):
        spool.keep(message("婆婆", "修灯", f"m{number}"))
    spool.close()
    [file] = tmp_path.glob("*.spool")
    whole = file.read_bytes()
    first = len(whole) // 2
    for length in range(0, len(whole), 29):
        file.write_bytes(whole[:length])
        spool = dying.spool(tmp_path)
        left = [one.key for one in spool.left_over()]
        assert left == ["m0"] * (length >= first - 1) + ["m1"] * (length >= len(whole) - 1)
        spool.keep(message("婆婆", "修灯", "m2"))
        spool.close()
        spool = dying.spool(tmp_path)
        assert [one.key for one in spool.left_over()] == [*left, "m2"]
        spool.done(spool.left_over())
        spool.close()
        for one in tmp_path.glob("*.spool"):
            one.unlink()


def test_bytes_that_are_no_record_do_not_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "weizhan-0.spool").write_bytes(b"\xff\xfe\x00junk\n\n00\n")
    spool = dying.spool(tmp_path)
    assert spool.left_over() == []
    assert list(tmp_path.iterdir()) == []


def test_the_spool_of_a_process_that_lives_is_left_alone(tmp_path: Path) -> None:
    """Two workers on one folder: neither takes nor drops what the other has to answer for."""
    one, other = dying.spool(tmp_path), dying.spool(tmp_path)
    mine, theirs = message("婆婆", "修灯", "m1"), message("家长", "修灯", "m2")
    one.keep(mine)
    assert other.left_over() == []
    other.keep(theirs)
    other.done([theirs])
    assert len(list(tmp_path.glob("*.spool"))) == 1
    other.close()
    one.close()
    third = dying.spool(tmp_path)
    assert third.left_over() == [mine]
    third.close()


async def test_what_was_acknowledged_and_not_yet_written_is_answered_after_the_next_start(
    store: Store, tmp_path: Path, talk: Conversation
) -> None:
    """Nobody comes to the desk, the platform hears `success`, the process ends; the next one answers by a message."""
    async with line(store, talk, tmp_path, seal=talk.seal, reply_seconds=0.01, working=False) as running:
        exchange = await running.platform.says(running.platform.person("granny"), "居住证怎么办")
        assert exchange.raw_reply == "success"
    assert kept(store) == []
    told, spool = Told(), Spool(tmp_path, talk.seal)
    with opened(store, talk, told) as desk:
        told.wait([desk.ask_late(one) for one in spool.left_over()])
    spool.close()
    assert len(kept(store)) == 1
    with transaction(store) as session:
        assert outbox.by_state(session) == {"waiting": 1}


def _kept_at(database_url: str) -> set[tuple[str, str]]:
    store = open_store(database_url)
    rows = kept(store)
    store.close()
    assert len(rows) == len(set(rows))
    return set(rows)


def test_killed_at_every_step_of_a_turn(database_url: str, tmp_path: Path, talk: Conversation) -> None:
    """Five messages in one batch; the process dies before each statement, each commit, each announcement in turn."""
    store = open_store(database_url)
    step = 0
    while True:
        step += 1
        told_file = tmp_path / f"told-{step}"
        died = dying.answer_and_die(database_url, step, told_file)
        _check_step(store, talk, step, dying.read_told(told_file))
        if not died:
            break
    store.close()
    assert step > 20, "there are more steps in a turn than this"


def _check_step(store: Store, talk: Conversation, step: int, acknowledged: dict[str, str]) -> None:
    messages = dying.batch(step)
    with transaction(store) as session:
        before = {key for message in messages if (key := message.key) in _keys(session, step)}
    assert acknowledged.keys() <= before
    assert before in (set(), {message.key for message in messages}), "half a batch was kept"
    told = Told()
    with opened(store, talk, told) as desk:
        slips = [desk.ask_late(one) if one.key.startswith("late") else desk.ask(one) for one in messages]
        told.wait(slips)
    for slip in slips:
        assert slip.answered is not None
        assert slip.answered.reply.text == acknowledged.get(slip.message.key, slip.answered.reply.text) != ""
    with transaction(store) as session:
        assert _keys(session, step) == sorted({message.key for message in messages})
        assert outbox.by_state(session) == {"waiting": step}
        assert {row.kind for row in outbox.due(session, messages[0].sent_at, limit=100)} == {notice.LATE_REPLY}


def _keys(session: Session, step: int) -> list[str]:
    rows = session.scalars(select(col(inbox.Inbox.key)).where(col(inbox.Inbox.key).like(f"%-{step}")))
    return sorted(rows)


@pytest.mark.parametrize("size", [1, 2])
def test_a_process_that_dies_with_a_message_in_its_spool_leaves_it_to_the_next(tmp_path: Path, size: int) -> None:
    dying.keep_and_die(tmp_path, size)
    spool = dying.spool(tmp_path)
    left = spool.left_over()
    assert [message.key for message in left] == [f"m{number}" for number in range(size)]
    spool.done(left)
    assert list(tmp_path.glob("*.spool")) == []
    spool.close()
