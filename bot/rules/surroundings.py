"""What stands around the place of a complaint, so that whoever goes there can see where it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import Spot
from bot.rules import place, station, ticket
from bot.rules.office import Office
from bot.store import place as places
from bot.store.station import placed
from bot.store.ticket import Ticket

AROUND_DEGREES = 0.0012  # about 130 metres each way: what one sees standing there
MOST_BUILDINGS, MOST_METRES = 60, 160


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that stands there, in GCJ-02 degrees."""

    label: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The place itself, and what is near. `shared`: the resident sent the point; else it is the building's."""

    here: Spot
    shared: bool
    buildings: Sequence[Mark]
    stations: Sequence[Mark]


def of(office: Office, row: Ticket) -> Surroundings | None:
    """Around a ticket's place; None where nobody knows any point of it."""
    shared = _shared(office, row)
    here = shared or place.spot_of(office.session, ticket.door_of(row))
    if here is None:
        return None
    near = places.buildings_around(office.session, lat=here.lat, lon=here.lon, degrees=AROUND_DEGREES)
    buildings = [Mark(one.number, one.lat, one.lon) for one in near if one.lat is not None and one.lon is not None]
    stations = [Mark(one.name, one.lat, one.lon) for one in placed(office.session) if one.lat and one.lon]
    beside = [one for one in stations if station.metres(here, Spot(one.lat, one.lon)) < MOST_METRES]
    return Surroundings(here, shared is not None, buildings[:MOST_BUILDINGS], beside)


def _shared(office: Office, row: Ticket) -> Spot | None:
    kept = office.seal.open_json(row.place).get("spot") if row.place else None
    match kept:
        case [float() | int() as lat, float() | int() as lon, label]:
            return Spot(float(lat), float(lon), str(label))
    return None
