"""How many questions one person may have with the assistant, and how long it remembers them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.channels.wecom_bot.incoming import to_incoming
from bot.conversation import Conversation
from bot.simulator.errors import Refused
from bot.wording import assistant as say
from bot.wording.group import ENOUGH
from tests.support.assistant_house import GROUP, HURRIED, called
from tests.support.served import Slow

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
QUESTION = "居住证怎么办"


async def test_nobody_waits_for_more_than_three_answers(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    slow = Slow(talk)
    async with called(database_url, slow, tmp_path, pace=HURRIED) as house:
        for _ in range(3):
            assert (await house.sim.says("granny", QUESTION)).text == say.STILL_AT_IT
        with pytest.raises(Refused, match="too_many_in_progress"):
            await house.sim.says("granny", QUESTION)
        slow.go.set()
        async with asyncio.timeout(10):
            while not all(one.finished for one in house.sim.bubbles("granny")):
                await house.sim.world.events.changed(house.sim.world.events.last, 0.05)
        assert len([one for one in house.sim.bubbles("granny") if "居住" in one.text and one.stream]) == 3


async def test_who_only_calls_its_name_has_no_more_patience_than_others(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    async with called(database_url, talk, tmp_path) as house:
        said = [await house.sim.says("granny", f"@{house.sim.keys.name}", group=GROUP) for _ in range(8)]
    assert [one.bubble is not None for one in said] == [True] * 7 + [False]
    assert said[6].text == ENOUGH


async def test_what_nobody_has_waited_for_long_enough_is_not_remembered(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    slow = Slow(talk)
    async with called(database_url, slow, tmp_path, pace=HURRIED) as house:
        assert house.product.assistant is not None
        counter = house.product.assistant.counter
        body = {"msgid": "m1", "msgtype": "text", "from": {"userid": "granny"}, "text": {"content": QUESTION}}
        asked = counter.ask(to_incoming(body, received=house.sim.clock.now()))
        assert await counter.within(asked, 0.01) is None
        assert counter.of(asked.id) is asked
        slow.go.set()
        await asyncio.wait((asked.done,))
        assert counter.of(asked.id) is None
