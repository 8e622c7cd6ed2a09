"""Which building a resident means, and that it is remembered only with their yes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlmodel import Session, col

from bot.conversation import Conversation
from bot.store import Store, place, transaction
from bot.store.contact import Contact
from bot.store.grid import Grid, GridBuilding
from bot.store.place import Area, Building, Compound, Level
from bot.store.resident import Identity, Resident, home
from bot.wording import contact as say
from tests.support.town import Person, Town


@contextmanager
def changed(town: Town) -> Iterator[Session]:
    with transaction(town.store) as session:
        yield session


def kept(town: Town, name: str) -> Resident:
    """What is stored of a resident."""
    with changed(town) as session:
        person = session.scalars(select(Identity).where(col(Identity.sender) == name)).one()
        found = session.get(Resident, person.resident_id)
        assert found is not None
        return found


def test_only_the_building_is_asked_for_and_may_be_told_in_parts(town: Town) -> None:
    resident = town.resident("婆婆")
    assert "哪个小区、哪一栋" in resident.says("网格员电话")
    assert "示例花园的哪一栋" in resident.taps("示例花园")
    assert "028-0000-0011" in resident.taps("2栋")


def test_a_compound_is_enough_where_all_its_buildings_have_the_same_person(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("网格员电话")
    assert "示例新村的网格员：第3网格网格员" in resident.taps("示例新村")


@pytest.mark.parametrize("answer", ["2", "2栋", "二栋", "第二个"])
def test_a_building_by_number_and_by_words(town: Town, answer: str) -> None:
    resident = town.resident("婆婆")
    resident.says("网格员电话")
    resident.says("花园小区")
    assert "示例花园2栋" in resident.says(answer)


def test_a_building_in_one_breath(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("网格员电话")
    assert "示例花园4栋" in resident.says("花园4栋")


def test_two_buildings_of_one_number_are_told_apart_by_compound_only(town: Town) -> None:
    resident = town.resident("婆婆")
    assert "不止一个小区有1栋" in resident.says("1栋的网格员是哪个")
    assert list(resident.reply.choices) == ["示例花园1栋", "示例新村1栋"]
    assert "028-0000-0003" in resident.says("示例新村1栋")
    assert "028-0000-0011" in town.resident("李叔").says("示例花园1栋的网格员是哪个")


def test_the_number_that_was_said_is_not_asked_again(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("1栋的网格员是哪个")
    assert "示例花园1栋的网格员" in resident.says("花园小区的")


def test_property_needs_only_the_compound(town: Town) -> None:
    resident = town.resident("婆婆")
    assert "哪个小区的物业" in resident.says("物业电话好多")
    assert "028-0000-0042" in resident.says("2")


def test_a_building_that_does_not_exist_is_said_so(town: Town) -> None:
    resident = town.resident("婆婆")
    assert "没查到19栋" in resident.says("19栋的网格员是哪个")
    assert "示例新村没有查到6栋。这里有1栋、2栋" in resident.says("新村6栋")
    assert "示例新村1栋的网格员" in resident.says("1")


def test_after_several_vain_attempts_there_is_a_person(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("网格员电话")
    resident.says("呜啦呜啦")
    resident.says("呱呱呱")
    assert "028-0000-0001" in resident.says("咕噜咕噜")


def split_by_units(town: Town) -> None:
    """Units 1 and 2 of 示例花园5栋 get grids of their own."""
    with changed(town) as session:
        building = session.scalars(
            select(Building)
            .join(Compound, col(Compound.id) == col(Building.compound_id))
            .where(col(Compound.code) == "XQ01", col(Building.number) == "5")
        ).one()
        session.execute(delete(GridBuilding).where(col(GridBuilding.building_id) == building.id))
        grids = {grid.code: grid.id for grid in session.scalars(select(Grid))}
        for code, unit in (("WG1-1", "1"), ("WG3-1", "2"), ("WG3-1", "3"), ("WG3-1", "4")):
            session.add(GridBuilding(grid_id=grids[code], building_id=building.id, unit=unit))


def test_the_unit_is_asked_only_where_it_matters(town: Town) -> None:
    split_by_units(town)
    resident = town.resident("婆婆")
    assert "您住几单元" in resident.says("5栋的网格员是哪个")
    assert "示例花园5栋2单元的网格员：第3网格网格员" in resident.says("2单元")
    other = town.resident("李叔")
    assert "示例花园5栋1单元的网格员：第1网格网格员" in other.says("5栋1单元的网格员是哪个")
    assert "几单元" not in other.says("5栋的物业电话")


def test_the_building_is_remembered_only_after_a_yes_and_asked_once_with_its_reason(town: Town) -> None:
    resident = town.resident("婆婆")
    assert "下次找人就不用再说，随时可以让我忘掉" in resident.says("3栋的网格员是哪个")
    assert kept(town, "婆婆").building_id is None
    assert "记住了：示例花园3栋" in resident.says("要得")
    assert kept(town, "婆婆").building_agreed_at == town.now
    town.passes(days=2)
    read = resident.says("网格员电话")
    assert "028-0000-0011" in read
    assert "按您让我记住的示例花园3栋" in read
    assert "要我记住" not in read


@pytest.mark.parametrize("no", ["不用", "2", "不用了", "算了嘛", "都不要"])
def test_a_no_is_respected_for_good(town: Town, no: str) -> None:
    resident = town.resident("婆婆")
    resident.says("3栋的网格员是哪个")
    assert resident.says(no) == say.NOT_KEPT
    town.passes(days=2)
    assert "要我记住" not in resident.says("3栋的网格员是哪个")
    town.passes(days=2)
    assert "哪一栋" in resident.says("网格员电话")
    assert kept(town, "婆婆").building_id is None


def test_a_question_left_without_an_answer_is_not_asked_again(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says("3栋的网格员是哪个")
    resident.says("社保卡在哪里办")
    assert "要我记住" not in resident.says("3栋的网格员是哪个")
    assert kept(town, "婆婆").building_id is None


def living_at(town: Town, place_said: str) -> Person:
    resident = town.resident("婆婆")
    resident.says(f"{place_said}的网格员是哪个")
    resident.says("记住")
    town.passes(days=1)
    return resident


def test_another_building_may_take_the_place_of_the_remembered_one(town: Town) -> None:
    resident = living_at(town, "3栋")
    resident.says("示例新村2栋的网格员是哪个")
    resident.taps("以后就按这栋")
    town.passes(days=1)
    assert "示例新村2栋" in resident.says("网格员电话")


def test_a_neighbours_building_does_not_take_the_place_of_the_remembered_one(town: Town) -> None:
    resident = living_at(town, "3栋")
    resident.says("示例新村2栋的网格员是哪个")
    town.passes(days=1)
    assert "示例花园3栋" in resident.says("网格员电话")


def test_the_remembered_building_may_be_changed_and_forgotten(town: Town) -> None:
    resident = living_at(town, "3栋")
    resident.says("网格员电话")
    assert "哪个小区、哪一栋" in resident.taps("换一栋")
    assert "示例花园4栋" in resident.says("花园4栋")
    town.passes(days=1)
    resident.says("网格员电话")
    assert resident.taps("别再记了") == say.FORGOTTEN
    assert kept(town, "婆婆").building_agreed_at is None
    assert "哪个小区、哪一栋" in resident.says("网格员电话")


def test_who_unfollows_leaves_no_building_behind(town: Town) -> None:
    resident = living_at(town, "3栋")
    resident.does("unsubscribe")
    assert kept(town, "婆婆").building_id is None


def test_two_communities_are_told_apart(town: Town) -> None:
    with changed(town) as session:
        other = Area(code="SQ02", level=Level.COMMUNITY.value, name="另一社区")
        compound = Compound(code="XQ03", name="示例苑", area_id=other.id)
        session.add(other)
        session.flush()
        session.add(compound)
        session.flush()
        place.call(session, compound.id, ["示例苑"])
        session.add(
            Contact(code="MJ2", role="police", title="另一社区民警", phone="028-0000-0032", hours={}, area_id=other.id)
        )
    resident = town.resident("婆婆")
    assert "哪个小区的社区民警" in resident.says("社区民警电话")
    assert "028-0000-0032" in resident.says("示例苑")
    assert "028-0000-0031" in town.resident("李叔").says("示例花园的社区民警电话")


def test_a_longer_name_is_not_taken_for_the_shorter_one(town: Town) -> None:
    with changed(town) as session:
        community = place.communities(session, 1)[0]
        compound = Compound(code="XQ04", name="示例花园二期", area_id=community.id)
        session.add(compound)
        session.flush()
        place.call(session, compound.id, ["示例花园二期"])
        session.add(
            Contact(
                code="WY4", role="property", title="二期物业", phone="028-0000-0044", hours={}, compound_id=compound.id
            )
        )
    for name, phone in (("示例花园二期", "028-0000-0044"), ("示例花园", "028-0000-0041")):
        resident = town.resident(name)
        resident.says("物业电话")
        assert phone in resident.says(f"{name}的")


def more_compounds(town: Town, names: list[str]) -> None:
    """Compounds of another community, each with a building 1 and a property office."""
    with changed(town) as session:
        other = Area(code="SQ03", level=Level.COMMUNITY.value, name="远方社区")
        session.add(other)
        session.flush()
        for number, name in enumerate(names):
            compound = Compound(code=f"YF{number:02d}", name=name, area_id=other.id)
            session.add(compound)
            session.flush()
            place.call(session, compound.id, [name])
            session.add(Building(compound_id=compound.id, number="1"))
            session.add(
                Contact(
                    code=f"YW{number}",
                    role="property",
                    title=f"{name}物业",
                    phone=f"028-0000-01{number:02d}",
                    hours={},
                    compound_id=compound.id,
                )
            )


def test_more_compounds_than_fit_are_to_be_named(town: Town) -> None:
    more_compounds(town, [f"第{word}大院" for word in "甲乙丙丁戊己庚"])
    resident = town.resident("婆婆")
    assert "哪个小区的物业" in resident.says("物业电话")
    assert not resident.reply.choices
    assert "028-0000-0103" in resident.says("第丁大院")
    other = town.resident("李叔")
    assert "不止一个小区有1栋" in other.says("1栋的网格员是哪个")
    assert not other.reply.choices
    assert "第1网格网格员" in other.says("示例花园")


def test_compounds_called_the_same_are_told_apart_by_their_community(town: Town) -> None:
    more_compounds(town, ["示例花园"])
    resident = town.resident("婆婆")
    assert "您说的是哪个" in resident.says("示例花园1栋的网格员是哪个")
    assert list(resident.reply.choices) == ["示例花园1栋（示例社区）", "示例花园1栋（远方社区）"]
    assert "028-0000-0011" in resident.says("1")


def test_the_same_on_both_databases(store: Store, talk: Conversation) -> None:
    town = Town(store, talk)
    resident = town.resident("婆婆")
    assert "示例花园3栋的网格员" in resident.says("花园3栋的网格员是哪个")
    assert "记住了" in resident.says("记住")
    town.passes(days=1)
    assert "028-0000-0041" in resident.says("物业电话")
    with transaction(store) as session:
        person = session.scalars(select(Identity)).one().resident_id
        kept_home = home(session, person)
    assert kept_home.asked
    assert kept_home.building_id is not None
    town.passes(seconds=timedelta(days=40).total_seconds())
    resident.does("unsubscribe")
    with transaction(store) as session:
        assert home(session, person).building_id is None
