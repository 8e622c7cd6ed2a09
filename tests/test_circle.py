"""Who reaches a place to learn on foot in time, who does not, and how the map, the list and the chat tell it."""

import random
import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from bot.messages import Spot
from bot.privacy import Seal
from bot.rules import circle
from bot.rules.circle import What
from bot.rules.office import Office
from bot.rules.station import CIRCLE_MINUTES, metres, minutes
from bot.store import Session, Store, place, station, transaction
from bot.store.place import Building, Compound
from bot.store.scope import Scope
from bot.store.staff import StaffRole
from bot.store.station import Facility, Station, StationKind
from bot.web.console.circle import svg
from tests.booking.scene import office_of
from tests.conftest import SECRET
from tests.console.conftest import browser, clerk, file_store, house, other, staffed  # noqa: F401 - fixtures
from tests.support.console import Browser, House
from tests.support.town import CHENGDU, SUNDAY_MORNING, Town

EVERYBODY = Scope(StaffRole.ADMINISTRATOR, everything=True)
STATIONS, COMPOUNDS, BUILDINGS = 200, 1667, 12


def test_a_resident_reads_what_is_within_fifteen_minutes(town: Town) -> None:
    wang = town.resident("王阿姨")
    said = wang.says("示例花园15分钟能到哪些学习点")
    assert "示例花园步行15分钟能到的学习点" in said
    assert "示例社区知识共享站，步行约" in said
    assert "您住哪个小区" in wang.says("我们小区15分钟能到哪些学习点")
    assert "示例社区知识共享站" in wang.says("示例新村")


def test_a_station_that_is_tagged_is_a_place_to_learn_too(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "示例社区生活服务站" not in wang.says("示例花园15分钟能到哪些学习点")
    with transaction(town.store) as session:
        life = session.get_one(Station, _station(session, "S01"))
        life.facilities = [*life.facilities, Facility.LEARN.value]
    assert "示例社区生活服务站" in wang.says("示例花园15分钟能到哪些学习点")


def test_a_compound_that_nobody_has_put_on_the_map_is_asked_for(town: Town) -> None:
    with transaction(town.store) as session:
        garden = next(one for one in place.compounds(session) if one.name == "示例花园")
        for row in (session.get_one(Compound, garden.id), *session.scalars(select(Building))):
            row.lat = row.lon = None
    wang = town.resident("王阿姨")
    assert "您住哪个小区" in wang.says("示例花园15分钟能到哪些学习点")
    assert "示例社区知识共享站" in wang.shares(30.6208, 104.1126)


def test_a_place_with_wrong_degrees_is_found_without_walking_there_from_cell_to_cell(town: Town) -> None:
    with transaction(town.store) as session:
        session.get_one(Station, _station(session, "L01")).lat = 3.06
    with office_of(town) as office:
        (group,) = circle.circle_of(office, EVERYBODY, What.LEARNING).groups
        assert group.place is not None
        assert group.place.code == "L01"
        assert group.metres > 3_000_000


def test_neighbours_whom_nobody_reaches_are_one_group(town: Town) -> None:
    with transaction(town.store) as session:
        _far(session, "示例远村", 30.66, count=4)
        _far(session, "示例山庄", 30.70, count=2)
    with office_of(town) as office:
        found = circle.circle_of(office, EVERYBODY, What.LEARNING)
        assert [(group.compounds, len(group.homes)) for group in found.groups] == [(["示例远村"], 4), (["示例山庄"], 2)]
        assert all(group.place and group.place.code == "L01" for group in found.groups)
        assert found.groups[0].minutes > CIRCLE_MINUTES
        assert (len(found.covered), found.uncovered, found.share) == (8, 6, 57)
        learning = next(one for one in found.places if one.place.code == "L01")
        assert (learning.buildings, learning.nearest) == (8, 8)
        drawing = svg(found)
        assert drawing.count("<rect") == 1 + len(found.places)
        assert len(re.findall(r"M\d+ \d+l12 12", drawing)) >= 2
        life = circle.circle_of(office, EVERYBODY, What.LIFE)
        assert {one.place.kind for one in life.places} == {StationKind.LIFE.value}


def test_the_grid_finds_what_looking_at_all_pairs_finds(memory: Store) -> None:
    """200 stations and 20,004 buildings: the same as the plain way on a sample, measured in 0.3 s."""
    chance = random.Random(7)  # noqa: S311 - no secret
    with transaction(memory) as session:
        _city(session, chance)
    with transaction(memory) as session:
        office = Office(session, Seal(SECRET), CHENGDU, SUNDAY_MORNING)
        found = circle.circle_of(office, EVERYBODY, What.LEARNING)
        drawing = svg(found)
        there = circle.places(office, What.LEARNING)
        covered = {home.id for home in found.covered}
        homes = [*found.covered, *(home for group in found.groups for home in group.homes)]
        for home in chance.sample(homes, 300):
            is_near = any(
                minutes(metres(Spot(home.lat, home.lon), Spot(one.lat or 0, one.lon or 0))) <= CIRCLE_MINUTES
                for one in there
            )
            assert (home.id in covered) == is_near
        for group in found.groups[::50]:
            lat = sum(home.lat for home in group.homes) / len(group.homes)
            lon = sum(home.lon for home in group.homes) / len(group.homes)
            ways = [metres(Spot(lat, lon), Spot(one.lat or 0, one.lon or 0)) for one in there]
            assert group.metres == pytest.approx(min(ways))
    assert len(homes) == COMPOUNDS * BUILDINGS + 8
    assert 0 < found.uncovered < len(homes)
    assert len(drawing) < 600_000


async def test_the_staff_see_the_map_and_keep_the_list(house: House, clerk: Browser) -> None:  # noqa: F811
    with house.transaction() as session:
        _far(session, "示例远村", 30.66, count=3)
    words = await clerk.opens("/console/circle")
    assert "11栋楼里8栋（72%）步行15分钟能到" in words
    assert "示例远村，3栋" in words
    assert "最近是示例社区知识共享站，步行约" in words
    assert "学习圈" in await clerk.opens("/console/places")
    await clerk.opens("/console/circle/map.svg")
    assert clerk.status == 200
    await clerk.opens("/console/circle/table")
    assert clerk.status == 200
    assert "生活圈（5分钟）" in await clerk.opens("/console/circle?what=life")


def test_only_their_own_part_of_the_city_is_counted(town: Town) -> None:
    with transaction(town.store) as session:
        _far(session, "示例远村", 30.66, count=3)
        area = place.compounds(session)[0].area_id
        other_area = place.Area(code="SQ02", level="community", name="另一社区")
        session.add(other_area)
        session.flush()
        compound = next(one for one in place.compounds(session) if one.name == "示例远村")
        session.get_one(Compound, compound.id).area_id = other_area.id
    with office_of(town) as office:
        mine = Scope(StaffRole.MANAGER, areas=frozenset({area}))
        assert circle.circle_of(office, mine, What.LEARNING).uncovered == 0


@pytest.mark.parametrize("words", ["今天学习什么课", "我要学习"])
def test_other_words_stay_with_others(town: Town, words: str) -> None:
    assert "学习点" not in town.resident("王阿姨").says(words)


def _station(session: Session, code: str) -> UUID:
    found = station.row_of(session, code)
    assert found is not None
    return found.id


def _far(session: Session, name: str, lat: float, *, count: int) -> None:
    """A compound so far away that nobody walks."""
    area = place.compounds(session)[0].area_id
    compound = Compound(code=f"X{lat}", name=name, area_id=area, lat=lat, lon=104.1)
    session.add(compound)
    session.flush()
    for one in range(count):
        session.add(Building(compound_id=compound.id, number=str(one), lat=lat + 0.0004 * one, lon=104.1))
    session.flush()


def _city(session: Session, chance: random.Random) -> None:
    """Stations and compounds strewn over 40 by 40 kilometres."""
    area = place.compounds(session)[0].area_id

    def spot() -> dict[str, float]:
        return {"lat": 30.45 + 0.36 * chance.random(), "lon": 103.9 + 0.42 * chance.random()}

    about = {
        "kind": StationKind.LEARNING.value,
        "name": "站",
        "address": "",
        "phone": "",
        "services": "",
        "locker_fee": "",
    }
    stations = [
        {"id": uuid4(), "code": f"Z{number}", "hours": {}, "facilities": [], **about, **spot()}
        for number in range(STATIONS)
    ]
    compounds = [
        {"id": uuid4(), "code": f"Z{number}", "name": f"小区{number}", "area_id": area, **spot()}
        for number in range(COMPOUNDS)
    ]
    buildings = [
        {
            "id": uuid4(),
            "compound_id": its["id"],
            "number": str(one),
            "units": 1,
            "lat": float(str(its["lat"])) + 0.0003 * (one // 4),
            "lon": float(str(its["lon"])) + 0.0003 * (one % 4),
        }
        for its in compounds
        for one in range(BUILDINGS)
    ]
    for table, rows in ((Station, stations), (Compound, compounds), (Building, buildings)):
        session.execute(insert(table), rows)
