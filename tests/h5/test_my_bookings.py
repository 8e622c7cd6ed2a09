"""What a resident has booked: seeing it, another time, giving it up; and nobody else's."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.rules import booking, service
from bot.store import booking as bookings
from bot.store import transaction
from tests.h5.conftest import Browser
from tests.support.town import CHENGDU

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database


def booked(browser: Browser, name: str, key: str, start: datetime) -> str:
    """Somebody has booked before; returns the number."""
    who = browser.person(name)
    with transaction(browser.product.store) as session:
        office, thing = browser.product.office(session), service.thing(session, key)
        assert thing is not None
        contact = {"address": "示例花园3栋2单元501", "phone": "13800000000"}
        made = booking.book(office, thing, start, resident_id=who, channel="official_account", contact=contact)
        return made.number


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHENGDU)


async def come_in(browser: Browser, name: str, to: str) -> None:
    await browser.opens(browser.link(name, to))


async def test_nothing_booked_says_so_and_leads_on(browser: Browser) -> None:
    await come_in(browser, "婆婆", "/h5/bookings")
    assert "没有约着的" in browser.text
    assert "约哪一项" in await browser.taps("约一项服务")


async def test_a_moment_at_the_end_of_all_days_is_not_there(browser: Browser) -> None:
    number = booked(browser, "婆婆", "cleaning", at(23, 15))
    await come_in(browser, "婆婆", f"/h5/bookings/{number}/move/check?start=9999-12-31T23:30")
    assert browser.status == 404


async def test_coming_and_past_stand_apart(browser: Browser) -> None:
    booked(browser, "婆婆", "cleaning", at(23, 15))
    gone = booked(browser, "婆婆", "haircut", at(23, 10))
    await come_in(browser, "婆婆", f"/h5/bookings/{gone}/cancel")
    await browser.fills_in()
    assert "已经取消" in browser.text
    coming, _, past = browser.text.partition("以前的")
    assert "保洁" in coming
    assert "到访码" in coming
    assert "理发 11月23日（周一）10:00–10:30 已取消" in past


async def test_a_booking_is_moved_on_the_calendar_and_keeps_its_number(browser: Browser) -> None:
    number = booked(browser, "婆婆", "cleaning", at(23, 15))
    await come_in(browser, "婆婆", f"/h5/bookings/{number}")
    await browser.taps("改时间")
    assert "现在约的是：11月23日（周一）15:00–17:00" in browser.text
    await browser.opens(f"/h5/bookings/{number}/move/day/2026-11-25")
    await browser.chooses("9:30")
    assert "原来 11月23日（周一）15:00–17:00 改到 11月25日（周三）9:30–11:30" in browser.text
    form = browser.html
    await browser.fills_in()
    assert browser.at == f"/h5/bookings/{number}?said=moved"
    assert "11月25日（周三）9:30–11:30" in browser.text
    browser.html = form
    await browser.fills_in()
    assert browser.at == f"/h5/bookings/{number}?said=moved"


async def test_a_new_time_that_somebody_else_took_leaves_the_old_one(browser: Browser) -> None:
    number = booked(browser, "婆婆", "haircut", at(23, 10))
    await come_in(browser, "婆婆", f"/h5/bookings/{number}/move/check?start=2026-11-23T11:00")
    booked(browser, "李叔", "haircut", at(23, 11))
    await browser.fills_in()
    assert browser.status == 409
    assert "原来的还在" in browser.text
    await browser.chooses("明天（周一）11:30")
    await browser.fills_in()
    assert "11月23日（周一）11:30–12:00" in browser.text


async def test_late_it_wants_a_reason(browser: Browser) -> None:
    number = booked(browser, "婆婆", "haircut", at(22, 11))
    await come_in(browser, "婆婆", f"/h5/bookings/{number}/cancel")
    assert "是什么原因" in browser.text
    await browser.fills_in()
    assert (browser.status, "请点一个原因" in browser.text) == (422, True)
    await browser.chooses("临时有事")
    assert "已经取消" in browser.text


async def test_cancelled_twice_or_begun_it_says_why_not(browser: Browser) -> None:
    number = booked(browser, "婆婆", "haircut", at(23, 10))
    await come_in(browser, "婆婆", f"/h5/bookings/{number}/cancel")
    form = browser.html
    await browser.fills_in()
    browser.html = form
    await browser.fills_in()
    assert (browser.status, "已经结束或取消" in browser.text) == (409, True)
    late = booked(browser, "婆婆", "haircut", at(22, 11))
    browser.passes(hours=1, minutes=5)
    await browser.opens(f"/h5/bookings/{late}")
    assert "改时间" not in browser.text
    await browser.opens(f"/h5/bookings/{late}/move")
    assert "已经到时间了" in browser.text


@pytest.mark.parametrize("rest", ["", "/move", "/cancel", "/move/check?start=2026-11-23T11:00"])
async def test_somebody_elses_booking_does_not_exist(browser: Browser, rest: str) -> None:
    number = booked(browser, "李叔", "haircut", at(23, 10))
    await come_in(browser, "婆婆", f"/h5/bookings/{number}{rest}")
    assert browser.status == 404
    assert "没有找到" in browser.text


async def test_nobody_cancels_or_moves_what_is_somebody_elses(browser: Browser) -> None:
    number = booked(browser, "李叔", "haircut", at(23, 10))
    mine = booked(browser, "婆婆", "haircut", at(23, 11))
    await come_in(browser, "婆婆", f"/h5/bookings/{mine}/cancel")
    for what in ("cancel", "move"):
        await browser.sends(f"/h5/bookings/{number}/{what}", start="2026-11-24T10:00")
        assert browser.status == 404
        await browser.opens(f"/h5/bookings/{mine}/cancel")
    with transaction(browser.product.store) as session:
        kept = bookings.of(session, browser.person("李叔"), number)
        assert kept is not None
        assert kept.starts_at == at(23, 10)


async def test_somebody_elses_place_in_a_list_does_not_exist(browser: Browser) -> None:
    other = browser.person("李叔")
    with transaction(browser.product.store) as session:
        office, thing = browser.product.office(session), service.thing(session, "haircut")
        assert thing is not None
        place, _ = booking.join(
            office,
            thing,
            at(23, 0),
            at(24, 0),
            resident_id=other,
            channel="official_account",
            contact={},
        )
        his = place.id
    mine = booked(browser, "婆婆", "haircut", at(23, 11))
    for what in ("take", "leave"):
        await come_in(browser, "婆婆", f"/h5/bookings/{mine}/cancel")
        await browser.sends(f"/h5/waits/{his}/{what}")
        assert browser.status == 404
