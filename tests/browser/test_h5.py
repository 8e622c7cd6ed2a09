"""The residents' pages on a real phone's screen: booked on the calendar, moved, cancelled; readable for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE_MS
from tests.browser.phone import Phone

ASKS = "我想约保洁"
LINK = "打开日历选时间"


@pytest.fixture(scope="module")
def calendar(pocket: Page, demo: str) -> str:
    """The address of the calendar, as the chat gives it."""
    pocket.goto(f"{demo}/sandbox/")
    reply = Phone(pocket).asks(ASKS)
    return str(reply.get_by_role("link", name=LINK).get_attribute("href"))


@pytest.fixture
def pages(browser: Browser, calendar: str) -> Iterator[Page]:
    """What opens when the link is tapped, without any script."""
    with browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
        has_touch=True,
        is_mobile=True,
        java_script_enabled=False,
    ) as window:
        page = window.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(calendar)
        yield page


def tap(page: Page, words: str) -> None:
    """Tap a button or a link, each of which leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.tap()


def tap_day(page: Page, nth: int) -> None:
    """Tap one of the days that have something free."""
    with page.expect_navigation():
        page.locator(".month a.free").nth(nth).tap()


def book(page: Page, nth: int) -> str:
    """By tapping, on one of the days that have something free; returns the number."""
    tap_day(page, nth)
    page.locator("label.choice").first.tap()
    tap(page, "就这个时间")
    page.get_by_label("上门到哪里").fill("示例花园3栋2单元501")
    page.get_by_label("手机号").fill("13800000000")
    tap(page, "下一步：核对")
    expect(page.locator(".facts")).to_contain_text("示例花园3栋2单元501")
    tap(page, "没错，约上")
    expect(page.get_by_role("status")).to_contain_text("约好了")
    return page.locator(".number").first.inner_text()


def test_booked_on_the_calendar_moved_and_cancelled(pages: Page) -> None:
    number = book(pages, 2)
    assert re.fullmatch(r"B\d{6}-\d{4}", number)
    before = pages.locator("dd.big").inner_text()
    tap(pages, "改时间")
    tap_day(pages, 4)
    pages.locator("label.choice").last.tap()
    tap(pages, "就这个时间")
    expect(pages.locator(".facts")).to_contain_text(before)
    tap(pages, "没错，改")
    expect(pages.get_by_role("status")).to_contain_text("时间改好了")
    expect(pages.locator("dd.big")).not_to_have_text(before)
    assert pages.locator(".number").first.inner_text() == number
    tap(pages, "取消这单")
    tap(pages, "确定取消")
    expect(pages.get_by_role("status")).to_contain_text("已经取消")
    expect(pages.locator("main")).to_contain_text("以前的")


def test_every_page_fits_its_screen_and_can_be_read_by_everybody(browser: Browser, calendar: str) -> None:
    """No page is wider than the phone, every target is large enough, and axe finds nothing serious."""
    found: list[str] = []
    for large, scheme in ((False, "light"), (True, "dark")):
        with browser.new_context(
            viewport={"width": 390, "height": 844},
            locale="zh-CN",
            has_touch=True,
            is_mobile=True,
            color_scheme="dark" if scheme == "dark" else "light",
        ) as window:
            page = window.new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.goto(calendar)
            if large:
                tap(page, "大字")
            for name in walk(page, 6 if large else 8):
                found += [f"{name} {scheme}: {one}" for one in faults(page)]
    assert found == []


def walk(page: Page, nth: int) -> Iterator[str]:
    """Each page of the way, once it stands."""
    root = page.url.partition("/h5/")[0]
    yield "calendar"
    tap_day(page, nth)
    page.locator("label.choice").first.tap()
    yield "times"
    tap(page, "就这个时间")
    page.get_by_label("上门到哪里").fill("3栋")
    page.get_by_label("手机号").fill("123")
    tap(page, "下一步：核对")
    yield "what is wrong"
    page.get_by_label("上门到哪里").fill("示例花园3栋2单元501")
    page.get_by_label("手机号").fill("13800000000")
    tap(page, "下一步：核对")
    yield "read back"
    tap(page, "没错，约上")
    yield "booked"
    at = page.url.partition("?")[0]
    for path in (f"{at}/move", f"{at}/cancel", *(f"{root}/h5/{name}" for name in ("", "book", "rooms", "bookings"))):
        page.goto(path)
        yield path.removeprefix(root)
    page.goto(f"{root}/h5/bookings/B000000-0000")
    yield "nothing there"


def faults(page: Page) -> list[str]:
    """What is wrong with how the page looks and reads."""
    serious = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    found = [f"{one['id']}: {one['nodes'][0]['html']}" for one in serious]
    if page.evaluate("document.documentElement.scrollWidth") > 390:
        found.append("wider than the screen")
    small = page.evaluate(
        "[...document.querySelectorAll('a, button, label.choice')]"
        ".filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
    )
    return found + [f"too small to tap: {one}" for one in small]
