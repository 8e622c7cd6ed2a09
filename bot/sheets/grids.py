"""Places and grids as a workbook: a row for each building, with its compound, its community and the grid over it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.sheets import words
from bot.sheets.charted import Charted
from bot.sheets.contacts import building_number
from bot.sheets.kind import Kind
from bot.sheets.row import Once, Row, split
from bot.store import Session, grid, place
from bot.store.grid import Grid, GridBuilding, GridKind
from bot.store.place import Area, Building, Compound, Level

PATH = {"city": Level.CITY, "district": Level.DISTRICT, "street": Level.STREET}
COMMUNITY = ("community_code", "community", *PATH)
COMPOUND = ("compound_code", "compound", "aliases", "compound_lat", "compound_lon", "community_code")
BUILDING = ("building", "units", "building_lat", "building_lon")
GRID = ("grid_code", "grid", "grid_kind", "ordinary_code", "general_code", "community_code")
ABOVE = (
    (GridKind.GENERAL, ("general_code", "general", "community_code")),
    (GridKind.ORDINARY, ("ordinary_code", "ordinary", "general_code", "community_code")),
)


@dataclass(slots=True)
class Ledger:
    """What is there already and what the rows add, by the codes of the workbook."""

    session: Session
    areas: dict[str, Area]
    compounds: dict[str, Compound]
    buildings: dict[tuple[str, str], Building]
    grids: dict[str, Grid]
    once: Once = field(default_factory=Once)
    named: dict[str, tuple[int, str, GridKind]] = field(default_factory=dict)
    covers: dict[tuple[UUID, UUID, str], int] = field(default_factory=dict)

    @classmethod
    def opened(cls, session: Session) -> "Ledger":
        """With everything that is in the store."""
        compounds = {one.code: one for one in place.compounds(session)}
        codes = {one.id: one.code for one in compounds.values()}
        return cls(
            session,
            {one.code: one for one in place.areas(session)},
            compounds,
            {(codes[one.compound_id], one.number): one for one in place.buildings(session)},
            {one.code: one for one in grid.grids(session)},
        )


def take_in(session: Session, rows: Sequence[Row]) -> set[UUID]:
    """Write places and grids by their codes; which grids look after a building is what its rows say together.

    One kind of thing after the other, for the database wants to know what a row points to.
    """
    ledger = Ledger.opened(session)
    communities = [_community(ledger, row) for row in rows]
    session.flush()
    compounds = [_compound(ledger, row, its) for row, its in zip(rows, communities, strict=True)]
    session.flush()
    buildings = [_building(ledger, row, its) for row, its in zip(rows, compounds, strict=True)]
    grids = [_grid(ledger, row, its) for row, its in zip(rows, communities, strict=True)]
    session.flush()
    grid.uncover(session, {building.id for building in buildings if building})
    for row, building, over in zip(rows, buildings, grids, strict=True):
        _cover(ledger, row, building, over)
    session.flush()
    return {community.id for community in communities}


def give_out(session: Session, _zone: ZoneInfo) -> Iterator[Mapping[str, str]]:
    """A row for each building and grid over it; then compounds, grids and communities that are in no row yet."""
    return Charted(session).rows()


def _community(ledger: Ledger, row: Row) -> Area:
    """The community with the areas above it."""
    code = row.text("community_code", needed=True, most=100)
    ledger.once.first(row, COMMUNITY, code)
    parent: Area | None = None
    for column, level in PATH.items():
        name = row.text(column, needed=True)
        parent = _area(ledger, f"{parent.code}/{name}" if parent else name, level, name, parent)
    return _area(ledger, code, Level.COMMUNITY, row.text("community", needed=True), parent)


def _area(ledger: Ledger, code: str, level: Level, name: str, parent: Area | None) -> Area:
    found = ledger.areas.get(code) or Area(code=code, level=level.value, name=name)
    ledger.areas[code] = found
    found.level, found.name, found.parent_id = level.value, name, parent.id if parent else None
    ledger.session.add(found)
    return found


def _compound(ledger: Ledger, row: Row, community: Area) -> Compound | None:
    code = row.text("compound_code", most=32)
    if not code:
        _empty_without(row, "compound_code", ("compound", "aliases", "compound_lat", "compound_lon", "building"))
        return None
    name, aliases = row.text("compound", needed=True), row.text("aliases", most=400)
    lat, lon = row.spot("compound_lat", "compound_lon")
    found = ledger.compounds.get(code) or Compound(code=code, name=name, area_id=community.id)
    ledger.compounds[code] = found
    if ledger.once.first(row, COMPOUND, code):
        found.name, found.area_id, found.lat, found.lon = name, community.id, lat, lon
        ledger.session.add(found)
        ledger.session.flush()
        place.call(ledger.session, found.id, [name, *split(aliases, words.sign("list"))])
    return found


def _building(ledger: Ledger, row: Row, compound: Compound | None) -> Building | None:
    text = row.text("building", most=16)
    if not text or compound is None:
        _empty_without(row, "building", ("units", "building_lat", "building_lon", "unit"))
        return None
    number = building_number(text)
    units, (lat, lon) = row.number("units", 1, 99), row.spot("building_lat", "building_lon")
    found = ledger.buildings.get((compound.code, number)) or Building(compound_id=compound.id, number=number)
    ledger.buildings[compound.code, number] = found
    if ledger.once.first(row, BUILDING, f"{compound.code}-{number}"):
        found.units, found.lat, found.lon = int(units or 1), lat, lon
        ledger.session.add(found)
    return found


def _grid(ledger: Ledger, row: Row, community: Area) -> Grid | None:
    """The row's grid below the ordinary and the general one that it names."""
    parent: Grid | None = None
    for kind, columns in ABOVE:
        parent = _one_grid(ledger, row, community, columns, kind, parent) or parent
    if not row.cells.get("grid_code"):
        _empty_without(row, "grid_code", ("grid", "grid_kind"))
        return None
    own = row.one_of("grid_kind", "grid_kind", default=GridKind.MICRO.value) or GridKind.MICRO.value
    return _one_grid(ledger, row, community, GRID, GridKind(own), parent)


def _one_grid(
    ledger: Ledger, row: Row, community: Area, columns: Sequence[str], kind: GridKind, parent: Grid | None
) -> Grid | None:
    code, name = row.text(columns[0], most=32), row.text(columns[1])
    if not code:
        _empty_without(row, columns[0], (columns[1],))
        return None
    if not name:
        row.wrong(columns[1], "needs", other=words.heading(columns[0]))
    if parent is not None and parent.code == code:
        row.wrong(columns[0], "above_itself")
        return None
    line, *said = ledger.named.setdefault(code, (row.line, name, kind))
    if said != [name, kind]:
        row.wrong(columns[0], "differs", line=line)
    found = ledger.grids.get(code) or Grid(code=code, name=name, kind=kind.value, area_id=community.id)
    ledger.grids[code] = found
    if ledger.once.first(row, columns, code):
        found.name, found.kind, found.area_id = name, kind.value, community.id
        found.parent_id = parent.id if parent else None
        ledger.session.add(found)
    return found


def _cover(ledger: Ledger, row: Row, building: Building | None, over: Grid | None) -> None:
    unit = row.text("unit", most=8)
    if unit and over is None:
        row.wrong("grid_code", "needs", other=words.heading("unit"))
    if building is None or over is None:
        return
    line = ledger.covers.setdefault((over.id, building.id, unit), row.line)
    if line != row.line:
        row.wrong("building", "twice", text=row.cells["building"], line=line)
        return
    ledger.session.add(GridBuilding(grid_id=over.id, building_id=building.id, unit=unit))


def _empty_without(row: Row, column: str, others: Iterable[str]) -> None:
    """Where a code is missing, what belongs to it must be empty too."""
    filled = next((other for other in others if row.cells.get(other)), None)
    if filled:
        row.wrong(column, "needs", other=words.heading(filled))


KIND = Kind(
    columns=(
        *("city", "district", "street", "community_code", "community"),
        *("compound_code", "compound", "aliases", "compound_lat", "compound_lon"),
        *("building", "units", "building_lat", "building_lon", "unit"),
        *("grid_code", "grid", "grid_kind", "ordinary_code", "ordinary", "general_code", "general"),
    ),
    take_in=take_in,
    give_out=give_out,
)
