"""The back office in a real browser: by keyboard only, with news coming in, on a telephone, for all eyes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Keep, Window
from tests.support.console import PASSWORD, House

NOISE, LIFT, GARBAGE = "新村1栋楼上半夜吵得睡不着", "花园3栋电梯坏了", "花园2栋楼下垃圾三天没人收"
SERIOUS = ("serious", "critical")


def test_a_whole_morning_by_keyboard_only(house: House, window: Window, keep: Keep) -> None:
    house.town.resident("婆婆").says(NOISE)
    house.town.resident("李叔").says(LIFT)
    page = window("clerk")
    keep(page, "inbox")
    page.keyboard.press("j")
    expect(page.locator("li[data-current]")).to_contain_text("电梯")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".words")).to_have_text(NOISE)
    keep(page, "ticket")
    page.keyboard.press("r")
    page.keyboard.type("马上去劝。")
    expect(page.locator("[data-counts]")).to_have_text("5/600")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("答复已发出")
    expect(page.locator("#note")).to_have_value("")
    page.keyboard.press("e")
    page.keyboard.type("劝过了，晚上不吵了。")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("已办结")
    page.keyboard.press("u")
    expect(page.locator("[data-rows] > li")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("电梯")
    page.keyboard.press("Enter")
    expect(page.locator("[data-rows] > li")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert "劝过了" in "".join(house.town.waiting_words())


def test_news_waits_in_a_bar_until_it_is_asked_for(house: House, window: Window) -> None:
    house.town.resident("婆婆").says(NOISE)
    page = window("clerk")
    rows = page.locator("[data-rows] > li")
    expect(rows).to_have_count(1)
    bar = page.locator("[data-news] button")
    house.town.resident("李叔").says(LIFT)
    expect(bar).to_have_text("1 条新工单")
    house.town.resident("张叔").says(GARBAGE)
    expect(bar).to_have_text("2 条新工单")
    expect(rows).to_have_count(1)
    bar.click()
    expect(rows).to_have_count(3)


def test_what_was_typed_survives_a_session_that_ended(house: House, window: Window) -> None:
    house.town.resident("婆婆").says(NOISE)
    page = window("clerk")
    page.goto(f"{house.root}/console/tickets/T261122-0001")
    page.locator("#note").fill("写了一半的话")
    house.passes(hours=3)
    page.get_by_role("button", name="发出").click()
    expect(page.get_by_role("status")).to_contain_text("写了一半的内容还在")
    page.get_by_label("账号").fill("clerk")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#note")).to_have_value("写了一半的话")


def test_a_grid_worker_answers_on_a_telephone_in_three_taps(house: House, window: Window, keep: Keep) -> None:
    house.town.resident("婆婆").says(NOISE)
    page = window("grid3", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("[data-rows] a").first.tap()
    expect(page.locator(".words")).to_have_text(NOISE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    keep(page, "ticket-phone")
    page.get_by_role("button", name="上门劝").tap()
    page.get_by_role("button", name="发出").tap()
    expect(page.get_by_role("status")).to_contain_text("答复已发出")


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["1440-light", "390-dark"])
def test_nobody_is_shut_out_by_how_a_page_is_made(house: House, window: Window, width: int, dark: bool) -> None:
    house.town.resident("婆婆").says(NOISE)
    house.town.resident("李叔").says(LIFT)
    page = window("admin", width=width, dark=dark)
    for path in ("?view=all", "?view=overdue", "tickets/T261122-0001", "me", "audit", "design", "password"):
        page.goto(f"{house.root}/console/{path}")
        found = Axe().run(page).response["violations"]
        serious = [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in SERIOUS]
        assert serious == [], path
