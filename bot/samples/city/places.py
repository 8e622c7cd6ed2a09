"""Areas from the city down to its communities, their compounds with names, and the buildings."""

from collections.abc import Iterator
from itertools import chain

from bot.samples.city import words
from bot.samples.city.plan import (
    BUILDINGS,
    COMMUNITIES_OF_A_STREET,
    STREETS_OF_A_DISTRICT,
    UNITS,
    Batch,
    Plan,
    Thing,
    batches,
)
from bot.store.place import Area, Building, Compound, CompoundName, Level, plain_name

AREA, COMPOUND = ("id", "code", "level", "name", "parent_id"), ("id", "code", "name", "area_id", "lat", "lon")
NAME, BUILDING = ("compound_id", "name"), ("id", "compound_id", "number", "units", "lat", "lon")
SOUTH, WEST = 30.45, 103.90  # around the middle of the plain
APART = 0.02  # degrees between communities, about two kilometres
Row = tuple[object, ...]


def rows(plan: Plan) -> Iterator[Batch]:
    """Each table after those it points to."""
    tables = ((Area, AREA, _areas), (Compound, COMPOUND, _compounds), (CompoundName, NAME, _names))
    for model, columns, made in tables:
        yield from batches(model, columns, made(plan))
    yield from batches(Building, BUILDING, _buildings(plan))


def spot(plan: Plan, community: int) -> tuple[float, float]:
    """Where a community lies: side by side in a square."""
    side = max(1, round(plan.communities**0.5))
    return SOUTH + community // side * APART, WEST + community % side * APART


def spot_of_compound(plan: Plan, compound: int) -> tuple[float, float]:
    lat, lon = spot(plan, plan.community_of(compound))
    at = compound - plan.compounds_of(plan.community_of(compound)).start
    return round(lat + at // 4 * 0.004, 6), round(lon + at % 4 * 0.004, 6)


def compound_code(compound: int) -> str:
    return f"XQ{compound + 1:05d}"


def _areas(plan: Plan) -> Iterator[Row]:
    city = plan.id(Thing.AREA, 0)
    yield city, words.CITY, Level.CITY.value, words.CITY, None
    paths = {}
    for number in range(plan.districts):
        paths[number] = f"{words.CITY}/{words.district(number)}"
        yield plan.id(Thing.AREA, 1 + number), paths[number], Level.DISTRICT.value, words.district(number), city
    for number in range(plan.streets):
        above = number // STREETS_OF_A_DISTRICT
        path, own = f"{paths[above]}/{words.street(number)}", plan.id(Thing.AREA, 1 + plan.districts + number)
        yield own, path, Level.STREET.value, words.street(number), plan.id(Thing.AREA, 1 + above)
    for number in range(plan.communities):
        street = plan.id(Thing.AREA, 1 + plan.districts + number // COMMUNITIES_OF_A_STREET)
        yield plan.community(number), f"SQ{number + 1:04d}", Level.COMMUNITY.value, words.community(number), street


def _compounds(plan: Plan) -> Iterator[Row]:
    for number in range(plan.compounds):
        area, name = plan.community(plan.community_of(number)), words.compound(number, plan.seed)
        yield plan.id(Thing.COMPOUND, number), compound_code(number), name, area, *spot_of_compound(plan, number)


def _names(plan: Plan) -> Iterator[Row]:
    for number in range(plan.compounds):
        yield plan.id(Thing.COMPOUND, number), plain_name(words.compound(number, plan.seed))


def _buildings(plan: Plan) -> Iterator[Row]:
    per_compound = (range(1, BUILDINGS + 1) for _ in range(plan.compounds))
    for at, number in enumerate(chain.from_iterable(per_compound)):
        compound = at // BUILDINGS
        lat, lon = spot_of_compound(plan, compound)
        where = round(lat + number // 4 * 0.0006, 6), round(lon + number % 4 * 0.0006, 6)
        yield plan.building(compound, number), plan.id(Thing.COMPOUND, compound), str(number), UNITS, *where
