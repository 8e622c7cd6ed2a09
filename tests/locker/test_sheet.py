"""Cabinets as a workbook, and ten thousand of them in a city."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import func, select

from bot.privacy import Seal
from bot.samples import city
from bot.sheets import lockers as sheet
from bot.sheets.row import Row
from bot.store import Store, open_store, schema, transaction
from bot.store.locker import Cabinet, Compartment, reading
from tests.conftest import SECRET
from tests.support.town import CHENGDU, Town

NEW = {
    "code": "g0009",
    "name": "示例花园3栋1单元门口",
    "station_code": "S01",
    "compound_code": "XQ01",
    "building": "3栋",
    "unit": "1",
    "lat": "30.6214",
    "lon": "104.1133",
    "board": "KR-CU16",
    "polarity": "打开闭合",
    "abilities": "门反馈、屏幕",
    "in_use": "是",
    "small_doors": "4",
    "middle_doors": "3",
    "large_doors": "1",
}


def takes_in(store: Store, **changed: str) -> list[str]:
    """Import one row; returns what is wrong with it."""
    row = Row(2, {**NEW, **changed}, CHENGDU)
    with transaction(store) as session:
        sheet.take_in(session, [row])
    return [str(problem) for problem in row.problems]


def given_out(store: Store) -> dict[str, dict[str, str]]:
    with transaction(store) as session:
        return {row["code"]: dict(row) for row in sheet.give_out(session, CHENGDU)}


def test_a_row_comes_out_as_it_went_in(town: Town) -> None:
    assert takes_in(town.store) == []
    assert given_out(town.store)["G0009"] == {**NEW, "code": "G0009", "building": "3"}
    with transaction(town.store) as session:
        found = reading.cabinet_by_code(session, "G0009")
        assert found is not None
        sizes = [one.size for one in reading.compartments(session, found.id)]
    assert sizes == ["s", "s", "s", "s", "m", "m", "m", "l"]


def test_the_samples_come_in_again_unchanged(town: Town) -> None:
    before = given_out(town.store)
    rows = [Row(number, cells, CHENGDU) for number, cells in enumerate(before.values(), 2)]
    with transaction(town.store) as session:
        sheet.take_in(session, rows)
    assert [row.problems for row in rows] == [[], []]
    assert given_out(town.store) == before


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"name": ""}, "不能空着"),
        ({"station_code": "S99"}, "没有编号为“S99”"),
        ({"building": "99"}, "没有编号为"),
        ({"board": "啥子板"}, "只能填"),
        ({"small_doors": "", "middle_doors": "0", "large_doors": ""}, "不能空着"),
        ({"small_doors": "很多"}, "不是数字"),
        ({"code": "G0001"}, "不能改格数"),
    ],
)
def test_what_is_wrong_is_named(town: Town, changed: dict[str, str], wrong: str) -> None:
    [problem, *_] = takes_in(town.store, **changed)
    assert wrong in problem
    assert "G0009" not in given_out(town.store)


def test_a_city_of_cabinets(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'city.db'}")
    schema.create(store)
    plan = city.Plan(7, 6_000, 500, 1, datetime(2026, 11, 22, 2, 0, tzinfo=UTC), CHENGDU, Seal(SECRET))
    with transaction(store) as session:
        city.fill(session, plan)
        cabinets = session.scalars(select(Cabinet)).all()
        doors = session.scalar(select(func.count()).select_from(Compartment))
    assert len(cabinets) == len({one.code for one in cabinets}) == 500
    assert doors == 500 * 12
    assert all(one.building_id and one.lat for one in cabinets)
    store.close()
