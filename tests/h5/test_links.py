"""Where the chat leads to a page: a link of the resident's own, never in a group, and spelled out in a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

import pytest

from bot.channels.official_account.outgoing import MOST_BYTES, chat_text
from bot.cli.script import Scene
from bot.conversation import Conversation
from bot.store import Store
from bot.wording.link import spelled_out
from tests.h5.conftest import Browser
from tests.support.group import in_a_group
from tests.support.town import SUNDAY_MORNING, Town

HERE = "https://weizhan.example"
_LINK = re.compile(r'<a href="https://weizhan\.example(/h5/in/[^"]+)">([^<]+)</a>')


@pytest.fixture
def reachable(talk: Conversation) -> Conversation:
    """The assistant of a server that residents can reach."""
    return replace(talk, public_url=HERE)


@pytest.mark.parametrize(
    ("said", "words", "page"),
    [
        ("我想约保洁", "打开日历选时间", "/h5/book/cleaning"),
        ("示例花园附近有什么站点", "打开站点列表和地图", "/h5/stations"),
    ],
)
async def test_a_link_leads_to_the_page_of_what_was_asked(
    browser: Browser, reachable: Conversation, said: str, words: str, page: str
) -> None:
    town = Town(browser.product.store, reachable)
    found = _LINK.search(town.resident("婆婆").says(said))
    assert found, said
    assert found[2] == words
    await browser.opens(found[1])
    assert (browser.status, browser.at) == (200, page)


async def test_my_bookings_lead_to_their_page_which_is_theirs(browser: Browser, reachable: Conversation) -> None:
    wang = Town(browser.product.store, reachable).resident("婆婆")
    wang.says("我想约理发，明天上午10点")
    assert "约好了" in wang.says("确认")
    found = _LINK.search(wang.says("我的预约"))
    assert found
    assert "理发" in await browser.opens(found[1])
    assert browser.at == "/h5/bookings"


def test_without_an_address_there_is_no_link(store: Store, talk: Conversation) -> None:
    said = Town(store, talk).resident("婆婆").says("我想约保洁")
    assert "<a" not in said
    assert "日历" not in said


@pytest.mark.parametrize("said", ["我想约保洁", "我的预约", "示例花园附近有什么站点", "帮助"])
def test_a_group_gets_no_link_of_anybodys(store: Store, reachable: Conversation, said: str) -> None:
    assert "/h5/in/" not in in_a_group(Town(store, reachable)).resident("婆婆").says(said)


def test_the_link_stays_whole_within_the_account_s_bytes(store: Store, reachable: Conversation) -> None:
    wang = Town(store, reachable).resident("婆婆")
    wang.says("我想约保洁")
    sent = chat_text(wang.reply.text, wang.reply.choices)
    assert len(sent.encode()) <= MOST_BYTES
    assert _LINK.search(sent)


def test_a_terminal_reads_words_and_address(store: Store, reachable: Conversation) -> None:
    scene = Scene(store, reachable, SUNDAY_MORNING, numbers=count(1))
    said = scene.drawn("我想约保洁")
    assert "打开日历选时间: https://weizhan.example/h5/in/" in said
    assert "<a" not in said


def test_what_is_no_link_of_ours_stays_as_it_is() -> None:
    assert spelled_out("a < b，<b>粗</b>") == "a < b，<b>粗</b>"
