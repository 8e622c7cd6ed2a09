"""The grids over every building: a general one for a community, ordinary ones below it, micro-grids below those."""

from collections.abc import Iterator

from bot.samples.city import words
from bot.samples.city.plan import BUILDINGS, BUILDINGS_OF_A_MICRO_GRID, COMPOUNDS_OF_A_GRID, Batch, Plan, Thing, batches
from bot.store.grid import Grid, GridBuilding, GridKind

GRID, COVER = ("id", "code", "name", "kind", "area_id", "parent_id"), ("grid_id", "building_id", "unit")
MICRO_OF_A_COMPOUND = BUILDINGS // BUILDINGS_OF_A_MICRO_GRID
Row = tuple[object, ...]


def rows(plan: Plan) -> Iterator[Batch]:
    yield from batches(Grid, GRID, _grids(plan))
    yield from batches(GridBuilding, COVER, _covers(plan))


def general(plan: Plan, community: int) -> int:
    """The number by which an id of a general grid is made; ordinary and micro-grids follow in blocks of their own."""
    return community


def ordinary(plan: Plan, number: int) -> int:
    return plan.communities + number


def micro(plan: Plan, compound: int, number: int) -> int:
    """The number-th micro-grid of a compound, counted from 0."""
    return plan.communities + plan.compounds + compound * MICRO_OF_A_COMPOUND + number


def number_in_grid(plan: Plan, compound: int, number: int) -> int:
    """How a micro-grid is counted within its ordinary grid, from 1."""
    first = plan.compounds_of(plan.community_of(compound)).start
    return (compound - first) % COMPOUNDS_OF_A_GRID * MICRO_OF_A_COMPOUND + number + 1


def _grids(plan: Plan) -> Iterator[Row]:
    for community in range(plan.communities):
        area, own = plan.community(community), plan.id(Thing.GRID, general(plan, community))
        yield own, f"WG{community + 1:04d}", words.general_grid(community), GridKind.GENERAL.value, area, None
        for number in plan.ordinary_grids(community):
            below = plan.id(Thing.GRID, ordinary(plan, number))
            yield below, f"WGA{number + 1:05d}", words.ordinary_grid(number), GridKind.ORDINARY.value, area, own
    for compound in range(plan.compounds):
        area, over = plan.community(plan.community_of(compound)), plan.ordinary_grid(compound)
        for number in range(MICRO_OF_A_COMPOUND):
            at = micro(plan, compound, number)
            called = words.micro_grid(over, number_in_grid(plan, compound, number))
            above = plan.id(Thing.GRID, ordinary(plan, over))
            yield plan.id(Thing.GRID, at), f"WGM{at + 1:06d}", called, GridKind.MICRO.value, area, above


def _covers(plan: Plan) -> Iterator[Row]:
    for compound in range(plan.compounds):
        for building in range(1, BUILDINGS + 1):
            at = micro(plan, compound, (building - 1) // BUILDINGS_OF_A_MICRO_GRID)
            yield plan.id(Thing.GRID, at), plan.building(compound, building), ""
