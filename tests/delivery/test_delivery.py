"""Notices on their way out, to the simulated platform over real HTTP."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.official_account.client import Answer, Send
from bot.channels.official_account.errcodes import react
from bot.conversation import Conversation
from bot.delivery import LOST_AFTER, Delivery
from bot.delivery.letters import Letter
from bot.desk import Desk
from bot.store import Store, open_store, outbox, transaction
from tests.support.desks import Gated, Told, opened
from tests.support.line import NOON, Line, line, message, residents

QUESTION = "居住证怎么办"


async def test_a_notice_arrives_as_a_message(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notice = running.put(granny, "您报修的楼道灯修好了")
    await running.send_all()
    assert running.shown(granny) == ["您报修的楼道灯修好了"]
    row = running.row(notice)
    assert (row.state, row.tries, row.reason) == ("sent", 1, "")
    assert row.sent_at == NOON


async def test_a_late_reply_arrives_as_a_message(file_store: Store, talk: Conversation, tmp_path: Path) -> None:
    gated = Gated(talk, QUESTION)
    async with line(file_store, gated, tmp_path, seal=talk.seal, reply_seconds=0.01) as running:
        granny = running.platform.person("granny")
        exchange = await running.platform.says(granny, QUESTION)
        assert exchange.raw_reply == "success"
        gated.gate.set()
        while not await running.delivery.send_due():
            pass
        [late] = running.shown(granny)
        assert "派出所" in late
        assert running.states() == {"sent": 1}
    file_store.close()


async def test_choices_of_a_late_reply_can_be_tapped(file_store: Store, talk: Conversation, tmp_path: Path) -> None:
    gated = Gated(talk, "你好")
    async with line(file_store, gated, tmp_path, seal=talk.seal, reply_seconds=0.01) as running:
        granny = running.platform.person("granny")
        await running.platform.says(granny, "你好")
        gated.gate.set()
        while not await running.delivery.send_due():
            pass
        [bubble] = [one for one in running.platform.bubbles(granny) if one.via.value == "customer"]
        assert bubble.sends()[0].text == QUESTION
    file_store.close()


async def test_a_person_reads_notices_in_their_order(running: Line) -> None:
    granny, parent = running.platform.person("granny"), running.platform.person("parent")
    for person in (granny, parent):
        await running.platform.says(person, QUESTION)
    for number in range(4):
        running.put(granny, f"婆婆{number}")
        running.put(parent, f"家长{number}")
        running.platform.clock.advance(1)
    await running.send_all()
    assert running.shown(granny) == [f"婆婆{number}" for number in range(4)]
    assert running.shown(parent) == [f"家长{number}" for number in range(4)]


def _delivery(running: Line, send: Send) -> Delivery[Letter]:
    return Delivery(residents(running.seal, send), desk=running.desk, now=running.platform.clock.now)


async def test_a_stuck_platform_never_slows_an_answer(running: Line) -> None:
    """While eight sends hang, every question is answered; nobody waits for the platform."""
    people = [running.platform.add_person(f"住户{number}") for number in range(8)]
    for person in people:
        await running.platform.says(person, "谢谢")
        running.put(person, "卡住了")
    stuck, hanging = asyncio.Event(), 0

    async def hang(_openid: str, _text: str) -> Answer:
        nonlocal hanging
        hanging += 1
        await stuck.wait()
        return Answer(react(0), {})

    delivery = _delivery(running, hang)
    sending = asyncio.create_task(delivery.send_due())
    exchanges = [await running.platform.says(person, QUESTION) for person in people]
    assert all("派出所" in exchange.text for exchange in exchanges)
    assert hanging == 8
    assert not sending.done()
    stuck.set()
    assert await sending == 8


async def test_no_more_is_claimed_than_can_be_on_its_way(running: Line) -> None:
    """After a crash what was claimed is unsure for good, so it must not be more than was really being sent."""
    people = [running.platform.add_person(f"住户{number}") for number in range(30)]
    for person in people:
        await running.platform.says(person, "谢谢")
        running.put(person, "有消息")
    begun = asyncio.Semaphore(0)

    async def hang(_openid: str, _text: str) -> Answer:
        begun.release()
        await asyncio.Event().wait()
        raise AssertionError

    sending = asyncio.create_task(_delivery(running, hang).send_due())
    for _ in range(8):
        await begun.acquire()
    assert running.states() == {"sending": 8, "waiting": 22}
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)


async def test_stopping_waits_for_what_is_on_its_way_and_puts_the_rest_back(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notices = [running.put(granny, f"{number}") for number in range(4)]
    on_its_way, answer = asyncio.Event(), asyncio.Event()

    async def slow(_openid: str, _text: str) -> Answer:
        on_its_way.set()
        await answer.wait()
        return Answer(react(0), {})

    delivery = _delivery(running, slow)
    work = asyncio.create_task(delivery.run())
    await on_its_way.wait()
    delivery.stop()
    answer.set()
    await work
    rows = [running.row(notice) for notice in notices]
    assert [row.state for row in rows] == ["sent", "waiting", "waiting", "waiting"]
    assert [row.tries for row in rows] == [1, 0, 0, 0]


async def test_a_sender_that_died_half_way_leaves_an_unsure_notice(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notice = running.put(granny, "也许到了")

    async def die(_openid: str, _text: str) -> Answer:
        raise ConnectionAbortedError("the process is gone")

    with pytest.raises(ConnectionAbortedError):
        await _delivery(running, die).send_due()
    assert running.row(notice).state == "sending"
    assert running.sweep() == 0
    running.platform.clock.advance(LOST_AFTER.total_seconds() + 1)
    assert running.sweep() == 1
    row = running.row(notice)
    assert (row.state, row.reason) == ("unsure", "the sender stopped half-way")
    await running.send_all()
    assert running.shown(granny) == []


async def test_a_notice_without_words_does_not_stop_the_others(running: Line) -> None:
    """One kind of another version, one sealed with another key: both fail, the rest goes out."""
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    unknown = running.put(granny, "谁知道", kind="of-a-later-version")
    broken = running.put(granny, "读不出")
    with transaction(running.store) as session:
        row = session.get(outbox.Outbox, broken)
        assert row is not None
        row.facts = b"\0" * 64
    running.put(granny, "照常")
    await running.send_all()
    assert running.shown(granny) == ["照常"]
    assert [running.row(notice).state for notice in (unknown, broken)] == ["failed", "failed"]


async def test_two_senders_never_send_one_row_twice(store: Store, database_url: str, talk: Conversation) -> None:
    """Two processes, each with a desk and a delivery, on one database."""
    told, sent, twin = Told(), [], open_store(database_url)
    lock = threading.Lock()

    async def send(_openid: str, text: str) -> Answer:
        with lock:
            sent.append(text)
        await asyncio.sleep(0)
        return Answer(react(0), {})

    def filled(desk: Desk) -> None:
        asked = [desk.ask_late(message(f"r{number}", QUESTION, f"m{number}")) for number in range(60)]
        told.wait(asked)

    with opened(store, talk, told) as desk, opened(twin, talk, told) as other:
        await asyncio.to_thread(filled, desk)
        both = [
            Delivery(residents(talk.seal, send), desk=one, now=lambda: NOON + timedelta(minutes=1))
            for one in (desk, other)
        ]

        async def drain(delivery: Delivery[Letter]) -> None:
            while await delivery.send_due():
                pass

        await asyncio.gather(*map(drain, both))
        while await both[0].send_due():
            pass
    twin.close()
    assert len(sent) == 60
    with transaction(store) as session:
        assert outbox.by_state(session) == {"sent": 60}
