"""The locker cabinets of the city: at every unit door, as many as were asked for, with twelve compartments each."""

from collections.abc import Iterator

from bot.samples.city import words
from bot.samples.city.places import spot_of_compound
from bot.samples.city.plan import BUILDINGS, UNITS, Batch, Plan, Thing, batches
from bot.samples.lockers import DOORS
from bot.store.locker import Cabinet, Compartment, Size

CABINET = (
    *("id", "code", "name", "building_id", "unit", "lat", "lon", "active", "board", "polarity", "pulse_ms"),
    *("has_feedback", "has_sensor", "has_display", "works_offline", "firmware", "key_number", "key_seen", "key_least"),
    *("beat_seq", "codes_version", "list_sent"),
)
COMPARTMENT = ("id", "cabinet_id", "door", "size", "state", "seen_seq", "misses", "out_of_order")
SIZES: tuple[Size, ...] = tuple(size for size, count in DOORS.items() for _ in range(count))
APART = 1 << 40  # ids of compartments begin behind those of cabinets
BUILT = ("kr_cu16", "closed_when_locked", 400, True, True, True, True, "", 1, 1, 1, 0, 0, -1)


def rows(plan: Plan) -> Iterator[Batch]:
    yield from batches(Cabinet, CABINET, _cabinets(plan))
    yield from batches(Compartment, COMPARTMENT, _compartments(plan))


def _cabinets(plan: Plan) -> Iterator[tuple[object, ...]]:
    for number in range(plan.lockers):
        compound = number % plan.compounds
        at = number // plan.compounds % (BUILDINGS * UNITS)
        building, unit = at // UNITS + 1, at % UNITS + 1
        lat, lon = spot_of_compound(plan, compound)
        name = words.unit_door(words.compound(compound, plan.seed), building, unit)
        where = (plan.building(compound, building), str(unit), lat, round(lon + 0.0002 * building, 6))
        yield (plan.id(Thing.LOCKER, number), f"G{number + 1:05d}", name, *where, True, *BUILT)


def _compartments(plan: Plan) -> Iterator[tuple[object, ...]]:
    for number in range(plan.lockers):
        cabinet = plan.id(Thing.LOCKER, number)
        for door, size in enumerate(SIZES, 1):
            own = plan.id(Thing.LOCKER, APART + number * len(SIZES) + door)
            yield own, cabinet, door, size.value, "unknown", 0, 0, False
