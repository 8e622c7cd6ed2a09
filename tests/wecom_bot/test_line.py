"""The group assistant on its long connection: over a real WebSocket, and everything that happens to such lines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import aiohttp
import pytest

from bot.channels.answer import NOT_KNOWN
from bot.channels.wecom_bot.outgoing import markdown
from bot.conversation import Conversation
from bot.delivery.assistant import Limits as Waits
from bot.delivery.assistant import LineStand
from bot.privacy import Seal
from bot.rules import assistant
from bot.rules.assistant import Hold
from bot.rules.office import Office
from bot.simulator.wecom.bot import Mishap
from bot.store import Store, open_store, transaction
from bot.wording import assistant as say
from tests.conftest import SECRET
from tests.support.assistant_house import (
    GROUP,
    HURRIED,
    ON_A_LINE,
    House,
    on_a_line,
    platform,
    running,
)
from tests.support.served import Slow, rows
from tests.support.town import CHENGDU, SUNDAY_MORNING

QUESTION = "居住证怎么办"
T = TypeVar("T")
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@sqlite_only
async def test_a_group_is_answered_and_may_be_written_to(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with on_a_line(database_url, talk, tmp_path) as house:
        line = pushing(house)
        unheard = await line.push(GROUP, markdown("通知"), group=True)
        assert unheard.errcode.code == 846607, "nobody has spoken there yet"
        await house.sim.says("granny", QUESTION, group=GROUP)
        answer = await house.sim.wait_for(GROUP, "居住证")
        assert answer.finished
        assert (await line.push(GROUP, markdown("**通知**"), group=True)).ok
        assert (await house.sim.wait_for(GROUP, "通知", after=answer.id)).kind == "markdown"
        assert house.sim.line.guessed == 0, "it always says whether it is a group"
        assert (await line.push("wrNOBODY", markdown("通知"), group=True)).errcode.code == 93006


@sqlite_only
async def test_cards_and_welcomes_travel_on_the_line(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with on_a_line(database_url, talk, tmp_path) as house:
        sim = house.sim
        await sim.enters("parent")
        await sim.wait_for("parent", say.WELCOME)
        await sim.says("granny", "@小微", group=GROUP)
        card = await sim.wait_for(GROUP, "button_list")
        await sim.taps("granny", card.labels[0], chat=GROUP)
        await sim.wait_for(GROUP, say.chosen(card.labels[0]))
        assert (await sim.wait_for(GROUP, f"“{card.labels[0]}”", after=card.id)).kind == "markdown"


@sqlite_only
async def test_a_repeated_message_has_one_answer(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with on_a_line(database_url, talk, tmp_path) as house:
        house.sim.mishaps.on(Mishap.RESEND, 1)
        await house.sim.says("granny", QUESTION)
        await house.sim.wait_for("granny", "居住证")
        await house.sim.says("granny", "服务站几点开门")
        await house.sim.wait_for("granny", "服务站")
        assert len([one for one in house.sim.bubbles("granny") if one.sender == "assistant"]) == 2
        assert rows(house.product.store) == 2


@sqlite_only
async def test_an_answer_that_takes_its_time_ends_the_stream(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    async with on_a_line(database_url, slow, tmp_path, pace=HURRIED) as house:
        await house.sim.says("granny", QUESTION, group=GROUP)
        first = await shown(house, say.STILL_AT_IT)
        assert not first.finished
        slow.go.set()
        assert (await house.sim.wait_for(GROUP, "居住证")).stream == first.stream


@sqlite_only
async def test_an_answer_later_than_the_stream_is_a_message_of_its_own(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    pace = replace(HURRIED, limits=Waits(soon=0.05, life=0.05))
    async with on_a_line(database_url, slow, tmp_path, pace=pace) as house:
        await house.sim.says("granny", QUESTION, group=GROUP)
        await shown(house, say.STILL_AT_IT)
        slow.go.set()  # the desk writes the row only now; by then the stream is over
        later = await house.sim.wait_for(GROUP, "居住证")
        if later.kind == "stream":  # it was quicker than the line's patience after all
            assert later.stream
        assert len([one for one in house.sim.bubbles(GROUP) if "居住证" in one.text and one.sender != "granny"]) == 1


@sqlite_only
@pytest.mark.parametrize("mishap", [Mishap.FORGETS, Mishap.STREAM_OVER, Mishap.LAPSED])
async def test_what_the_platform_refuses_comes_as_a_message_of_its_own(
    database_url: str, talk: Conversation, tmp_path: Path, mishap: Mishap
) -> None:
    async with on_a_line(database_url, talk, tmp_path) as house:
        house.sim.mishaps.on(mishap, 1)
        await house.sim.says("granny", QUESTION, group=GROUP)
        pushed = await house.sim.wait_for(GROUP, QUESTION, after=1)
        assert pushed.kind == "markdown"
        assert house.sim.line.subscriptions == (2 if mishap is Mishap.LAPSED else 1)


@sqlite_only
async def test_a_lost_acknowledgement_is_not_answered_twice(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    async with on_a_line(database_url, talk, tmp_path) as house:
        house.sim.mishaps.on(Mishap.LOST_ACK, 1)
        await house.sim.says("granny", QUESTION)
        await house.sim.wait_for("granny", "居住证")
        house.sim.mishaps.on(Mishap.LOST_ACK, 1)
        unknown = await pushing(house).push("granny", markdown("提醒"), group=False)
        assert unknown.errcode.code == NOT_KNOWN
        await house.sim.says("granny", "服务站几点开门")
        await house.sim.wait_for("granny", "服务站")
        said = [one.text for one in house.sim.bubbles("granny") if one.sender == "assistant"]
        assert len(said) == 3
        assert said.count("提醒") == 1


@sqlite_only
@pytest.mark.parametrize("mishap", [Mishap.HALF_OPEN, Mishap.MUTE, None])
async def test_a_line_that_is_dead_or_cut_comes_back(
    database_url: str, talk: Conversation, tmp_path: Path, mishap: Mishap | None
) -> None:
    async with on_a_line(database_url, talk, tmp_path) as house:
        sim = house.sim
        if mishap is not Mishap.HALF_OPEN:
            if mishap is not None:
                sim.mishaps.on(mishap, 1)
            await sim.line.cut()
        else:
            sim.mishaps.on(mishap, 2)  # two pings that nobody hears
        while sim.line.subscriptions < 2:
            await sim.world.events.changed(sim.world.events.last, 5.0)
        await sim.up()
        await sim.says("granny", QUESTION)
        await sim.wait_for("granny", "居住证")


@sqlite_only
async def test_whoever_is_evicted_does_not_come_back(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with on_a_line(database_url, talk, tmp_path) as house:
        sim = house.sim
        async with aiohttp.ClientSession() as http, http.ws_connect(sim.line_url) as stranger:
            await stranger.send_json(
                {
                    "cmd": "aibot_subscribe",
                    "headers": {"req_id": "x"},
                    "body": {"bot_id": sim.keys.bot_id, "secret": sim.keys.secret},
                }
            )
            assert (await stranger.receive_json())["errcode"] == 0
            await house.standing(LineStand.EVICTED)
        assert sim.line.subscriptions == 2
        assert not await sim.world.events.changed(sim.world.events.last, 0.4), "longer than any pause of ours"
        assert sim.line.subscriptions == 2
    async with (
        platform(ON_A_LINE) as fresh,
        running(fresh, open_store(database_url), talk, tmp_path) as again,
    ):
        await fresh.up()  # the operator has started it anew
        await again.standing(LineStand.UP)


@sqlite_only
async def test_a_wrong_secret_is_said_to_the_operator(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with (
        platform(ON_A_LINE) as sim,
        running(sim, open_store(database_url), talk, tmp_path, wecom_bot_secret="wrong") as house,
    ):
        await house.standing(LineStand.REFUSED)


async def test_two_servers_have_one_line(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    """One holds, the other waits; when the holder stops, the other takes over, and nothing is answered twice."""
    other = tmp_path / "other"
    other.mkdir()
    async with (
        platform(ON_A_LINE) as sim,
        running(sim, open_store(database_url), talk, tmp_path) as first,
        running(sim, open_store(database_url), talk, other) as second,
    ):
        await sim.up()
        await sim.says("granny", QUESTION, group=GROUP)
        await sim.wait_for(GROUP, "居住证")
        holder, waiting = (first, second) if pushing(first).ready else (second, first)
        await waiting.standing(LineStand.STANDBY)
        assert (sim.line.subscriptions, pushing(waiting).ready) == (1, False)
        pushing(holder).stop()
        while sim.line.subscriptions < 2:
            await sim.world.events.changed(sim.world.events.last, 5.0)
        await waiting.standing(LineStand.UP)
        await sim.says("granny", "服务站几点开门", group=GROUP)
        await sim.wait_for(GROUP, "服务站")
        assert len([one for one in sim.bubbles(GROUP) if one.sender == "assistant"]) == 2


def test_a_silent_holder_loses_the_line_and_nobody_else_does(store: Store) -> None:
    """By the row alone: two servers and a stranger, on both kinds of database."""
    lasts = timedelta(seconds=30)

    def as_of(seconds: int, work: Callable[[Office], T]) -> T:
        with transaction(store) as session:
            return work(Office(session, Seal(SECRET), CHENGDU, SUNDAY_MORNING + timedelta(seconds=seconds)))

    def holds(seconds: int, who: str) -> Hold:
        return as_of(seconds, lambda office: assistant.hold(office, "BOT", who, lasts))

    assert (holds(0, "one"), holds(1, "two"), holds(20, "one")) == (Hold.MINE, Hold.OTHERS, Hold.MINE)
    assert (holds(49, "two"), holds(50, "two"), holds(51, "one")) == (Hold.OTHERS, Hold.MINE, Hold.OTHERS)
    assert not as_of(52, lambda office: assistant.evicted(office, "BOT", "one")), "by another server of ours"
    assert as_of(53, lambda office: assistant.evicted(office, "BOT", "two"))
    assert (holds(54, "two"), holds(900, "one")) == (Hold.EVICTED, Hold.EVICTED)
    as_of(901, lambda office: assistant.readmit(office, "BOT"))
    assert holds(902, "one") is Hold.MINE
    as_of(903, lambda office: assistant.release(office, "BOT", "one"))
    assert holds(903, "two") is Hold.MINE


@sqlite_only
async def test_what_one_server_did_not_get_to_the_next_one_pushes(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    async with platform(ON_A_LINE) as sim:
        async with running(sim, open_store(database_url), slow, tmp_path, pace=HURRIED) as dying:
            await sim.up()
            await sim.says("granny", QUESTION, group=GROUP)
            await shown(dying, say.STILL_AT_IT)
            pushing(dying).stop()
            await gone(dying)
            slow.go.set()
        async with running(sim, open_store(database_url), talk, tmp_path):
            pushed = await sim.wait_for(GROUP, f"“{QUESTION}”")
            assert pushed.kind == "markdown"


def pushing(house: House):  # type: ignore[no-untyped-def] # noqa: ANN201
    assert house.product.assistant is not None
    assert house.product.assistant.line is not None
    return house.product.assistant.line


async def gone(house: House) -> None:
    """Until nobody has the line."""
    async with asyncio.timeout(5):
        while house.sim.line.is_up:
            await house.sim.world.events.changed(house.sim.world.events.last, 0.05)


async def shown(house: House, text: str):  # type: ignore[no-untyped-def] # noqa: ANN201
    """The bubble with that text, finished or not."""
    async with asyncio.timeout(5):
        while True:
            seen = house.sim.world.events.last
            for one in house.sim.bubbles(GROUP):
                if one.text == text:
                    return one
            await house.sim.world.events.changed(seen)
