"""Stations in residents' words: which is near, how far, open or not, and the facts that answers take from there."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text, update
from sqlmodel import col

from bot.messages import Kind, Spot
from bot.rules import station as rules
from bot.store import Store, holiday, migrate, open_store, station, transaction
from bot.store.holiday import DayKind
from bot.store.place import Building, Compound
from bot.store.station import Closure, Station
from bot.wording import station as say
from tests.support.emptied import empty
from tests.support.group import in_a_group
from tests.support.town import CHENGDU, SUNDAY_MORNING, Town


def record(town: Town, code: str, **values: object) -> None:
    """Change a station of the sample community."""
    with transaction(town.store) as session:
        session.execute(update(Station).where(col(Station.code) == code).values(**values))


def shut(town: Town, code: str, start: datetime, end: datetime, why: str) -> None:
    with transaction(town.store) as session:
        found = next(one for one in station.everywhere(session) if one.code == code)
        station.shut(session, found.id, [(start, end, why)])


def order(read: str) -> list[str]:
    """The stations of an answer, in their order."""
    names = {name: read.find(name) for name in ("生活服务站", "党群服务中心", "知识共享站")}
    return sorted((name for name, at in names.items() if at >= 0), key=names.__getitem__)


def test_a_shared_place_gets_three_with_their_walk_and_how_they_stand(town: Town) -> None:
    read = town.resident("家长").shares(30.6212, 104.1131)
    assert order(read) == ["生活服务站", "党群服务中心", "知识共享站"]
    assert "生活服务站，步行约1分钟\n   现在开着，到16:00" in read
    assert "党群服务中心，步行约3分钟\n   现在没开，明天9:00开门" in read
    assert "电话028-0000-0002" in read
    assert "可以歇脚、给手机充电、接水喝" in read


def test_a_place_is_asked_for_only_when_nothing_is_known(town: Town) -> None:
    resident = town.resident("家长")
    assert say.WHERE in resident.says("最近的服务站在哪")
    assert list(resident.reply.choices) == ["示例花园", "示例新村"]


@pytest.mark.parametrize("how", ["示例新村", "2", "新村", "我住新村"])
def test_the_compound_may_be_tapped_counted_or_said(town: Town, how: str) -> None:
    resident = town.resident("家长")
    resident.says("最近的服务站在哪")
    assert "离示例新村最近的站点" in resident.says(how)


def test_a_location_answers_the_question(town: Town) -> None:
    resident = town.resident("家长")
    resident.says("最近的服务站在哪")
    assert order(resident.shares(30.6190, 104.1140))[0] == "知识共享站"


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("示例新村最近的服务站", "示例新村"),
        ("新村1栋附近的服务站", "示例新村1栋"),
        ("离3栋最近的服务站", "示例花园3栋"),
    ],
)
def test_a_place_that_was_said_is_not_asked_again(town: Town, said: str, near: str) -> None:
    assert f"离{near}最近的站点" in town.resident("家长").says(said)


def test_a_number_that_two_compounds_have_is_not_guessed(town: Town) -> None:
    resident = town.resident("家长")
    assert say.WHERE in resident.says("离1栋最近的服务站")
    assert "离示例新村1栋最近的站点" in resident.says("示例新村1栋")


def test_the_remembered_building_is_used(town: Town) -> None:
    resident = town.resident("家长")
    resident.says("示例新村2栋的网格员是谁")
    resident.says("记住")
    assert "离示例新村2栋最近的站点" in resident.says("最近的服务站在哪")


def test_a_building_without_a_place_is_where_its_compound_is(town: Town) -> None:
    with transaction(town.store) as session:
        session.execute(update(Building).values(lat=None, lon=None))
    assert order(town.resident("家长").says("示例新村1栋附近的服务站"))[0] == "党群服务中心"
    with transaction(town.store) as session:
        session.execute(update(Compound).values(lat=None, lon=None))
    assert say.NOT_PLACED in town.resident("家长").says("示例新村1栋附近的服务站")


def test_what_is_not_understood_is_asked_once_more_and_then_left(town: Town) -> None:
    resident = town.resident("家长")
    resident.says("最近的服务站在哪")
    assert say.WHERE_AGAIN in resident.says("嘎啦嘎啦呜呜")
    assert say.WHERE_AGAIN not in resident.says("咕噜咕噜哇哇")


def test_another_need_meanwhile_is_served(town: Town) -> None:
    resident = town.resident("家长")
    resident.says("最近的服务站在哪")
    assert "社保卡" in resident.says("社保卡在哪里办")


def test_a_picture_meanwhile_is_met_as_always(town: Town) -> None:
    resident = town.resident("家长")
    resident.says("最近的服务站在哪")
    assert "图片收到了" in resident.sends(Kind.PICTURE)


def test_outside_fifteen_minutes_it_is_said_with_a_way_on(town: Town) -> None:
    read = town.resident("家长").shares(30.6290, 104.1131)
    assert "步行约16分钟" in read
    assert "15分钟圈外" in read


def test_life_services_are_to_be_within_five_minutes(town: Town) -> None:
    read = town.resident("家长").shares(30.6180, 104.1150)
    assert "知识共享站，步行约3分钟" in read
    assert re.search("生活服务站要走约([6-9])分钟，在5分钟圈外，可以打电话约上门", read)
    assert "5分钟圈外" not in town.resident("婆婆").shares(30.6210, 104.1130)


def test_who_is_far_away_gets_kilometres(town: Town) -> None:
    assert "有约73公里" in town.resident("家长").shares(31.0, 104.5)


def test_without_any_station_there_is_still_a_way(town: Town) -> None:
    with transaction(town.store) as session:
        empty(session, Station)
    assert "12345" in town.resident("家长").shares(30.62, 104.11)


def test_a_closure_shows_in_the_list_and_in_the_answer(town: Town) -> None:
    shut(town, "S01", SUNDAY_MORNING - timedelta(hours=1), SUNDAY_MORNING + timedelta(days=1), "电路检修")
    read = town.resident("家长").shares(30.6212, 104.1131)
    assert "临时关门（电路检修），明天10:00开门" in read
    town.passes(days=1, hours=1)
    assert "临时关门" not in town.resident("家长").shares(30.6212, 104.1131)


def test_a_holiday_of_the_staff_shows_in_the_list(town: Town) -> None:
    with transaction(town.store) as session:
        holiday.put(session, SUNDAY_MORNING.date(), DayKind.HOLIDAY, "社区日")
    assert "今天社区日放假，明天9:00开门" in town.resident("家长").shares(30.6212, 104.1131)


def test_a_group_reads_no_phone_and_nobodys_whereabouts(town: Town) -> None:
    resident = in_a_group(town).resident("家长")
    read = resident.says("示例新村最近的服务站")
    assert order(read)
    assert "028" not in read
    assert resident.says("最近的服务站在哪") == say.IN_GROUP


def test_the_facts_of_an_answer(town: Town) -> None:
    now = SUNDAY_MORNING
    with transaction(town.store) as session:
        stations = rules.serving(session)

        def fact(name: str) -> str:
            return say.fact(stations, name, lambda counter: say.standing(rules.opening(session, counter, now), now))

        assert fact("station.now") == "现在开着，到16:00"
        assert fact("community.now") == "现在没开，明天9:00开门"
        assert fact("station.phone") == "028-0000-0002"
        assert fact("station.facilities") == "歇脚、给手机充电、接水喝"
        assert fact("station.hours").startswith("周一至周五 9:00–12:00、13:30–18:00")
        assert fact("community.services") == say.UNKNOWN
        assert fact("station.id_of_it") == say.UNKNOWN
        assert fact("moon.hours") == say.UNKNOWN


def test_stations_far_and_near_on_both_databases(store: Store) -> None:
    with transaction(store) as session:
        found = rules.around(session, Spot(30.6212, 104.1131), SUNDAY_MORNING, limit=2)
    assert [near.station.name for near in found.stations] == ["示例社区生活服务站", "示例社区党群服务中心"]
    assert [near.minutes for near in found.stations] == [1, 3]
    assert found.life_minutes is None
    with transaction(store) as session:
        life = next(one for one in station.everywhere(session) if one.code == "S01")
        noon = datetime(2026, 11, 22, 12, tzinfo=CHENGDU)
        station.shut(session, life.id, [(noon, noon + timedelta(hours=2), "盘点")])
    with transaction(store) as session:
        assert rules.around(session, Spot(30.6212, 104.1131), noon).stations[0].opening.shut is not None
        kept = session.get(Closure, station.all_closures(session)[0].id)
        assert kept is not None
        assert kept.starts_at == noon.astimezone(UTC)


def test_stations_from_before_the_places_are_kept(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'old.db'}")
    scripts = migrate.configuration(store)
    command.upgrade(scripts, "0001")
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO station (id, code, kind, name, address, phone, hours, services, locker_fee) VALUES "
                "('0123456789abcdef0123456789abcdef', 'S9', 'station', '老站', '老路', '028-0000-0009', '{}', '', '')"
            )
        )
    migrate.upgrade(store)
    with transaction(store) as session:
        (old,) = station.everywhere(session)
        assert (old.name, old.facilities, old.area_id) == ("老站", [], None)
    store.close()
