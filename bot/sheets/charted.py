"""Places and grids as the rows of their workbook."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from bot.sheets import words
from bot.store import Session, grid, place
from bot.store.grid import Grid, GridBuilding, GridKind
from bot.store.place import Area, Building, Compound, Level


class Charted:
    """Everything that stands in the store, looked up by id."""

    def __init__(self, session: Session) -> None:
        self._areas: Mapping[UUID, Area] = {one.id: one for one in place.areas(session)}
        self._compounds = place.compounds(session)
        self._grids: Mapping[UUID, Grid] = {one.id: one for one in grid.grids(session)}
        self._names = place.names(session)
        self._buildings: dict[UUID, list[Building]] = {}
        for building in sorted(place.buildings(session), key=place.by_number):
            self._buildings.setdefault(building.compound_id, []).append(building)
        self._covers: dict[UUID, list[GridBuilding]] = {}
        for cover in sorted(grid.coverage(session), key=lambda cover: (cover.unit, self._grids[cover.grid_id].code)):
            self._covers.setdefault(cover.building_id, []).append(cover)

    def rows(self) -> Iterator[Mapping[str, str]]:
        """Every cell of every row, empty ones too."""
        told: set[UUID] = set()
        for compound, building, cover in self._doors():
            over = self._grids[cover.grid_id] if cover else None
            told |= {compound.area_id, *(one.id for one in self._upward(over))}
            yield self._row(compound.area_id, compound, building, cover.unit if cover else "", over)
        parents = {one.parent_id for one in self._grids.values()}
        for one in self._grids.values():
            if one.id not in told and one.id not in parents:
                told |= {one.area_id, *(above.id for above in self._upward(one))}
                yield self._row(one.area_id, None, None, "", one)
        for area in self._areas.values():
            if area.level == Level.COMMUNITY and area.id not in told:
                yield self._row(area.id, None, None, "", None)

    def _doors(self) -> Iterator[tuple[Compound, Building | None, GridBuilding | None]]:
        """Each building with each grid over it; a compound without buildings alone."""
        for compound in self._compounds:
            buildings = self._buildings.get(compound.id, [])
            for building in buildings:
                covers = self._covers.get(building.id, [])
                yield from ((compound, building, cover) for cover in covers)
                if not covers:
                    yield compound, building, None
            if not buildings:
                yield compound, None, None

    def _row(
        self, area_id: UUID, compound: Compound | None, building: Building | None, unit: str, over: Grid | None
    ) -> Mapping[str, str]:
        return {
            **self._community(area_id),
            **self._compound(compound),
            "building": building.number if building else "",
            "units": str(building.units) if building else "",
            "building_lat": _degrees(building.lat) if building else "",
            "building_lon": _degrees(building.lon) if building else "",
            "unit": unit,
            **self._grid(over),
        }

    def _community(self, area_id: UUID) -> dict[str, str]:
        community = self._areas[area_id]
        path: list[str] = []
        above = community.parent_id
        while above is not None:
            path.append(self._areas[above].name)
            above = self._areas[above].parent_id
        city, district, street = [*reversed(path), "", "", ""][:3]
        names = {"city": city, "district": district, "street": street}
        return {**names, "community_code": community.code, "community": community.name}

    def _compound(self, compound: Compound | None) -> dict[str, str]:
        if compound is None:
            return dict.fromkeys(("compound_code", "compound", "aliases", "compound_lat", "compound_lon"), "")
        own = place.plain_name(compound.name)
        aliases = [name for name in self._names.get(compound.id, []) if name != own]
        return {
            "compound_code": compound.code,
            "compound": compound.name,
            "aliases": words.sign("list").join(aliases),
            "compound_lat": _degrees(compound.lat),
            "compound_lon": _degrees(compound.lon),
        }

    def _grid(self, over: Grid | None) -> dict[str, str]:
        """The grid, and the ordinary and general one above it."""
        kinds = words.names("grid_kind")
        cells = {"grid_code": over.code, "grid": over.name, "grid_kind": kinds[over.kind]} if over else {}
        cells = cells or dict.fromkeys(("grid_code", "grid", "grid_kind"), "")
        above = {one.kind: one for one in self._upward(over) if one is not over}
        for kind in (GridKind.ORDINARY, GridKind.GENERAL):
            found = above.get(kind.value)
            cells |= {f"{kind.value}_code": found.code if found else "", kind.value: found.name if found else ""}
        return cells

    def _upward(self, over: Grid | None) -> Iterator[Grid]:
        while over is not None:
            yield over
            over = self._grids[over.parent_id] if over.parent_id else None


def _degrees(degrees: float | None) -> str:
    return "" if degrees is None else repr(degrees)
