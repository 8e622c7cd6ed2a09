"""The calendar of bookings in a real browser: booked, moved and cancelled by tapping and by keys, on desk and phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.booking.scene import SAID, booked
from tests.browser.conftest import Keep, Window
from tests.support.console import House

SERIOUS = ("serious", "critical")
DAY = "/console/bookings?day=2026-11-23&station=S01"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_booking_is_made_moved_and_cancelled(house: House, window: Window, keep: Keep, width: int) -> None:
    page = window("clerk", width=width)
    page.goto(house.root + DAY)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name=re.compile("9:00 示例理发店 还空1位")).click()
    page.get_by_label("替谁约").fill("028-0000-0003")
    page.get_by_role("button", name="约上").click()
    expect(page.get_by_role("status")).to_contain_text("约好了")
    keep(page, f"booking-{width}")
    page.get_by_role("button", name="改时间").click()
    expect(page.get_by_role("status")).to_contain_text("点一个空的时段")
    page.get_by_role("link", name=re.compile("10:00 示例理发店 还空1位")).click()
    page.get_by_role("button", name="改到这个时间").click()
    expect(page.get_by_role("status")).to_contain_text("时间改好了")
    expect(page.locator("h1")).to_contain_text("10:00–10:30")
    page.get_by_text("取消这一单").click()
    page.get_by_role("button", name="站里临时关门").click()
    page.get_by_role("button", name="取消，并告诉居民").click()
    expect(page.get_by_role("status")).to_contain_text("已取消")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_arrow_keys_walk_from_one_free_time_to_the_next(house: House, window: Window) -> None:
    page = window("clerk")
    page.goto(house.root + DAY)
    page.get_by_role("link", name=re.compile("9:00 示例理发店 还空1位")).focus()
    page.keyboard.press("ArrowDown")
    assert "9:30 示例理发店" in str(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    page.keyboard.press("ArrowRight")
    assert "9:30 示例陪护队" in str(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("替谁约")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["1440-light", "390-dark"])
def test_nobody_is_shut_out_of_the_bookings(house: House, window: Window, keep: Keep, width: int, dark: bool) -> None:
    booked(house.town.resident("王阿姨"), f"帮我约明天下午三点的保洁，{SAID}")
    booked(house.town.resident("李叔"), "约明天上午十点理发，电话13800000001")
    page = window("admin", width=width, dark=dark)
    paths = {
        "calendar": DAY,
        "week": f"{DAY}&view=week",
        "order": "/console/bookings/B261122-0001",
        "orders": "/console/bookings/orders",
        "waiting": "/console/bookings/waiting",
        "catalogue": "/console/bookings/catalogue?station=S01",
        "service": "/console/bookings/catalogue/cleaning?station=S01",
        "providers": "/console/bookings/providers?station=S01",
        "figures": "/console/figures",
        "rows": "/console/figures/residents",
    }
    for name, path in paths.items():
        page.goto(house.root + path)
        keep(page, f"{name}-{width}-{'dark' if dark else 'light'}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page).response["violations"]
        serious = [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in SERIOUS]
        assert serious == [], path
