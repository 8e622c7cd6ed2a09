"""No building without a person: what the check of a community's chart finds."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from bot.rules import grid
from bot.rules.grid import Finding, Gap
from bot.store import Store, place, transaction
from bot.store.contact import Contact
from bot.store.grid import Grid, GridBuilding
from bot.store.place import Building, Compound
from bot.wording import grid as say
from tests.support.town import Town

TODAY = date(2026, 11, 22)
KNOWN = Finding(Gap.VACANT, "第2网格2号微网格员")  # the sample community's own vacancy


def findings(session: Session, today: date = TODAY) -> list[Finding]:
    session.flush()
    session.expire_all()
    return grid.check(session, [one.id for one in place.communities(session, 9)], today)


def building(session: Session, compound: str, number: str) -> Building:
    found = select(Building).join(Compound, col(Compound.id) == col(Building.compound_id))
    return session.scalars(found.where(col(Compound.code) == compound, col(Building.number) == number)).one()


def grid_id(session: Session, code: str) -> UUID:
    return session.scalars(select(Grid).where(col(Grid.code) == code)).one().id


def test_the_sample_community_has_a_person_for_everybody(store: Store) -> None:
    with transaction(store) as session:
        assert findings(session) == [KNOWN]


def test_a_vacancy_with_somebody_above_leaves_nobody_alone(town: Town) -> None:
    with transaction(town.store) as session:
        session.execute(update(Contact).where(col(Contact.code) == "LDZ1-2").values(phone=""))
        assert Gap.NOBODY not in {found.gap for found in findings(session)}


def test_a_building_whose_whole_line_is_vacant_has_nobody(town: Town) -> None:
    with transaction(town.store) as session:
        session.execute(update(Contact).where(col(Contact.code).in_(["LDZ1-2", "WGY1"])).values(phone=""))
        found = findings(session)
    assert Finding(Gap.NOBODY, "示例花园", "3") in found
    assert Finding(Gap.NOBODY, "示例花园", "1") not in found
    assert Finding(Gap.NO_STAND_IN, "第2网格网格员") in found


def test_a_building_on_no_grid(town: Town) -> None:
    with transaction(town.store) as session:
        one = building(session, "XQ02", "2")
        session.execute(delete(GridBuilding).where(col(GridBuilding.building_id) == one.id))
        found = findings(session)
    assert Finding(Gap.NO_GRID, "示例新村", "2") in found
    assert Finding(Gap.NOBODY, "示例新村", "2") in found


def test_two_micro_grids_over_one_building(town: Town) -> None:
    with transaction(town.store) as session:
        one = building(session, "XQ01", "3")
        session.add(GridBuilding(grid_id=grid_id(session, "WG2-1"), building_id=one.id))
        found = findings(session)
    assert Finding(Gap.OVERLAP, "示例花园", "3", "", ("第1网格2号微网格", "第2网格1号微网格")) in [
        Finding(one.gap, one.where, one.number, one.unit, tuple(sorted(one.what))) for one in found
    ]


def test_units_on_different_grids_are_no_overlap_but_a_forgotten_unit_is_found(town: Town) -> None:
    with transaction(town.store) as session:
        one = building(session, "XQ01", "2")  # three units
        session.execute(delete(GridBuilding).where(col(GridBuilding.building_id) == one.id))
        session.add(GridBuilding(grid_id=grid_id(session, "WG1-1"), building_id=one.id, unit="1"))
        session.add(GridBuilding(grid_id=grid_id(session, "WG1-2"), building_id=one.id, unit="2"))
        found = findings(session)
    assert Gap.OVERLAP not in {one.gap for one in found}
    assert Finding(Gap.NO_GRID, "示例花园", "2", "3") in found
    assert Finding(Gap.NO_GRID, "示例花园", "2", "1") not in found


def test_a_grid_over_the_whole_building_and_one_over_a_unit_overlap(town: Town) -> None:
    with transaction(town.store) as session:
        one = building(session, "XQ01", "3")
        session.add(GridBuilding(grid_id=grid_id(session, "WG2-1"), building_id=one.id, unit="2"))
        found = findings(session)
    assert [(one.number, one.unit) for one in found if one.gap is Gap.OVERLAP] == [("3", "2")]


def test_a_special_grid_beside_a_micro_grid_is_no_overlap(town: Town) -> None:
    with transaction(town.store) as session:
        one = building(session, "XQ01", "3")
        session.add(GridBuilding(grid_id=grid_id(session, "WGZ"), building_id=one.id))
        assert findings(session) == [KNOWN]


@pytest.mark.parametrize(("today", "is_found"), [(19, False), (20, True), (25, True), (26, False)])
def test_somebody_on_leave_without_a_stand_in(town: Town, today: int, is_found: bool) -> None:
    with transaction(town.store) as session:
        session.execute(
            update(Contact)
            .where(col(Contact.code) == "WGY3")
            .values(leave_from=date(2026, 11, 20), leave_until=date(2026, 11, 25))
        )
        found = findings(session, date(2026, 11, today))
    assert (Finding(Gap.NO_STAND_IN, "第3网格网格员") in found) is is_found


def test_a_ring_of_grids_does_not_go_round(town: Town) -> None:
    with transaction(town.store) as session:
        session.execute(update(Grid).where(col(Grid.code) == "WG").values(parent_id=grid_id(session, "WG1")))
        assert findings(session) == [KNOWN]


def test_every_finding_has_words() -> None:
    for gap in Gap:
        assert "示例" in say.finding(Finding(gap, "示例花园", "3", "2", ("甲", "乙")))
    assert "3栋2单元" in say.finding(Finding(Gap.NOBODY, "示例花园", "3", "2"))
    assert "每栋楼都有人" in say.summary(0)
