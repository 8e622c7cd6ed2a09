"""The circle on foot: which places lie within so many minutes of a building, and which buildings nobody reaches.

The way is the straight line with the factor for streets of `bot/rules/station.py`, at its pace. Places lie in a grid of
cells as wide as the circle, so that a building looks at nine cells only, however large the city is.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.messages import Spot
from bot.rules.office import Office
from bot.rules.station import (
    CIRCLE_MINUTES,
    DETOUR,
    EARTH_METRES,
    LIFE_CIRCLE_MINUTES,
    WALK_METRES_A_MINUTE,
    metres,
    minutes,
)
from bot.store import circle, station
from bot.store.circle import Home
from bot.store.scope import Scope
from bot.store.station import Counter, Facility, StationKind

NEIGHBOURS_METRES = 150  # buildings so near to each other, as the crow flies, are one group
FAR_RINGS = 30  # of cells around a group: ten kilometres for daily life, some thirty to learn
METRES_A_DEGREE = math.pi * EARTH_METRES / 180
Cell = tuple[int, int]
_NINE = tuple((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1))


class What(StrEnum):
    """Which circle: places to learn within 15 minutes, services of daily life within 5."""

    LEARNING = "learning"
    LIFE = "life"


MINUTES: Mapping[What, int] = {What.LEARNING: CIRCLE_MINUTES, What.LIFE: LIFE_CIRCLE_MINUTES}


@dataclass(frozen=True, slots=True)
class Reached:
    """A place with how many buildings have it in their circle, and of how many it is the nearest."""

    place: Counter
    buildings: int
    nearest: int


@dataclass(frozen=True, slots=True)
class Group:
    """Buildings side by side that reach no place in time. `place` is the nearest to them, None where there is none."""

    homes: Sequence[Home]
    place: Counter | None
    metres: float

    @property
    def compounds(self) -> list[str]:
        """Their compounds, each once."""
        return list(dict.fromkeys(home.compound for home in self.homes))

    @property
    def minutes(self) -> int:
        return minutes(self.metres)


@dataclass(frozen=True, slots=True)
class Circle:
    """A part of the city seen by its circle. `unplaced` buildings stand nobody knows where, and are not counted."""

    what: What
    places: Sequence[Reached]
    covered: Sequence[Home]
    groups: Sequence[Group]
    unplaced: int

    @property
    def uncovered(self) -> int:
        return sum(len(group.homes) for group in self.groups)

    @property
    def share(self) -> int:
        """Of a hundred buildings, how many have a place in their circle."""
        count = len(self.covered) + self.uncovered
        return 100 * len(self.covered) // count if count else 0


def places(office: Office, what: What) -> list[Counter]:
    """The placed stations of that circle: by their kind, or because they are tagged as one to learn at."""
    return [one for one in station.placed(office.session) if _belongs(one, what)]


def reachable(office: Office, spot: Spot, what: What = What.LEARNING) -> list[tuple[float, Counter]]:
    """What lies in the circle of a spot, with the way in metres, nearest first."""
    found = [(metres(spot, _spot(one)), one) for one in places(office, what)]
    return sorted(((way, one) for way, one in found if minutes(way) <= MINUTES[what]), key=lambda pair: pair[0])


def circle_of(office: Office, scope: Scope, what: What) -> Circle:
    """The buildings of their part of the city, who reaches what, and the groups that reach nothing."""
    homes, unplaced = circle.homes(office.session, scope)
    there = places(office, what)
    index = _Index(there, MINUTES[what])
    counts: dict[UUID, int] = defaultdict(int)
    nearest: dict[UUID, int] = defaultdict(int)
    covered, alone = [], []
    for home in homes:
        near = index.around(home.lat, home.lon)
        if not near:
            alone.append(home)
            continue
        covered.append(home)
        nearest[min(near, key=lambda pair: pair[0])[1].id] += 1
        for _, one in near:
            counts[one.id] += 1
    reached = [Reached(one, counts[one.id], nearest[one.id]) for one in there]
    return Circle(what, _seen(reached, homes, scope), covered, list(_groups(alone, index)), unplaced)


class _Index:
    """Places by the cell they lie in; a cell is as wide as the circle reaches as the crow flies."""

    def __init__(self, places: Sequence[Counter], most_minutes: int) -> None:
        self._most = most_minutes
        self._wide = (most_minutes + 0.5) * WALK_METRES_A_MINUTE / DETOUR  # metres; minutes are rounded
        mean = math.radians(sum(one.lat or 0.0 for one in places) / len(places)) if places else 0.0
        self._north = self._wide / METRES_A_DEGREE
        self._east = self._north / max(0.1, math.cos(mean) * 0.99)  # wider rather than narrower
        self._cells: dict[Cell, list[tuple[Spot, Counter]]] = defaultdict(list)
        for one in places:
            self._cells[self._cell(one.lat or 0.0, one.lon or 0.0)].append((_spot(one), one))

    def around(self, lat: float, lon: float) -> list[tuple[float, Counter]]:
        """What lies in the circle of a point, with the way in metres."""
        row, column = self._cell(lat, lon)
        near = [pair for down, right in _NINE for pair in self._cells.get((row + down, column + right), ())]
        here = Spot(lat, lon)
        ways = [(metres(here, spot), one) for spot, one in near]
        return [(way, one) for way, one in ways if minutes(way) <= self._most]

    def nearest(self, lat: float, lon: float) -> tuple[float, Counter | None]:
        """The place nearest to a point, however far: ring by ring, until nothing nearer can follow."""
        (row, column), here = self._cell(lat, lon), Spot(lat, lon)
        best: tuple[float, Counter | None] = (math.inf, None)
        left, ring = sum(map(len, self._cells.values())), 0
        while left and best[0] > (ring - 1) * self._wide * DETOUR and ring < FAR_RINGS:
            for cell in _ring(row, column, ring):
                for spot, one in self._cells.get(cell, ()):
                    left -= 1
                    best = min(best, (metres(here, spot), one), key=lambda pair: pair[0])
            ring += 1
        if left and ring == FAR_RINGS:  # so far out, or put on the map so wrongly, that it is quicker to look at all
            everything = (pair for cell in self._cells.values() for pair in cell)
            best = min(((metres(here, spot), one) for spot, one in everything), key=lambda pair: pair[0])
        return best if best[1] is not None else (0.0, None)

    def _cell(self, lat: float, lon: float) -> Cell:
        return math.floor(lat / self._north), math.floor(lon / self._east)


def _ring(row: int, column: int, far: int) -> Iterator[Cell]:
    """The cells so many steps away."""
    if not far:
        yield row, column
    for step in range(-far, far):
        yield from (
            (row - far, column + step),
            (row + step, column + far),
            (row + far, column - step),
            (row - step, column - far),
        )


def _groups(homes: Sequence[Home], index: _Index) -> Iterator[Group]:
    """Neighbours together, largest groups first; how far the nearest place is from their middle."""
    for one in sorted(_clusters(homes), key=len, reverse=True):
        lat, lon = sum(home.lat for home in one) / len(one), sum(home.lon for home in one) / len(one)
        way, nearest = index.nearest(lat, lon)
        yield Group(one, nearest, way)


def _clusters(homes: Sequence[Home]) -> Iterator[list[Home]]:
    """Buildings in the same cell, or in cells that touch, and so on: one group."""
    north = NEIGHBOURS_METRES / METRES_A_DEGREE
    cells: dict[Cell, list[Home]] = defaultdict(list)
    for home in homes:
        east = north / math.cos(math.radians(round(home.lat)))
        cells[math.floor(home.lat / north), math.floor(home.lon / east)].append(home)
    while cells:
        edge = [next(iter(cells))]
        group: list[Home] = []
        while edge:
            cell = edge.pop()
            if cell in cells:
                group += cells.pop(cell)
                edge += [(cell[0] + down, cell[1] + right) for down, right in _NINE]
        yield group


def _seen(reached: Iterable[Reached], homes: Sequence[Home], scope: Scope) -> list[Reached]:
    """The places in their part of the city, and those outside that its buildings reach; most buildings first."""
    mine = [one for one in reached if scope.everything or one.buildings or one.place.id in scope.stations]
    return sorted(mine, key=lambda one: (-one.buildings, one.place.code)) if homes else mine


def _belongs(one: Counter, what: What) -> bool:
    if what is What.LIFE:
        return one.kind == StationKind.LIFE
    return one.kind == StationKind.LEARNING or Facility.LEARN in one.facilities


def _spot(one: Counter) -> Spot:
    return Spot(one.lat or 0.0, one.lon or 0.0)
