"""Stations for the staff: hours, closures and holidays that residents hear of at once."""

from __future__ import annotations

import re

import pytest

from bot.store import service
from bot.store.service import Service, StationService
from bot.store.station import Station, everywhere
from tests.console.test_places import filled
from tests.support.console import Browser, House

STATIONS, HOLIDAYS = "/console/stations", "/console/holidays"
NEW = {"code": "S02", "name": "示例二站", "address": "示例路2号", "phone": "028-0000-0202"}


def station(house: House, code: str = "S01") -> Station:
    with house.transaction() as session:
        return next(one for one in everywhere(session) if one.code == code)


def form(page: str) -> dict[str, str]:
    """The form as it stands, ticks and long texts too."""
    long = dict(re.findall(r'<textarea id="f-(\w+)"[^>]*>([^<]*)</textarea>', page))
    ticks = dict(re.findall(r'type="checkbox" name="(\w+)" value="(1)" checked', page))
    return {**filled(page), **long, **ticks}


async def changes(browser: Browser, path: str, **typed: str) -> str:
    await browser.opens(path)
    return await browser.sends(path, {**form(browser.page), **typed})


async def test_saved_as_it_was_nothing_changes(house: House, clerk: Browser) -> None:
    before = station(house)
    assert "已保存" in await changes(clerk, f"{STATIONS}/{before.id}")
    assert station(house) == before


async def test_new_hours_are_what_residents_hear(house: House, clerk: Browser) -> None:
    path = f"{STATIONS}/{station(house).id}"
    await changes(clerk, path, day6="10:00-11:00 15:00-16:00", drink="1")
    granny = house.town.resident("婆婆")
    assert "10:00–11:00、15:00–16:00" in granny.says("服务站几点开门")
    assert house.acts("station.changed") == ["clerk station.changed S01"]


async def test_shut_for_a_while_it_is_shut_for_residents_too(house: House, clerk: Browser) -> None:
    path = f"{STATIONS}/{station(house).id}"
    words = await changes(clerk, path, closures="2026-11-20 09:00到2026-11-25 18:00 装修")
    assert "临时关门（装修）" in words


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"day0": "早上"}, "不是时间段"),
        ({"lat": "104.06", "lon": "30.57"}, "可能写反了"),
        ({"closures": "过年"}, "看不懂"),
        ({"phone": "没有"}, "不是电话号码"),
        ({"kind": "castle"}, "只能填"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field(
    house: House, clerk: Browser, typed: dict[str, str], reason: str
) -> None:
    before = station(house)
    assert reason in await changes(clerk, f"{STATIONS}/{before.id}", **typed)
    assert clerk.status == 422
    assert station(house) == before


async def test_a_new_station_from_one_that_works(house: House, browser: Browser) -> None:
    old = station(house)
    with house.transaction() as session:
        session.add(Service(id="test-cut", name="示例理发"))
        session.flush()
        session.add(StationService(station_id=old.id, service_id="test-cut", price="示例价"))
    await browser.signs_in("manager")
    await browser.opens(f"{STATIONS}/{old.id}")
    assert "新站点已建好" in await browser.sends(f"{STATIONS}/{old.id}/clone", NEW)
    new = station(house, "S02")
    assert (new.hours, new.facilities, new.area_id) == (old.hours, old.facilities, old.area_id)
    assert (new.name, new.lat) == ("示例二站", None)
    with house.transaction() as session:
        assert service.own_words(session, new.id)["test-cut"].price == "示例价"
    assert "编号S02已经有了" in await browser.sends(f"{STATIONS}/{old.id}/clone", NEW)
    assert browser.status == 409
    assert "编号只用字母" in await browser.sends(f"{STATIONS}/{old.id}/clone", {**NEW, "code": "二站"})
    assert "示例二站" in await browser.opens(STATIONS)


async def test_a_day_that_the_staff_know_better(house: House, browser: Browser) -> None:
    manager = browser
    await manager.signs_in("manager")
    words = await manager.opens(f"{HOLIDAYS}?year=2026")
    assert "国庆节" in words
    words = await manager.sends(HOLIDAYS, {"day": "2026-11-22", "kind": "holiday", "name": "社区活动日"})
    assert "11月22日 周日 放假 社区活动日 我们定的" in words
    assert "社区活动日放假" in await manager.opens(f"{STATIONS}/{station(house).id}")
    assert "社区活动日 我们定的" not in await manager.sends(f"{HOLIDAYS}/drop", {"day": "2026-11-22"})
    assert "请填日期" in await manager.sends(HOLIDAYS, {"day": "哪天", "kind": "holiday", "name": "x"})
    assert "还没有公布" in await manager.opens(f"{HOLIDAYS}?year=2099")
    assert len(house.acts("holiday.changed")) == 2


async def test_another_areas_station_is_not_there(house: House, clerk: Browser) -> None:
    with house.transaction() as session:
        far = Station(code="Z9", kind="station", name="别处的站", address="别处", phone="028-0000-0900", hours={})
        session.add(far)
        session.flush()
        path = f"{STATIONS}/{far.id}"
    assert "别处的站" not in await clerk.opens(STATIONS)
    await clerk.opens(path)
    assert clerk.status == 404
    await clerk.sends(path, {"name": "我的"})
    assert clerk.status == 404
