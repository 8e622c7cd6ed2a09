"""`kill -9` under load and at every step of a turn: what was acknowledged is there, once, with its reply."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.store import Store, inbox, open_store, outbox, transaction
from bot.wording import notice
from tests.support import dying
from tests.support.desks import Told, opened
from tests.support.serving import Crowd, kept, served

ROUNDS = 3


async def test_killed_under_load(database_url: str, tmp_path: Path) -> None:
    """Many messages in flight, the server killed, looked at, and started again, several times."""
    chance = random.Random(20261122)  # noqa: S311 - the same moments each time, as far as the machine allows
    with served(database_url, tmp_path) as server:
        crowd = Crowd(server.url)
        talking = asyncio.create_task(crowd.talk())
        for _ in range(ROUNDS):
            await crowd.wait_for(len(crowd.acknowledged) + chance.randint(30, 150))
            await asyncio.to_thread(server.kill)
            acknowledged = {said.key for said in crowd.acknowledged}
            assert acknowledged <= await asyncio.to_thread(_kept_at, database_url)
            await asyncio.to_thread(server.start)
        await crowd.wait_for(len(crowd.acknowledged) + 50)
        crowd.go_home()
        await talking
        await crowd.repeat(crowd.acknowledged)
        assert await asyncio.to_thread(server.stop) == 0
    assert all(len(said.replies) == 2 for said in crowd.said)
    assert all(len(set(said.replies)) == 1 for said in crowd.said), "a repeated delivery got other bytes"
    assert await asyncio.to_thread(_kept_at, database_url) == {said.key for said in crowd.said}
    assert "Traceback" not in server.log


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
        assert {row.kind for row in outbox.due(session, messages[0].sent_at, 100)} == {notice.LATE_REPLY}


def _keys(session: inbox.Session, step: int) -> list[str]:
    from sqlalchemy import select

    rows = session.scalars(select(inbox.Inbox.key).where(inbox.Inbox.key.like(f"%-{step}")))  # type: ignore[attr-defined]
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
