"""Which station serves a question, and how far it is."""

import math
from dataclasses import dataclass

from bot.messages import Spot
from bot.store import Session
from bot.store.station import Counter, Station, counters, everywhere

EARTH_METRES = 6_371_000
WALK_METRES_A_MINUTE = 70  # an old person's pace
DETOUR = 1.3  # streets against the straight line


@dataclass(frozen=True, slots=True)
class Nearby:
    """A station with its walk from where the resident stands."""

    station: Station
    minutes: int


def serving(session: Session) -> dict[str, Counter]:
    """The counters a resident may be sent to, by the name that answers use for them."""
    return counters(session)


def nearest(session: Session, spot: Spot, limit: int = 3) -> list[Nearby]:
    """The stations nearest to a spot, nearest first; those without a place are left out."""
    walks = [
        Nearby(station, walking_minutes(spot, Spot(station.lat, station.lon)))
        for station in everywhere(session)
        if station.lat is not None and station.lon is not None
    ]
    return sorted(walks, key=lambda nearby: nearby.minutes)[:limit]


def walking_minutes(here: Spot, there: Spot) -> int:
    """Minutes on foot, at least one: the straight line with a factor for streets."""
    mean = math.radians((here.lat + there.lat) / 2)
    north = math.radians(there.lat - here.lat)
    east = math.radians(there.lon - here.lon) * math.cos(mean)
    return max(1, round(EARTH_METRES * math.hypot(north, east) * DETOUR / WALK_METRES_A_MINUTE))
