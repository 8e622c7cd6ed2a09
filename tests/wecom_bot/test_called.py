"""The group assistant with a callback: over real HTTP, between the simulated groups and a running product."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.messages import Reply
from bot.nlu.heard import Outcome as Heard
from bot.router import Router, Turn
from bot.rules import assistant
from bot.simulator.errors import Refused
from bot.simulator.jsons import Json, JsonValue
from bot.simulator.wecom.bot import Mishap, Outcome
from bot.simulator.wecom.bot.delivering import Sealed, attempt, sealed
from bot.store import open_store, transaction
from bot.wording import assistant as say
from tests.support.assistant_house import CALLED, GROUP, HURRIED, NEVER_ASKS, House, called, platform, running
from tests.support.served import Slow, rows, until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
QUESTION = "居住证怎么办"


async def test_a_question_in_a_group_is_answered_at_once(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with called(database_url, talk, tmp_path) as house:
        assert await house.sim.verify()
        exchange = await house.sim.says("granny", QUESTION, group=GROUP)
        assert exchange.outcome is Outcome.REPLIED
        assert exchange.bubble is not None
        assert exchange.bubble.finished
        assert "居住证" in exchange.text
        assert rows(house.product.store) == 1


async def test_everything_said_is_understood_in_its_way(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with called(database_url, talk, tmp_path) as house:
        sim = house.sim
        pointed = await sim.says("parent", "这个咋办嘛？", group=GROUP, quote=f"@小微 {QUESTION}")
        assert "居住证" in pointed.text
        voiced = await sim.sends("granny", {"msgtype": "voice", "voice": {"content": QUESTION}})
        assert "居住证" in voiced.text
        mixed: list[JsonValue] = [
            {"msgtype": "text", "text": {"content": f"@小微 {QUESTION}"}},
            {"msgtype": "image", "image": {"url": "x"}},
        ]
        shown = await sim.sends("granny", {"msgtype": "mixed", "mixed": {"msg_item": mixed}}, group=GROUP)
        assert "居住证" in shown.text
        picture = await sim.sends("granny", {"msgtype": "image", "image": {"url": "https://x.test/1"}})
        assert picture.text == say.MEDIA
        with pytest.raises(Refused):
            await sim.sends("granny", {"msgtype": "image", "image": {"url": "x"}}, group=GROUP)


async def test_who_opens_the_chat_is_welcomed(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with called(database_url, talk, tmp_path) as house:
        welcome = await house.sim.enters("granny")
        assert welcome.text.startswith(say.WELCOME)
        assert "\n1. " in welcome.text
        name_alone = await house.sim.says("granny", "@小微", group=GROUP)
        assert name_alone.bubble is not None
        assert name_alone.bubble.labels or say.CALLED in name_alone.text


async def test_a_tapped_card_is_the_same_as_the_words(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with called(database_url, talk, tmp_path) as house:
        sim = house.sim
        asked = await sim.says("granny", "@小微", group=GROUP)
        assert asked.bubble is not None
        label = asked.bubble.labels[0]
        other = await sim.taps("parent", label, chat=GROUP)
        assert other.outcome is Outcome.EMPTY, "a card in a group is the asker's"
        tapped = await sim.taps("granny", label, chat=GROUP)
        assert tapped.bubble is not None
        assert tapped.bubble.changed
        assert say.chosen(label) in str(tapped.bubble.card)
        answer = await sim.wait_for(GROUP, f"“{label}”", after=tapped.bubble.id)
        assert answer.kind == "markdown"
        again = await sim.taps("granny", tapped.bubble.labels[0], chat=GROUP)
        assert again.outcome is Outcome.EMPTY


@pytest.mark.parametrize("mishap", [Mishap.RESEND, Mishap.DROP])
async def test_a_repeated_callback_gets_the_same_answer(
    database_url: str, talk: Conversation, tmp_path: Path, mishap: Mishap
) -> None:
    async with called(database_url, talk, tmp_path) as house:
        house.sim.mishaps.on(mishap, 1)
        exchange = await house.sim.says("granny", QUESTION, group=GROUP)
        said = {str(one.said) for one in exchange.attempts if one.said is not None}
        assert len(exchange.attempts) > 1
        assert len(said) == 1
        assert rows(house.product.store) == 1
        assert len([one for one in house.sim.bubbles(GROUP) if one.sender == "assistant"]) == 1


async def test_what_is_not_ready_is_told_when_it_is_asked_for(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    async with called(database_url, slow, tmp_path, pace=HURRIED) as house:
        exchange = await house.sim.says("granny", QUESTION, group=GROUP)
        assert exchange.bubble is not None
        assert not exchange.bubble.finished
        assert exchange.text == say.STILL_AT_IT
        slow.go.set()
        told = await house.sim.wait_for(GROUP, "居住证", after=exchange.bubble.id - 1)
        assert told.stream == exchange.bubble.stream
        assert len(slow.heard) == 1


async def test_a_poll_after_a_restart_finds_its_answer(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    slow = Slow(talk)
    async with platform(CALLED) as sim:
        async with running(sim, open_store(database_url), slow, tmp_path, pace=HURRIED):
            exchange = await sim.says("granny", QUESTION, group=GROUP)
            await until(slow.begun)
            slow.go.set()
        assert exchange.bubble is not None
        async with running(sim, open_store(database_url), talk, tmp_path):
            told = await sim.wait_for(GROUP, "居住证")
            assert told.stream == exchange.bubble.stream


async def test_what_died_with_the_server_is_answered_by_the_next(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    """The first server took the question in and never got to it: only its spool knows of it."""
    async with platform(CALLED) as sim:
        slow = Slow(talk)
        async with running(sim, open_store(database_url), slow, tmp_path, pace=HURRIED):
            assert (await sim.says("granny", QUESTION, group=GROUP)).text == say.STILL_AT_IT
            kept = spooled(tmp_path)
            assert kept
            slow.go.set()
        empty = tmp_path / "next"
        empty.mkdir()
        (empty / "weizhan-dead.spool").write_bytes(kept)
        async with running(sim, open_store(database_url), talk, empty):
            assert "居住证" in (await sim.wait_for(GROUP, "居住证")).text


async def test_an_answer_that_nobody_asks_for_any_more_is_posted_once(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    async with called(database_url, slow, tmp_path, pace=HURRIED, limits=NEVER_ASKS) as house:
        sim = house.sim
        first = await sim.says("granny", QUESTION, group=GROUP)
        assert first.bubble is not None
        sim.clock.advance(400)
        slow.go.set()
        posted = await sim.wait_for(GROUP, QUESTION, after=first.bubble.id)
        assert posted.kind == "markdown"
        assert posted.text.startswith(f"“{QUESTION}”\n")
        await _until_late(house, "told")
        assert house.product.assistant is not None
        assert not await house.product.assistant.afterwards.send_due()
        assert len([one for one in sim.bubbles(GROUP) if one.kind == "markdown"]) == 1


async def test_nobody_knows_whether_a_cut_off_post_arrived(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    async with called(database_url, talk, tmp_path) as house:
        asked = await house.sim.says("granny", "@小微", group=GROUP)
        assert asked.bubble is not None
        house.sim.mishaps.on(Mishap.API_DOWN, 1)
        await house.sim.taps("granny", asked.bubble.labels[0], chat=GROUP)
        await _until_late(house, "unsure")
        assert not [one for one in house.sim.bubbles(GROUP) if one.kind == "markdown"]


async def test_what_is_not_from_the_platform_leaves_no_trace(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    async with called(database_url, talk, tmp_path) as house:
        sim, world = house.sim, house.sim.world
        body: Json = {
            "msgid": "M1",
            "aibotid": "AIBOT1",
            "chattype": "single",
            "from": {"userid": "granny"},
            "msgtype": "text",
            "text": {"content": QUESTION},
        }
        good = sealed(world, body)
        old = sealed(world, body)
        forged = [
            Sealed({**good.query, "msg_signature": "0" * 40}, good.body),
            Sealed({**good.query, "nonce": "another"}, good.body),
            Sealed({**good.query, "timestamp": str(int(good.query["timestamp"]) + 1)}, good.body),
            Sealed(good.query, b"not json"),
            Sealed(good.query, b'{"encrypt": 7}'),
            Sealed(good.query, b"[]"),
            Sealed(good.query, b"[" * 60_000),
            Sealed(good.query, b"x" * 70_000),
            sealed(world, {**body, "aibotid": "ANOTHER"}),
            sealed(world, {**body, "from": {}}),
            sealed(world, {**body, "msgid": "M\u0000"}),
            sealed(world, {**body, "chattype": "group"}),
            Sealed({}, good.body),
        ]
        for push in forged:
            answered = await attempt(world, push)
            assert answered.outcome is Outcome.REFUSED, push
        assert rows(house.product.store) == 0
        assert (await attempt(world, good)).said == (await attempt(world, good)).said
        assert rows(house.product.store) == 1
        sim.clock.advance(90)
        assert (await attempt(world, good)).status == 403, "the very same request, much later"
        sim.clock.advance(300)
        assert (await attempt(world, old)).status == 403, "older than the platform is slow"
        assert rows(house.product.store) == 1


async def test_what_has_to_be_cut_is_whole_on_a_page(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    long = Router()

    @long.outcome(Heard.ANSWER)
    def at_length(_turn: Turn) -> Reply:
        return Reply("\n".join(f"第{number}条" for number in range(3000)))

    wordy = replace(talk, router=long)
    async with called(database_url, wordy, tmp_path, public_url="https://weizhan.test") as house:
        exchange = await house.sim.says("granny", QUESTION)
        assert len(exchange.text.encode()) <= 20_480
        path = exchange.text.rpartition("https://weizhan.test")[2]
        status, page = await house.web.get(path)
        assert status == 200
        assert "第2999条" in page
        assert (await house.web.get(path[:-1] + "x"))[0] == 404
        assert not await posted(house), "it was told, and is not told again"


async def test_late_answers_are_tidied_away(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    slow = Slow(talk)
    async with called(database_url, slow, tmp_path, pace=HURRIED) as house:
        first = await house.sim.says("granny", QUESTION)
        assert first.bubble is not None
        slow.go.set()
        await house.sim.wait_for("granny", "居住证")
        with transaction(house.product.store) as session:
            office = house.product.office(session)
            assert assistant.found(office, first.bubble.stream)[0]
            house.sim.clock.advance(timedelta(minutes=11).total_seconds())
            assert assistant.tidy(house.product.office(session)) == 0
            house.sim.clock.advance(timedelta(days=1).total_seconds())
            assert assistant.tidy(house.product.office(session)) == 1


async def test_feedback_is_counted_and_kept(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with called(database_url, talk, tmp_path) as house:
        exchange = await house.sim.says("granny", QUESTION)
        assert exchange.bubble is not None
        rated = await house.sim.rates("granny", exchange.bubble, 2, "不对")
        assert rated.outcome is Outcome.EMPTY
        assert house.product.metrics.assistant_feedback.labels("2")._value.get() == 1
        assert rows(house.product.store) == 2


async def posted(house: House) -> int:
    """How many late answers go out once nobody asks for any."""
    house.sim.clock.advance(400)
    assert house.product.assistant is not None
    return await house.product.assistant.afterwards.send_due()


def spooled(folder: Path) -> bytes:
    """What the server has put aside."""
    return b"".join(path.read_bytes() for path in folder.glob("*.spool"))


async def _until_late(house: House, state: str) -> None:
    assert house.product.assistant is not None
    async with asyncio.timeout(10):
        while not house.late(state):
            await house.product.assistant.afterwards.send_due()
            await house.sim.world.events.changed(house.sim.world.events.last, 0.05)
