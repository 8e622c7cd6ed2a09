"""Booking by tapping, without a script: calendar, times, what is needed, read back, booked; and what is full."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.rules import booking, service
from bot.store import booking as bookings
from bot.store import transaction
from bot.store.service import Provider, Venue
from tests.h5.conftest import Browser
from tests.support.town import CHENGDU

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database

DOOR = {"place": "示例花园3栋2单元501", "phone": "138 0000 0000"}


async def come_in(browser: Browser, name: str = "婆婆", to: str = "/h5/") -> None:
    await browser.opens(browser.link(name, to))
    assert browser.status == 200, browser.text


async def book(browser: Browser, key: str, day: str, clock: str, **told: str) -> str:
    """The whole way for a service; returns what stands on the last page."""
    await browser.opens(f"/h5/book/{key}/day/{day}")
    await browser.chooses(clock)
    if told:
        await browser.fills_in(**told)
    assert "请核对" in browser.text, browser.text
    return await browser.fills_in()


async def fill(browser: Browser, key: str, day: datetime, *, but: int = 0) -> None:
    """Others book all of a day, leaving the last times free."""
    with transaction(browser.product.store) as session:
        office = browser.product.office(session)
        thing = service.thing(session, key)
        assert thing is not None
        free = booking.board(office, thing).free(day.date())
        times = [one.start for one in free][: len(free) - but]
    for number, start in enumerate(times):
        who = browser.person(f"别人{number}")
        with transaction(browser.product.store) as session:
            office = browser.product.office(session)
            booking.book(office, thing, start, resident_id=who, channel="official_account", contact={})


async def test_a_service_is_booked_by_tapping_all_the_way(browser: Browser) -> None:
    await come_in(browser)
    await browser.taps("约服务")
    await browser.taps("保洁")
    assert "每小时45元" in browser.text
    assert "11月23日周一，有空" in browser.html
    await browser.opens("/h5/book/cleaning/day/2026-11-23")
    await browser.chooses("15:00")
    assert "上门到哪里" in browser.text
    await browser.fills_in(**DOOR)
    assert "11月23日（周一）15:00–17:00" in browser.text
    assert "示例花园3栋2单元501" in browser.text
    assert "13800000000" in browser.text
    await browser.fills_in()
    assert "约好了" in browser.text
    assert re.search(r"B\d{6}-\d{4}", browser.text)
    assert re.search(r"到访码（师傅到了再告诉他） \d{4}", browser.text)
    assert "家里要有人在" in browser.text
    assert "提前2小时" in browser.text
    assert "+" not in browser.at


async def test_who_goes_to_the_station_is_asked_nothing_and_told_where(browser: Browser) -> None:
    await come_in(browser)
    said = await book(browser, "haircut", "2026-11-23", "10:00")
    assert "到哪里 示例社区生活服务站" in said
    assert "到访码" not in said


async def test_a_room_is_booked_with_what_it_is_for(browser: Browser) -> None:
    await come_in(browser)
    await browser.taps("借场地")
    assert "最多坐15人" in browser.text
    await browser.taps("舞蹈室")
    at = browser.at
    await browser.opens(f"{at}/day/2026-11-24")
    await browser.chooses("10:00")
    assert "上门到哪里" not in browser.text
    await browser.fills_in(purpose="排练，40个人", phone="13800000000")
    assert (browser.status, "最多坐15个人" in browser.text) == (422, True)
    await browser.fills_in(purpose="排练，12个人", phone="13800000000")
    assert "请核对" in browser.text
    await browser.fills_in()
    assert "约好了" in browser.text
    assert "排练，12个人" in browser.text


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("", "请写清楚小区"),
        ("你好", "请写清楚小区"),
        ("示例花园", "几单元几号"),
        ("示例花园3栋", "几单元几号"),
        ("示例花园99栋1单元101", "没有99栋"),
    ],
)
async def test_a_door_that_nobody_would_find_is_asked_for_again(browser: Browser, place: str, why: str) -> None:
    await come_in(browser, to="/h5/book/cleaning/needs?start=2026-11-23T15:00")
    await browser.fills_in(place=place, phone="13800000000")
    assert browser.status == 422
    assert why in browser.text
    assert 'value="13800000000"' in browser.html


async def test_a_wrong_phone_is_said_beside_it(browser: Browser) -> None:
    await come_in(browser, to="/h5/book/cleaning/needs?start=2026-11-23T15:00")
    await browser.fills_in(place=DOOR["place"], phone="12345")
    assert "手机号是11位" in browser.text
    assert f'value="{DOOR["place"]}"' in browser.html


async def test_what_was_told_stands_in_no_address(browser: Browser) -> None:
    await come_in(browser)
    await book(browser, "cleaning", "2026-11-23", "15:00", **DOOR)
    assert "示例花园" not in browser.at
    assert "13800000000" not in browser.at


async def test_the_slower_of_two_is_offered_the_nearest_times_with_all_they_told(browser: Browser) -> None:
    await come_in(browser)
    await browser.opens("/h5/book/haircut/day/2026-11-23")
    await browser.chooses("10:00")
    other = browser.person("李叔")
    with transaction(browser.product.store) as session:
        office, thing = browser.product.office(session), service.thing(session, "haircut")
        assert thing is not None
        start = datetime(2026, 11, 23, 10, 0, tzinfo=CHENGDU)
        booking.book(office, thing, start, resident_id=other, channel="official_account", contact={})
    await browser.fills_in()
    assert browser.status == 409
    assert "刚刚被别人约走了" in browser.text
    await browser.chooses("明天（周一）10:30")
    await browser.fills_in()
    assert "约好了" in browser.text
    assert "10:30–11:00" in browser.text


async def test_two_taps_on_the_button_book_once(browser: Browser) -> None:
    await come_in(browser)
    await browser.opens("/h5/book/cleaning/needs?start=2026-11-23T15:00")
    await browser.fills_in(**DOOR)
    form = browser.html
    await browser.fills_in()
    first = browser.at
    browser.html = form
    await browser.fills_in()
    assert browser.at == first
    assert (await browser.opens("/h5/bookings")).count("保洁") == 1


async def test_a_full_day_says_so_and_leads_to_the_waiting_list_or_to_other_days(browser: Browser) -> None:
    monday = datetime(2026, 11, 23, tzinfo=CHENGDU)
    await fill(browser, "haircut", monday)
    await come_in(browser)
    await browser.opens("/h5/book/haircut")
    assert "11月23日周一，约满" in browser.html
    await browser.opens("/h5/book/haircut/day/2026-11-23")
    assert "约满了" in browser.text
    assert "后天（周二）" in browser.text
    await browser.taps("候补这一天")
    assert "候补 11月23日（周一）" in browser.text
    await browser.fills_in()
    assert browser.at.startswith("/h5/bookings?")
    assert "排第1位" in browser.text
    await browser.opens("/h5/book/haircut/needs?wait=2026-11-23")
    assert "已经在候补理发" in await browser.fills_in()
    await browser.opens("/h5/bookings")
    place = browser.html.partition('action="/h5/waits/')[2].partition("/")[0]
    await browser.sends(f"/h5/waits/{place}/leave")
    assert "已经不排了" in browser.text
    assert "正在候补" not in browser.text


async def test_who_waited_takes_what_became_free(browser: Browser) -> None:
    monday = datetime(2026, 11, 23, tzinfo=CHENGDU)
    await fill(browser, "haircut", monday)
    await come_in(browser, to="/h5/book/haircut/needs?wait=2026-11-23")
    await browser.fills_in()
    with transaction(browser.product.store) as session:
        office, first = browser.product.office(session), bookings.live_of(session, browser.person("别人0"))[0]
        booking.cancel(office, first.id)
    await browser.opens("/h5/bookings")
    assert "有位置，给您留到10:30" in browser.text
    place = browser.html.partition('action="/h5/waits/')[2].partition("/")[0]
    await browser.sends(f"/h5/waits/{place}/take")
    assert "约好了" in browser.text


async def test_a_day_on_which_nobody_works_says_so(browser: Browser) -> None:
    await come_in(browser, to="/h5/book/appliance_repair/day/2027-03-01")
    assert "约不了" in browser.text
    assert "只能约30天以内的" in browser.text
    assert "候补" not in browser.text
    await browser.opens("/h5/book/appliance_repair/day/2026-11-20")
    assert "这天没人当班" in browser.text


async def test_nothing_free_at_all_leaves_a_way_on(browser: Browser) -> None:
    with transaction(browser.product.store) as session:
        for room in session.scalars(select(Venue)):
            room.hours = {"0": []}
        key = f"venue:{room.id}"
    await come_in(browser, to=f"/h5/book/{key}/day/2026-11-23")
    assert "往后一个月都没有空" in browser.text
    await browser.taps("换一天")
    assert 'class="free"' not in browser.html


async def test_an_empty_catalogue_says_so(browser: Browser) -> None:
    with transaction(browser.product.store) as session:
        for room in session.scalars(select(Venue)):
            room.active = False
        for who in session.scalars(select(Provider)):
            who.active = False
    assert "没有能在这里约的服务" in await browser.opens("/h5/book")
    assert "打电话" in browser.text
    assert "没有能在这里借的场地" in await browser.opens("/h5/rooms")


@pytest.mark.parametrize(
    "path",
    [
        "/h5/book/nothing",
        "/h5/book/venue:x",
        "/h5/book/venue:00000000-0000-0000-0000-000000000000",
        "/h5/book/cleaning/day/tomorrow",
        "/h5/book/cleaning/needs",
        "/h5/book/cleaning/needs?start=3pm",
        "/h5/book/cleaning/needs?wait=2029-01-01",
        "/h5/bookings/B261122-0001",
        "/h5/bookings/B261122-0001/move",
        "/h5/bookings/B261122-0001/cancel",
    ],
)
async def test_what_is_not_there_is_not_there(browser: Browser, path: str) -> None:
    await come_in(browser)
    assert "没有找到" in await browser.opens(path)
    assert browser.status == 404


async def test_a_stranger_may_look_at_free_times_and_learns_where_to_come_in(browser: Browser) -> None:
    await browser.opens("/h5/book/haircut/day/2026-11-23")
    assert "请从公众号打开" in await browser.chooses("10:00")


async def test_every_page_of_booking_is_small(browser: Browser) -> None:
    await come_in(browser)
    css = len(
        await (await browser.client.get(browser.html.partition('stylesheet" href="')[2].partition('"')[0])).read()
    )
    for path in ("/h5/book", "/h5/rooms", "/h5/book/locksmith", "/h5/book/locksmith/day/2026-11-25", "/h5/bookings"):
        await browser.opens(path)
        assert len(browser.html.encode()) + css < 60_000, path
