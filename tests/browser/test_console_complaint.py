"""One complaint through the console in a real browser, from the moment it appears to the day it is opened again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from bot.conversation import Conversation
from bot.store import Store, transaction
from tests.browser.back_office import opened
from tests.browser.conftest import PATIENCE_MS, Window
from tests.support.console import House, take_on
from tests.support.town import CHENGDU, Person, Town

NOISE, TWIN = "新村1栋楼上半夜吵得睡不着", "新村1栋楼上天天半夜打麻将，吵死了"
FIRST, SECOND = "T261123-0001", "T261123-0002"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHENGDU)


@pytest.fixture
def house(store: Store, talk: Conversation) -> Iterator[House]:
    """On a Monday morning, when the counters are open."""
    with transaction(store) as session:
        take_on(session, House.wall)
    with opened(House(Town(store, talk, now=MONDAY))) as house:
        yield house


@pytest.mark.timeout(300)
def test_a_complaint_from_its_first_moment_to_the_day_it_is_opened_again(house: House, window: Window) -> None:
    page = window("clerk")
    page.set_default_timeout(4 * PATIENCE_MS)
    granny, lee = house.town.resident("婆婆"), house.town.resident("李叔")
    it_appears_without_a_reload(page, granny)
    it_is_answered_and_one_sees_how_it_arrives(page, granny)
    the_conversation_goes_to_a_person_and_back(page, granny)
    it_takes_in_its_twin(page, lee)
    it_is_solved_rated_and_opened_again(page, granny)


def it_appears_without_a_reload(page: Page, granny: Person) -> None:
    expect(page.locator("[data-rows] > li")).to_have_count(0)
    assert FIRST in granny.says(NOISE)
    page.locator("[data-news] button").click()
    expect(page.locator("[data-rows] > li")).to_have_count(1)
    page.locator("[data-rows] > li a").first.click()
    expect(page.locator(".words")).to_have_text(NOISE)


def it_is_answered_and_one_sees_how_it_arrives(page: Page, granny: Person) -> None:
    expect(page.locator(".do .reach")).to_contain_text("客服消息")
    page.get_by_role("button", name="接单").click()
    expect(page.get_by_role("status")).to_contain_text("已接单")
    page.get_by_label("内容").fill("今晚十点上门去劝。")
    page.get_by_role("button", name="发出").click()
    expect(page.get_by_role("status")).to_contain_text("答复已发出")
    assert any("今晚十点上门去劝" in one for one in granny.town.waiting_words())


def the_conversation_goes_to_a_person_and_back(page: Page, granny: Person) -> None:
    assert "已帮您转给工作人员" in granny.says("我要找工作人员")
    assert granny.says("他们要是不开门呢") == ""
    page.get_by_role("link", name="居民").first.click()
    page.get_by_role("link", name="对话").first.click()
    page.locator("#work tbody a").first.click()
    expect(page.locator("ol.line")).to_contain_text("他们要是不开门呢")
    page.get_by_label("回居民的话").fill("那就请民警一起去。")
    page.get_by_role("button", name="发出").click()
    expect(page.get_by_role("status")).to_contain_text("已发出")
    page.get_by_role("button", name="交还小助手").click()
    expect(page.get_by_role("status")).to_contain_text("已交还")
    said = granny.town.waiting_words()
    assert any("那就请民警一起去" in one for one in said)
    assert "人工服务到这里" in said[-1]
    assert "居住证" in granny.says("居住证怎么办理？")


def it_takes_in_its_twin(page: Page, lee: Person) -> None:
    lee.says(TWIN)
    lee.says("不是同一件")
    page.get_by_role("link", name="工单").first.click()
    page.locator("[data-rows] > li a", has_text=SECOND).first.click()
    page.get_by_role("button", name="并到这一件").first.click()
    expect(page.get_by_role("status")).to_contain_text("已并到一起")
    expect(page.locator(".meta").first).to_contain_text(FIRST)


def it_is_solved_rated_and_opened_again(page: Page, granny: Person) -> None:
    page.get_by_text("办结", exact=True).first.click()
    page.get_by_label("内容").fill("劝过了，答应十点后安静。")
    page.get_by_role("button", name="发出").click()
    expect(page.get_by_role("status")).to_contain_text("已办结")
    assert sum("答应十点后安静" in one for one in granny.town.waiting_words()) == 2  # both people hear of it
    assert "已经重新打开" in granny.says("不满意，昨晚又吵了")
    page.reload()
    expect(page.locator(".meta").first).to_contain_text("重新打开")
    expect(page.locator("ol.line")).to_contain_text("昨晚又吵了")
