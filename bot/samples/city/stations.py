"""The stations of the city: as many as were asked for, each community with one before any has two."""

from collections.abc import Iterator

from bot.samples.city import words
from bot.samples.city.places import spot
from bot.samples.city.plan import Batch, Plan, Thing, batches, phone
from bot.store.station import Facility, Station, StationKind

COLUMNS = (
    *("id", "code", "kind", "name", "address", "phone", "hours", "services"),
    *("locker_fee", "lat", "lon", "area_id", "facilities"),
)
KINDS = (StationKind.LIFE, StationKind.COMMUNITY, StationKind.LEARNING)
CALLED = dict(zip(KINDS, (words.LIFE, words.COMMUNITY, words.LEARNING), strict=True))
WEEKDAY, SATURDAY = [["09:00", "12:00"], ["13:30", "18:00"]], [["10:00", "16:00"]]
HOURS = {str(day): WEEKDAY if day < 5 else SATURDAY for day in range(7)}
FIRST_PHONE = 1_000_000


def rows(plan: Plan) -> Iterator[Batch]:
    yield from batches(Station, COLUMNS, _stations(plan))


def kind(plan: Plan, number: int) -> StationKind:
    """Mostly life-service stations; every fourth community begins with a learning station. None has two of a kind."""
    round_, community = divmod(number, plan.communities)
    begins = KINDS.index(StationKind.LEARNING) if community % 4 == 3 else 0
    return KINDS[(begins + round_) % len(KINDS)]


def name(plan: Plan, number: int) -> str:
    return f"{words.community(number % plan.communities)}{CALLED[kind(plan, number)]}"


def _stations(plan: Plan) -> Iterator[tuple[object, ...]]:
    chance = plan.chance("stations")
    for number in range(plan.stations):
        community, its = number % plan.communities, kind(plan, number)
        life = its is StationKind.LIFE
        facilities = [one.value for one in Facility if chance.random() < 0.7] or [Facility.REST.value]
        lat, lon = spot(plan, community)
        yield (
            plan.id(Thing.STATION, number),
            f"S{number + 1:05d}",
            its.value,
            name(plan, number),
            words.address(number),
            phone(FIRST_PHONE + number),
            HOURS,
            words.SERVICES if life else "",
            words.LOCKER_FEE if life else "",
            round(lat + 0.001 * KINDS.index(its), 6),
            round(lon + 0.001, 6),
            plan.community(community),
            facilities,
        )
