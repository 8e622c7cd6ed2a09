"""Locker cabinets as a workbook: a row for each, with where it stands, how it is built and how many doors it has."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.sheets import words
from bot.sheets.contacts import building_number
from bot.sheets.kind import Kind
from bot.sheets.row import Row, unique
from bot.store import Session, place, station
from bot.store.locker import Cabinet, Compartment, Size, reading
from bot.store.place import Building

COUNTS = {"small_doors": Size.SMALL, "middle_doors": Size.MIDDLE, "large_doors": Size.LARGE}
ABILITIES = ("has_feedback", "has_sensor", "has_display", "works_offline")
MOST_DOORS = 288


def take_in(session: Session, rows: Sequence[Row]) -> set[UUID]:
    """Write cabinets by their codes. The doors of one that is there stay as they are: something may lie behind them."""
    known = {one.code: one for one in reading.cabinets(session)}
    stations = {one.code: one.id for one in station.everywhere(session)}
    buildings = _buildings(session)
    unique(rows, "code")
    for row in rows:
        code = row.text("code", needed=True, most=32).upper()
        abilities = row.some_of("abilities", "ability")
        values: dict[str, object] = {
            "name": row.text("name", needed=True),
            "station_id": _known(row, "station_code", stations),
            "building_id": _building(row, buildings),
            "unit": row.text("unit", most=8),
            "board": row.one_of("board", "board", default="simulated"),
            "polarity": row.one_of("polarity", "polarity", default="closed_when_locked"),
            "active": row.one_of("in_use", "in_use", default="yes") == "yes",
            **{name: name in abilities for name in ABILITIES},
        }
        values["lat"], values["lon"] = row.spot("lat", "lon")
        doors = {size: int(row.number(column, 0, MOST_DOORS) or 0) for column, size in COUNTS.items()}
        found = known.get(code)
        if not sum(doors.values()):
            row.wrong("small_doors", "empty")
        elif found is not None and doors != _doors(session, found.id):
            row.wrong("small_doors", "doors_stay")
        if not row.problems:
            known[code] = _write(session, found or Cabinet(code=code, name=""), values, {} if found else doors)
    return set()


def give_out(session: Session, _zone: ZoneInfo) -> Iterator[Mapping[str, str]]:
    """Every cabinet, by code."""
    stations = {one.id: one.code for one in station.everywhere(session)}
    buildings = {building.id: key for key, building in _buildings(session).items()}
    abilities = words.names("ability")
    for one in reading.cabinets(session):
        compound, number = buildings[one.building_id] if one.building_id else ("", "")
        doors = _doors(session, one.id)
        yield {
            "code": one.code,
            "name": one.name,
            "station_code": stations[one.station_id] if one.station_id else "",
            "compound_code": compound,
            "building": number,
            "unit": one.unit,
            "lat": "" if one.lat is None else repr(one.lat),
            "lon": "" if one.lon is None else repr(one.lon),
            "board": words.names("board")[one.board],
            "polarity": words.names("polarity")[one.polarity],
            "abilities": words.sign("list").join(abilities[name] for name in ABILITIES if getattr(one, name)),
            "in_use": words.names("in_use")["yes" if one.active else "no"],
            **{column: str(doors[size]) for column, size in COUNTS.items()},
        }


def _write(session: Session, cabinet: Cabinet, values: dict[str, object], doors: Mapping[Size, int]) -> Cabinet:
    cabinet.sqlmodel_update(values)
    session.add(cabinet)
    session.flush()
    sizes = [size for size, count in doors.items() for _ in range(count)]
    session.add_all(Compartment(cabinet_id=cabinet.id, door=door, size=size) for door, size in enumerate(sizes, 1))
    session.flush()
    return cabinet


def _doors(session: Session, cabinet_id: UUID) -> dict[Size, int]:
    """How many doors of each size a cabinet has."""
    sizes = [one.size for one in reading.compartments(session, cabinet_id)]
    return {size: sizes.count(size.value) for size in COUNTS.values()}


def _buildings(session: Session) -> dict[tuple[str, str], Building]:
    codes = {one.id: one.code for one in place.compounds(session)}
    return {(codes[one.compound_id], one.number): one for one in place.buildings(session)}


def _known(row: Row, column: str, ids: Mapping[str, UUID]) -> UUID | None:
    code = row.text(column, most=32)
    if code and code not in ids:
        row.wrong(column, "unknown", text=code, of=words.heading("station_code"))
    return ids.get(code)


def _building(row: Row, buildings: Mapping[tuple[str, str], Building]) -> UUID | None:
    compound, number = row.text("compound_code", most=32), building_number(row.text("building", most=16))
    if not number:
        return None
    found = buildings.get((compound, number))
    if found is None:
        row.wrong("building", "unknown", text=f"{compound} {number}", of=words.heading("building"))
    return found.id if found else None


KIND = Kind(
    columns=(
        *("code", "name", "station_code", "compound_code", "building", "unit", "lat", "lon"),
        *("board", "polarity", "abilities", "in_use", *COUNTS),
    ),
    take_in=take_in,
    give_out=give_out,
)
