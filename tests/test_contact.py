"""Who is responsible for my door: asked in residents' words, answered with a phone, hours, and who stands in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.store import holiday, transaction
from bot.store.contact import Contact
from bot.store.grid import Grid
from bot.store.holiday import DayKind
from bot.store.place import Area
from bot.store.station import Station
from bot.wording import contact as say
from tests.support.emptied import empty
from tests.support.group import in_a_group
from tests.support.town import Town


@contextmanager
def changed(town: Town) -> Iterator[Session]:
    with transaction(town.store) as session:
        yield session


def post(town: Town, code: str, **values: object) -> None:
    """Change a post of the sample community."""
    with changed(town) as session:
        session.execute(update(Contact).where(col(Contact.code) == code).values(**values))


@pytest.mark.parametrize(
    ("said", "title", "phone"),
    [
        ("我们3栋的网格员是哪个", "第1网格网格员", "028-0000-0011"),
        ("三栋的网格员电话", "第1网格网格员", "028-0000-0011"),
        ("示例新村2栋网格员是谁", "第3网格网格员", "028-0000-0003"),
        ("花园小区5栋的楼栋长电话", "第2网格1号微网格员", "028-0000-0023"),
        ("社区民警电话", "示例社区民警", "028-0000-0031"),
        ("社区书记电话", "示例社区书记", "028-0000-0005"),
        ("居委会电话", "示例社区党群服务中心", "028-0000-0001"),
        ("服务站电话", "示例社区生活服务站", "028-0000-0002"),
    ],
)
def test_what_was_said_is_enough(town: Town, said: str, title: str, phone: str) -> None:
    read = town.resident("婆婆").says(said)
    assert title in read
    assert f"电话：{phone}" in read


def test_the_answer_has_hours_and_whether_somebody_is_there(town: Town) -> None:
    resident = town.resident("婆婆")
    assert "周六 10:00–16:00（现在不在班，明天9:00上班）" in resident.says("3栋的网格员是哪个")
    town.passes(days=1)
    assert "（现在在班，到12:00）" in resident.says("3栋的网格员是哪个")


def test_on_a_holiday_nobody_is_on_duty(town: Town) -> None:
    with changed(town) as session:
        holiday.put(session, date(2026, 11, 23), DayKind.HOLIDAY, "社区日")
    town.passes(days=1)
    assert "今天社区日放假，明天9:00上班" in town.resident("婆婆").says("3栋的网格员是哪个")


def test_the_urgent_way_stands_below_every_answer(town: Town) -> None:
    resident = town.resident("婆婆")
    assert "110" in resident.says("社区民警电话")
    assert "12345" in resident.says("社区书记电话")
    assert "爆水管" in resident.says("示例花园物业电话")


def test_another_need_meanwhile_is_served(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("网格员电话")
    assert "社保卡" in resident.says("社保卡在哪里办")


def test_another_role_meanwhile_keeps_the_place(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("网格员电话")
    resident.taps("示例新村")
    assert "028-0000-0042" in resident.says("物业电话")


def test_which_role_is_asked_where_none_was_said(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.does("click", "action:find_contact")
    assert list(resident.reply.choices) == list(say.ROLES.values())
    assert "028-0000-0031" in resident.says("民警")


def test_a_place_told_before_the_role_is_kept(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.does("click", "action:find_contact")
    assert say.WHICH_ROLE in resident.says("花园3栋")
    assert "示例花园3栋的网格员" in resident.taps("网格员")


def test_further_questions_know_the_place(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("花园3栋的网格员是哪个")
    resident.says("不用")
    assert "028-0000-0041" in resident.says("物业电话")
    assert "028-0000-0031" in resident.says("民警呢")
    assert "示例花园5栋的社区民警" in resident.says("5栋呢")


def test_who_is_away_is_said_and_who_stands_in(town: Town) -> None:
    read = town.resident("婆婆").says("5栋的网格员是哪个")
    assert "第2网格网格员，请假中，这段时间由第1网格网格员代班" in read
    assert "028-0000-0011" in read


def test_leave_has_its_last_day_and_then_ends(town: Town) -> None:
    post(town, "WGY2", leave_from=date(2026, 11, 20), leave_until=date(2026, 11, 22))
    resident = town.resident("婆婆")
    assert "请假到11月22日" in resident.says("5栋的网格员是哪个")
    town.passes(days=1)
    read = resident.says("5栋的网格员是哪个")
    assert "请假" not in read
    assert "028-0000-0012" in read


def test_whoever_stands_in_for_the_stand_in(town: Town) -> None:
    with changed(town) as session:
        third = session.scalars(select(Contact).where(col(Contact.code) == "WGY3")).one().id
    post(town, "WGY1", leave_from=date(2026, 11, 1), stand_in_id=third)
    assert "028-0000-0003" in town.resident("婆婆").says("5栋的网格员是哪个")


def test_people_who_stand_in_for_each_other_do_not_go_round(town: Town) -> None:
    with changed(town) as session:
        second = session.scalars(select(Contact).where(col(Contact.code) == "WGY2")).one().id
    post(town, "WGY1", leave_from=date(2026, 11, 1), stand_in_id=second)
    read = town.resident("婆婆").says("5栋的网格员是哪个")
    assert "第2网格网格员，请假中，请找示例社区党群服务中心" in read


def test_a_vacancy_leads_to_the_next_one_up(town: Town) -> None:
    read = town.resident("婆婆").says("花园6栋的楼栋长电话")
    assert "暂时空缺，请找第1网格网格员" in read
    assert "028-0000-0011" in read


def test_a_whole_vacant_grid_leads_to_the_community(town: Town) -> None:
    for code in ("WGY1", "WGY2", "WGY3"):
        post(town, code, phone="")
    assert "028-0000-0001" in town.resident("婆婆").says("3栋的网格员是哪个")


def test_a_grid_worker_of_the_general_grid_comes_before_the_community(town: Town) -> None:
    post(town, "WGY1", phone="")
    with changed(town) as session:
        general = session.scalars(select(Grid).where(col(Grid.code) == "WG")).one().id
    post(town, "WGY3", grid_id=general)
    assert "028-0000-0003" in town.resident("婆婆").says("3栋的网格员是哪个")


def test_with_nobody_at_all_there_is_still_a_way(town: Town) -> None:
    with changed(town) as session:
        empty(session, Contact, Station)
    assert "12345" in town.resident("婆婆").says("3栋的网格员是哪个")


def test_before_any_place_is_known_the_counter_answers(town: Town) -> None:
    with changed(town) as session:
        session.execute(update(Station).values(area_id=None))
        empty(session, Area, keep=[Station])
    assert "028-0000-0001" in town.resident("婆婆").says("3栋的网格员是哪个")


@pytest.mark.parametrize("said", ["我们3栋的网格员是哪个", "社区民警电话", "物业电话好多", "网格员电话", "服务站电话"])
def test_a_group_never_reads_a_phone_number(town: Town, said: str) -> None:
    read = in_a_group(town).resident("婆婆").says(said)
    assert read == say.IN_GROUP
    assert "028" not in read
