"""The knowledge base in the hands of the staff: looked at, tried on the past, published, hidden, never overwritten."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from bot.conversation import Conversation
from bot.handlers import all_routers, other_routers
from bot.librarian import Librarian
from bot.nlu import Live, Understander
from bot.nlu.current import Current
from bot.privacy import Seal
from bot.store import Store
from tests.conftest import SECRET
from tests.support.console import Browser, House, new_browser
from tests.support.town import CHENGDU, Town

KNOWLEDGE = "/console/knowledge"
BELL = "晒坝的铜钟哪个时候敲"
FORM = {
    "question": "晒坝铜钟什么时候敲？",
    "ask": f"{BELL}\n铜钟几点响\n晒坝敲钟时间",
    "answer": "晒坝的铜钟每天早上八点敲（示例）。\n问服务站：{station.phone}",
    "source": "示例：社区告示",
    "reviewed": "2026-11-20",
    "topic": "living",
    **dict.fromkeys(("action1", "action2", "related1", "related2"), "-"),
}


@pytest.fixture
async def open_house(file_store: Store, knowledge: Understander) -> AsyncIterator[House]:
    """A house whose assistant learns."""
    talk = Conversation(all_routers(), Current(knowledge.knowing(Live())), Seal(SECRET), CHENGDU, other_routers())
    async with House(Town(file_store, talk)) as house:
        yield house


@pytest.fixture
async def writer(open_house: House) -> AsyncIterator[Browser]:
    one = new_browser(open_house)
    await one.signs_in("clerk")
    yield one
    await one.http.close()


@pytest.fixture
async def colleague(open_house: House) -> AsyncIterator[Browser]:
    one = new_browser(open_house)
    await one.signs_in("manager")
    yield one
    await one.http.close()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


async def looks(browser: Browser, form: dict[str, str]) -> str:
    """Send the form that is open to be looked at."""
    action = re.search(r'action="(/console/knowledge/[\w-]+)" novalidate', browser.page)
    assert action
    given = {**form, "_version": hidden(browser.page, "_version"), "seen": hidden(browser.page, "seen")}
    return await browser.sends(action[1], given)


async def publishes(browser: Browser, form: dict[str, str]) -> str:
    """Look at it, then send it as it was looked at."""
    assert "还没有发布" in await looks(browser, form)
    return await looks(browser, form)


async def test_a_question_nobody_understood_answers_the_next_resident(open_house: House, writer: Browser) -> None:
    granny = open_house.town.resident("婆婆")
    assert "八点" not in granny.says(BELL)
    open_house.town.resident("李叔").says(BELL)
    words = await writer.opens(f"{KNOWLEDGE}/gaps")
    assert f"{BELL} 2次" in words
    link = re.search(r'href="(/console/knowledge/new\?rows=[^"]+)"', writer.page)
    assert link
    await writer.opens(link[1])
    assert BELL in writer.page
    words = await looks(writer, FORM)
    assert "新答得上2条" in words
    assert "028-" in words
    assert "八点" not in granny.says(BELL)
    assert "已发布" in await looks(writer, FORM)
    librarian = Librarian(open_house.known, desk=open_house.desk, office=open_house.office)
    assert await librarian.look()
    assert "早上八点敲" in open_house.town.resident("张姐").says(BELL)
    assert BELL not in await writer.opens(f"{KNOWLEDGE}/gaps")
    assert "我们写的" in await writer.opens(f"{KNOWLEDGE}?q=铜钟")
    assert open_house.acts("knowledge.published")


async def test_what_is_wrong_stands_beside_its_field_and_is_not_published(writer: Browser) -> None:
    await writer.opens(f"{KNOWLEDGE}/new")
    wrong = {**FORM, "ask": "居住证怎么办理？", "answer": "打{station.fax}", "expires": "2026-01-01"}
    words = await looks(writer, wrong)
    assert writer.status == 422
    for reason in ("已经归别的条目或功能了", "“station.fax”填不出来", "已经过期"):
        assert reason in words
    assert "打{station.fax}" in writer.page
    assert "没有找到" in await writer.opens(f"{KNOWLEDGE}?tab=own&q=铜钟")


async def test_a_change_that_takes_away_an_answer_is_shown_before(open_house: House, writer: Browser) -> None:
    open_house.town.resident("婆婆").says("社保卡在哪里办呢")
    await writer.opens(f"{KNOWLEDGE}/new")
    words = await looks(writer, {**FORM, "ask": "社保卡在哪里办呢"})
    assert "答复会变1条" in words


async def test_of_two_who_edit_one_entry_nobody_loses_anything(writer: Browser, colleague: Browser) -> None:
    await writer.opens(f"{KNOWLEDGE}/new")
    await publishes(writer, FORM)
    address = writer.at
    await writer.opens(address)
    await colleague.opens(address)
    assert "已发布" in await publishes(colleague, {**FORM, "answer": "改成九点（示例）。"})
    words = await looks(writer, {**FORM, "answer": "改成七点（示例）。"})
    assert writer.status == 409
    assert "改成九点" in words
    assert "改成七点" in words
    assert "改成九点" in await colleague.opens(address)
    assert "已发布" in await publishes(writer, {**FORM, "answer": "改成七点（示例）。"})
    assert "改成七点" in await colleague.opens(address)


async def test_hidden_it_is_not_answered_and_can_come_back(open_house: House, writer: Browser) -> None:
    librarian = Librarian(open_house.known, desk=open_house.desk, office=open_house.office)
    granny = open_house.town.resident("婆婆")
    assert "居住登记" in granny.says("居住证怎么办理？")
    await writer.opens(f"{KNOWLEDGE}/residence-permit")
    await writer.sends(f"{KNOWLEDGE}/residence-permit/hide", {"version": "0"})
    assert "已停用" in writer.words
    await librarian.look()
    assert "先做居住登记" not in granny.says("居住证怎么办理？")
    await writer.sends(f"{KNOWLEDGE}/residence-permit/back", {"version": "0"})
    assert writer.status == 409
    await writer.sends(f"{KNOWLEDGE}/residence-permit/back", {"version": "1"})
    await librarian.look()
    assert "居住登记" in granny.says("居住证怎么办理？")


async def test_what_is_not_for_us_is_set_aside_and_comes_back(open_house: House, writer: Browser) -> None:
    open_house.town.resident("婆婆").says(BELL)
    await writer.opens(f"{KNOWLEDGE}/gaps")
    rows = hidden(writer.page, "rows")
    assert BELL not in await writer.sends(f"{KNOWLEDGE}/gaps/aside", {"rows": rows, "ours": ""})
    assert BELL in await writer.opens(f"{KNOWLEDGE}/gaps?aside=1")
    await writer.sends(f"{KNOWLEDGE}/gaps/aside", {"rows": rows, "ours": "1"})
    assert BELL in await writer.opens(f"{KNOWLEDGE}/gaps")


async def test_what_is_stale_has_a_tab(open_house: House, writer: Browser) -> None:
    at = f"{KNOWLEDGE}?tab=stale&q=居住证怎么办理"
    assert "没有找到" in await writer.opens(at)
    open_house.town.passes(days=400)
    await writer.opens(at)
    assert f'href="{KNOWLEDGE}/residence-permit"' in writer.page


@pytest.mark.parametrize("sort", ["question", "reviewed", "expires", "times"])
async def test_every_column_sorts_and_every_entry_is_on_some_page(
    writer: Browser, sort: str, knowledge: Understander
) -> None:
    seen: set[str] = set()
    address = f"{KNOWLEDGE}?sort={sort}&down=1"
    while address:
        await writer.opens(address)
        seen |= set(re.findall(r'href="/console/knowledge/([a-z0-9-]+)"', writer.page))
        found = re.search(r'href="([^"]+)" rel="next"', writer.page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen >= set(knowledge.entries)


async def test_a_grid_worker_reads_and_changes_nothing(open_house: House) -> None:
    worker = new_browser(open_house)
    await worker.signs_in("grid3")
    assert "居住登记" in await worker.opens(f"{KNOWLEDGE}/residence-permit")
    assert "看效果" not in worker.words
    await worker.sends(f"{KNOWLEDGE}/residence-permit", FORM)
    assert worker.status == 403
    await worker.http.close()
