"""The sample community: counters, two compounds, a grid and its people, all with plainly fictitious phones."""

from datetime import date
from uuid import UUID

from bot.samples import activities, courses, lockers, services, voices, volunteers
from bot.store import Session, place
from bot.store.contact import Contact, Role
from bot.store.grid import Grid, GridBuilding, GridKind
from bot.store.place import Area, Building, Compound, Level
from bot.store.station import Facility, Station, StationKind

_WEEKDAYS = [["09:00", "12:00"], ["13:30", "18:00"]]
_SATURDAY = [["10:00", "16:00"]]
_OFFICE = {str(day): [["09:00", "12:00"], ["13:00", "17:00"]] for day in range(5)}
_ALWAYS = {day: [["00:00", "24:00"]] for day in ("0", "1", "2", "3", "4", "5", "6", "holiday")}
_GARDEN = {  # building: units, where it stands
    "1": (2, 30.6208, 104.1126),
    "2": (3, 30.6210, 104.1129),
    "3": (2, 30.6214, 104.1133),
    "4": (2, 30.6217, 104.1130),
    "5": (4, 30.6219, 104.1135),
    "6": (1, 30.6222, 104.1132),
}
_SINCE = date(2026, 11, 2)
_VILLAGE = {"1": (3, 30.6196, 104.1131), "2": (3, 30.6193, 104.1135)}


def fill(session: Session, day: date = activities.DAY) -> None:
    """Put the sample community into an empty store; what is on is on after that day."""
    community = _areas(session)
    life = _life(community)
    session.add_all([_community(community), life, _learning(community)])
    garden = _compound(session, community, "XQ01", "示例花园", ["花园", "花园小区"], _GARDEN)
    village = _compound(session, community, "XQ02", "示例新村", ["新村"], _VILLAGE)
    grids = _grids(session, community, garden, village)
    session.flush()
    session.add_all([*_workers(grids), *_heads(grids), *_others(community, session)])
    session.flush()
    services.fill(session)
    activities.fill(session, day)
    voices.fill(session, community, day)
    courses.fill(session, day)
    volunteers.fill(session, day)
    lockers.fill(session, garden=garden, village=village, station_id=life.id)


def _areas(session: Session) -> UUID:
    """The tree down to the sample community, whose id is returned."""
    parent, path = None, ""
    for level, name in ((Level.CITY, "示例市"), (Level.DISTRICT, "示例区"), (Level.STREET, "示例街道")):
        path = f"{path}/{name}" if path else name
        area = Area(code=path, level=level.value, name=name, parent_id=parent)
        session.add(area)
        parent = area.id
    community = Area(code="SQ01", level=Level.COMMUNITY.value, name="示例社区", parent_id=parent)
    session.add(community)
    session.flush()
    return community.id


def _compound(
    session: Session,
    community: UUID,
    code: str,
    name: str,
    aliases: list[str],
    buildings: dict[str, tuple[int, float, float]],
) -> dict[str, UUID]:
    """A compound; returns its buildings by number."""
    first = next(iter(buildings.values()))
    compound = Compound(code=code, name=name, area_id=community, lat=first[1], lon=first[2])
    session.add(compound)
    session.flush()
    place.call(session, compound.id, [name, *aliases])
    rows = [
        Building(compound_id=compound.id, number=number, units=units, lat=lat, lon=lon)
        for number, (units, lat, lon) in buildings.items()
    ]
    session.add_all(rows)
    session.flush()
    return {row.number: row.id for row in rows}


def _grids(session: Session, community: UUID, garden: dict[str, UUID], village: dict[str, UUID]) -> dict[str, UUID]:
    """One general grid, three ordinary ones, a micro-grid for every building or two, a special one for the market."""
    general = Grid(code="WG", name="示例社区总网格", kind=GridKind.GENERAL.value, area_id=community)
    session.add(general)
    found = {"WG": general.id}

    def add(code: str, name: str, kind: GridKind, parent: UUID) -> UUID:
        row = Grid(code=code, name=name, kind=kind.value, area_id=community, parent_id=parent)
        session.add(row)
        found[code] = row.id
        return row.id

    for number in (1, 2, 3):
        add(f"WG{number}", f"第{number}网格", GridKind.ORDINARY, general.id)
    add("WGZ", "示例农贸市场专属网格", GridKind.SPECIAL, general.id)
    session.flush()
    looks_after = {
        "WG1-1": [garden["1"], garden["2"]],
        "WG1-2": [garden["3"]],
        "WG2-1": [garden["4"], garden["5"]],
        "WG2-2": [garden["6"]],
        "WG3-1": [village["1"]],
        "WG3-2": [village["2"]],
    }
    for code, buildings in looks_after.items():
        ordinary, _, micro = code.removeprefix("WG").partition("-")
        grid = add(code, f"第{ordinary}网格{micro}号微网格", GridKind.MICRO, found[f"WG{ordinary}"])
        session.flush()
        session.add_all(GridBuilding(grid_id=grid, building_id=building) for building in buildings)
    return found


def _workers(grids: dict[str, UUID]) -> list[Contact]:
    """The second one is on leave until further notice; the first stands in."""
    phones = {1: "028-0000-0011", 2: "028-0000-0012", 3: "028-0000-0003"}
    workers = [
        Contact(
            code=f"WGY{number}",
            role=Role.GRID_WORKER.value,
            title=f"第{number}网格网格员",
            phone=phone,
            hours={str(day): _WEEKDAYS if day < 5 else _SATURDAY for day in range(6)},
            grid_id=grids[f"WG{number}"],
        )
        for number, phone in phones.items()
    ]
    away, stand_in = workers[1], workers[0]
    away.leave_from, away.stand_in_id = _SINCE, stand_in.id
    return workers


def _heads(grids: dict[str, UUID]) -> list[Contact]:
    """A building head for every micro-grid but one, whose post is vacant."""
    phones = {"1-1": "21", "1-2": "22", "2-1": "23", "2-2": "", "3-1": "25", "3-2": "26"}
    return [
        Contact(
            code=f"LDZ{number}",
            role=Role.BUILDING_HEAD.value,
            title=f"第{number[0]}网格{number[2]}号微网格员",
            phone=f"028-0000-00{end}" if end else "",
            hours={str(day): [["09:00", "20:00"]] for day in range(7)},
            grid_id=grids[f"WG{number}"],
        )
        for number, end in phones.items()
    ]


def _others(community: UUID, session: Session) -> list[Contact]:
    """Police and secretary for the community, a property office for each compound."""
    offices = {"XQ01": ("示例花园物业服务中心", "028-0000-0041"), "XQ02": ("示例新村物业服务中心", "028-0000-0042")}
    return [
        Contact(
            code="MJ1",
            role=Role.POLICE.value,
            title="示例社区民警",
            phone="028-0000-0031",
            hours=_ALWAYS,
            area_id=community,
        ),
        Contact(
            code="SJ1",
            role=Role.SECRETARY.value,
            title="示例社区书记",
            phone="028-0000-0005",
            hours=_OFFICE,
            area_id=community,
        ),
        *(
            Contact(
                code=f"WY{compound.code}",
                role=Role.PROPERTY.value,
                title=offices[compound.code][0],
                phone=offices[compound.code][1],
                hours=_ALWAYS,
                compound_id=compound.id,
            )
            for compound in place.compounds_of(session, community)
        ),
    ]


def _community(community: UUID) -> Station:
    return Station(
        code="C01",
        kind=StationKind.COMMUNITY.value,
        name="示例社区党群服务中心",
        address="示例路18号一楼",
        phone="028-0000-0001",
        hours=_OFFICE,
        lat=30.6201,
        lon=104.1123,
        area_id=community,
        facilities=[Facility.REST.value, Facility.DRINK.value, Facility.TOILET.value],
    )


def _life(community: UUID) -> Station:
    return Station(
        code="S01",
        kind=StationKind.LIFE.value,
        name="示例社区生活服务站",
        address="示例路20号（2栋与3栋之间）",
        phone="028-0000-0002",
        hours={str(day): _WEEKDAYS if day < 5 else _SATURDAY for day in range(7)},
        services="保洁、家电清洗、家电维修、水电维修、管道疏通、开锁换锁、搬家、理发、陪护陪诊、洗衣、助餐、代购、代收代寄、打印复印",
        locker_fee="快递48小时内免费，外卖2小时内免费（示例）",
        lat=30.6212,
        lon=104.1131,
        area_id=community,
        facilities=[Facility.REST.value, Facility.CHARGE.value, Facility.DRINK.value],
    )


def _learning(community: UUID) -> Station:
    return Station(
        code="L01",
        kind=StationKind.LEARNING.value,
        name="示例社区知识共享站",
        address="示例公园东门旁",
        phone="028-0000-0004",
        hours={str(day): [["09:00", "17:30"]] for day in range(1, 7)},
        lat=30.6190,
        lon=104.1140,
        area_id=community,
        facilities=[Facility.REST.value, Facility.CHARGE.value, Facility.DRINK.value, Facility.TOILET.value],
    )
