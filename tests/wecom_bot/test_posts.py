"""What the assistant writes of its own accord on its line: posts in groups, notices to people; and its settings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.answer import NOT_KNOWN, Errcode, Reaction
from bot.channels.caller import own_answer
from bot.channels.pieces import pieces
from bot.conversation import Conversation
from bot.delivery.assistant.posts import outcome
from bot.delivery.groups import GroupDelivery
from bot.rules import group
from bot.rules.group import Failed, Later, Markdown, Sent, Unsure
from bot.settings import Settings, unsafe_assistant
from bot.store import outbox, resident, transaction
from bot.store.group import Audience, GroupKind, PostState
from bot.wording import notice
from tests.support import letters
from tests.support.assistant_house import CALLED, GROUP, ON_A_LINE, House, called, on_a_line

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
QUESTION = "居住证怎么办"


@sqlite_only
async def test_a_post_waits_until_somebody_has_spoken_and_then_goes(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    async with on_a_line(database_url, talk, tmp_path) as house:
        put_up(house, "first")
        await state(house, "first", PostState.FAILED)
        await house.sim.says("granny", QUESTION, group=GROUP)
        answer = await house.sim.wait_for(GROUP, "居住证")
        while trouble(house):
            await house.sim.world.events.changed(house.sim.world.events.last, 0.05)
        put_up(house, "second")
        assert (await house.sim.wait_for(GROUP, "周五下午学习", after=answer.id)).kind == "markdown"
        await state(house, "second", PostState.SENT)


@sqlite_only
async def test_a_notice_reaches_a_chat_on_the_line(database_url: str, talk: Conversation, tmp_path: Path) -> None:
    async with on_a_line(database_url, talk, tmp_path) as house:
        await house.sim.says("granny", QUESTION)
        await house.sim.wait_for("granny", "居住证")
        tell(house, "granny", "您预约的保洁明天上午来")
        assert house.product.assistant is not None
        house.product.assistant.delivery.wake()
        assert (await house.sim.wait_for("granny", "保洁明天上午来")).kind == "markdown"


@sqlite_only
async def test_a_bot_that_is_called_hands_notices_over_with_the_next_answer(
    database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    async with called(database_url, talk, tmp_path) as house:
        await house.sim.says("granny", QUESTION)
        tell(house, "granny", "您预约的保洁明天上午来")
        assert house.product.assistant is not None
        while await house.product.assistant.delivery.send_due():
            pass
        assert "保洁" not in (await house.sim.says("granny", QUESTION, group=GROUP)).text, "not before everybody"
        assert "保洁明天上午来" in (await house.sim.says("granny", QUESTION)).text


@pytest.mark.parametrize(
    ("code", "reaction", "expected"),
    [
        (0, Reaction.DONE, Sent()),
        (NOT_KNOWN, Reaction.BUG, Unsure("-3 said")),
        (93008, Reaction.GONE, Failed("93008 said", closes_group=True)),
        (846607, Reaction.HOLD, Failed("846607 said", closes_group=True)),
        (45002, Reaction.BUG, Failed("45002 said")),
        (45009, Reaction.MINUTE, Later("45009 said", timedelta(minutes=1))),
    ],
)
def test_each_answer_of_the_platform_is_one_end_of_a_post(code: int, reaction: Reaction, expected: object) -> None:
    assert outcome(own_answer(code, "said", reaction)) == expected
    assert Errcode(code, "said", reaction).code == code


def test_a_long_post_goes_in_parts_that_are_all_of_it() -> None:
    text = "\n".join(f"第{number}行" for number in range(3000))
    found = pieces(text, 20_480)
    assert len(found) > 1
    assert all(len(one.encode()) <= 20_480 for one in found)
    assert "\n".join(found) == text
    assert "".join(pieces("长" * 10_000, 20_480)) == "长" * 10_000


BY_CALL = {"wecom_bot_token": CALLED.token, "wecom_bot_aes_key": CALLED.aes_key}
BY_LINE = {"wecom_bot_id": ON_A_LINE.bot_id, "wecom_bot_secret": ON_A_LINE.secret}


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({**BY_CALL, **BY_LINE}, "WEIZHAN_WECOM_BOT_SECRET and WEIZHAN_WECOM_BOT_TOKEN are both set"),
        ({"wecom_bot_token": "t"}, "WEIZHAN_WECOM_BOT_AES_KEY is empty"),
        ({"wecom_bot_secret": "s"}, "WEIZHAN_WECOM_BOT_ID is empty"),
        ({"wecom_bot_id": "b"}, "WEIZHAN_WECOM_BOT_SECRET is empty"),
        ({**BY_CALL, "wecom_bot_aes_key": "short"}, "WEIZHAN_WECOM_BOT_AES_KEY is no EncodingAESKey"),
        ({**BY_LINE, "wecom_bot_line": "ws://x.test"}, "WEIZHAN_WECOM_BOT_LINE is not wss"),
    ],
)
def test_a_server_does_not_start_on_half_a_bot_or_on_two(changed: dict[str, str], line: str) -> None:
    [said] = unsafe_assistant(chosen(**changed))
    assert said.startswith(line)


@pytest.mark.parametrize("changed", [{}, BY_CALL, BY_LINE, {**BY_CALL, "wecom_bot_id": "b"}])
def test_one_way_or_none_is_fine(changed: dict[str, str]) -> None:
    assert unsafe_assistant(chosen(**changed)) == []
    assert chosen(**changed).has_assistant is bool(changed)


def chosen(**changed: str) -> Settings:
    return letters.settings("sqlite:///town.db", **changed)


def put_up(house: House, key: str) -> None:
    """Have something written in the group, which is taken up the first time."""
    with transaction(house.product.store) as session:
        office = house.product.office(session)
        there = group.in_chat(office, "wecom_bot", GROUP)
        draft = group.Draft("party1", "党员学习小组", GroupKind.MEMBERS_INTERNAL, Audience.MEMBERS, chat_id=GROUP)
        row = there or group.add(office, draft)
        group.post(office, row.id, Markdown("**周五下午学习**"), key=key)
    next(one for one in house.product.workers if isinstance(one, GroupDelivery)).wake()


async def state(house: House, key: str, expected: PostState) -> None:
    """Until the post stands so."""
    while True:
        with transaction(house.product.store) as session:
            found = group.outgoing(house.product.office(session), key)
        if found is not None and found.state is expected:
            return
        await house.sim.world.events.changed(house.sim.world.events.last, 0.05)


def trouble(house: House) -> str:
    with transaction(house.product.store) as session:
        found = group.in_chat(house.product.office(session), "wecom_bot", GROUP)
        return found.trouble if found else ""


def tell(house: House, userid: str, words: str) -> None:
    """A notice that a capability has put down for somebody."""
    now = house.sim.clock.now()
    with transaction(house.product.store) as session:
        person = resident.person(session, channel="wecom_bot", sender=userid)
        assert person is not None
        facts = house.product.seal.close_json({"text": words, "asks": None, "choices": {}})
        outbox.put(
            session,
            resident_id=person,
            channel="wecom_bot",
            kind=notice.LATE_REPLY,
            facts=facts,
            now=now,
            due_at=now,
        )
