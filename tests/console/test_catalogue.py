"""The catalogue in the back office: what a station inherits and overrides, who does what, who is away, who goes."""

import re

import pytest

from bot.store import booking as bookings
from bot.store import service as services
from bot.store import station
from bot.store.booking import State
from tests.booking.scene import SAID, booked, office_of, thing
from tests.booking.scene import provider as who_does
from tests.support.console import Browser, House

CATALOGUE = "/console/bookings/catalogue"
PROVIDERS = "/console/bookings/providers"
VERSION = re.compile(r'name="_version" value="(\w+)"')
OWN = {"offered": "1", "price": "", "area": "", "conditions": "", "minutes": "", "lead_minutes": ""}


def version(browser: Browser, number: int = 0) -> str:
    return str(VERSION.findall(browser.page)[number])


def provider_at(house: House, key: str) -> str:
    with house.transaction() as session:
        return f"{PROVIDERS}/{who_does(session, key).id}"


async def test_the_citys_word_and_the_stations_own_stand_side_by_side(clerk: Browser) -> None:
    words = await clerk.opens(f"{CATALOGUE}?station=S01")
    assert "每小时45元，2小时起（本站示例价） 本站 全市： 每小时50元" in words
    assert "示例理发店" in words


async def test_a_station_says_otherwise_and_follows_the_city_again(house: House, clerk: Browser) -> None:
    at = f"{CATALOGUE}/haircut?station=S01"
    await clerk.opens(at)
    form = OWN | {"price": "每次10元", "minutes": "60", "_version": version(clerk)}
    assert "已保存" in await clerk.sends(at, form)
    with house.transaction() as session:
        assert (thing(session, "haircut").price, thing(session, "haircut").minutes) == ("每次10元", 60)
    await clerk.opens(at)
    await clerk.sends(at, OWN | {"_version": version(clerk)})
    with house.transaction() as session:
        assert services.own_word(session, thing(session, "haircut").station_id, "haircut") is None
    assert house.acts("catalogue.changed") == ["clerk catalogue.changed S01 haircut"] * 2


async def test_of_two_who_change_a_word_neither_overwrites_the_other(
    house: House, clerk: Browser, other: Browser
) -> None:
    at = f"{CATALOGUE}/haircut?station=S01"
    await clerk.opens(at)
    seen = version(clerk)
    await other.signs_in("manager")
    await other.opens(at)
    await other.sends(at, OWN | {"price": "每次12元", "_version": version(other)})
    words = await clerk.sends(at, OWN | {"price": "每次9元", "_version": seen})
    assert clerk.status == 422
    assert "有人刚刚改过这里" in words
    assert "每次12元" in words
    assert "每次9元" in words


async def test_a_duration_that_no_half_hour_holds_is_refused_where_it_stands(clerk: Browser) -> None:
    at = f"{CATALOGUE}/haircut?station=S01"
    await clerk.opens(at)
    words = await clerk.sends(at, OWN | {"minutes": "45", "price": "每次11元", "_version": version(clerk)})
    assert clerk.status == 422
    assert "30的倍数" in words
    assert "每次11元" in words


async def test_the_citys_word_is_changed_by_whoever_has_the_city(house: House, clerk: Browser, other: Browser) -> None:
    at = f"{CATALOGUE}/haircut"
    form = {"name": "理发", "price": "每次20元", "minutes": "30", "lead_minutes": "30"}
    await clerk.opens(at)
    await clerk.sends(f"{at}/city", form | {"_version": version(clerk)})
    assert clerk.status == 403
    await other.signs_in("admin")
    await other.opens(f"{at}?station=S01")
    await other.sends(f"{at}/city?station=S01", form | {"_version": version(other, 1)})
    with house.transaction() as session:
        assert thing(session, "haircut").price == "每次20元"


async def test_hours_capacity_and_services_of_a_provider(house: House, clerk: Browser) -> None:
    at = provider_at(house, "haircut")
    await clerk.opens(at)
    form = {"name": "示例理发店", "capacity": "2", "does": "haircut", "day0": "9:00-12:00 14:00-18:00"}
    wrong = await clerk.sends(at, form | {"day1": "上午", "_version": version(clerk)})
    assert clerk.status == 422
    assert "写法不对" in wrong
    assert 'value="上午"' in clerk.page
    assert "已保存" in await clerk.sends(at, form | {"_version": version(clerk)})
    with house.transaction() as session:
        row = who_does(session, "haircut")
        assert (row.capacity, row.hours) == (2, {"0": [["09:00", "12:00"], ["14:00", "18:00"]]})


async def test_whoever_is_away_cannot_be_had_but_not_over_what_is_booked(house: House, clerk: Browser) -> None:
    booked(house.town.resident("王阿姨"), f"帮我约明天下午三点的保洁，{SAID}")
    at = provider_at(house, "cleaning")
    await clerk.opens(at)
    words = await clerk.sends(f"{at}/away", {"since": "2026-11-23T08:00", "until": "2026-11-23T20:00"})
    assert clerk.status == 409
    assert "B261122-0001" in words
    assert "2026-11-23T08:00" in clerk.page
    await clerk.sends(f"{at}/away", {"since": "2026-11-24T08:00", "until": "2026-11-24T20:00", "reason": "培训"})
    assert "停 · 培训" in await clerk.opens("/console/bookings?day=2026-11-24&station=S01")
    await clerk.opens(at)
    [gone] = re.findall(r'name="away" value="([^"]+)"', clerk.page)
    await clerk.sends(f"{at}/back", {"away": gone})
    assert "培训" not in await clerk.opens("/console/bookings?day=2026-11-24&station=S01")


async def test_what_a_going_means_is_said_before_it_is_done(house: House, clerk: Browser) -> None:
    booked(house.town.resident("王阿姨"), f"帮我约明天下午三点的保洁，{SAID}")
    at = provider_at(house, "cleaning")
    assert "还有 1 单没做：0 单现在就有别人能接，1 单要站里另外派人" in await clerk.opens(at)
    words = await clerk.sends(f"{at}/remove")
    assert "待派人" in words
    with office_of(house.town) as office:
        row = bookings.numbered(office.session, "B261122-0001")
        assert row is not None
        assert row.state == State.ORPHANED


async def test_somebody_new_gets_a_page_of_their_own(house: House, clerk: Browser) -> None:
    await clerk.opens(PROVIDERS)
    words = await clerk.sends(f"{PROVIDERS}?station=S01", {"name": "示例磨刀师傅"})
    assert "示例磨刀师傅" in words
    assert "示例磨刀师傅" in await clerk.opens(PROVIDERS)
    assert house.acts("provider.added") == ["clerk provider.added P11"]


@pytest.mark.parametrize("step", ["", "/away", "/back", "/remove"])
async def test_another_stations_provider_is_not_there(house: House, clerk: Browser, step: str) -> None:
    at = provider_at(house, "haircut")
    with house.transaction() as session:
        who_does(session, "haircut").station_id = next(
            one.id for one in station.everywhere(session) if one.code == "L01"
        )
    await clerk.opens(at)
    assert clerk.status == 404
    await clerk.sends(at + step, {"name": "x"})
    assert clerk.status == 404
