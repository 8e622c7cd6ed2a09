"""Which station serves a question, how far it is, and whether it is open."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.messages import Spot
from bot.rules import hours
from bot.rules.hours import Opening, Shut
from bot.store import Session
from bot.store.station import Counter, StationKind, by_code, closures, counters, first, placed

EARTH_METRES = 6_371_000
WALK_METRES_A_MINUTE = 70  # an old person's pace
DETOUR = 1.3  # streets against the straight line
CIRCLE_MINUTES = 15  # within which somebody shall find a station
LIFE_CIRCLE_MINUTES = 5  # and one for the services of daily life


@dataclass(frozen=True, slots=True)
class Nearby:
    """A station with its walk from where the resident stands, and whether it is open."""

    station: Counter
    metres: float
    opening: Opening

    @property
    def minutes(self) -> int:
        return minutes(self.metres)


@dataclass(frozen=True, slots=True)
class Around:
    """The stations near a spot, nearest first.

    `life_minutes`: the walk to the nearest life service station where it is further than it should be.
    """

    stations: tuple[Nearby, ...]
    life_minutes: int | None = None

    @property
    def is_far(self) -> bool:
        """Whether even the nearest is outside the circle."""
        return bool(self.stations) and self.stations[0].minutes > CIRCLE_MINUTES


def serving(session: Session) -> dict[str, Counter]:
    """The counters a resident may be sent to, by the name that answers use for them."""
    return counters(session)


def all_of(session: Session, limit: int) -> list[Counter]:
    """So many stations at most, by code."""
    return first(session, limit)


def coded(session: Session, code: str) -> Counter | None:
    """The station of that code."""
    return by_code(session, code)


def around(session: Session, spot: Spot, now: datetime, limit: int = 3) -> Around:
    """What is near a spot at `now`, which is local. Stations of unknown place are left out."""
    walks = sorted(
        ((metres(spot, place), station) for station in placed(session) if (place := _spot(station))), key=_first
    )
    near = [station for _, station in walks[:limit]]
    openings = _openings(session, near, now)
    life = next((walk for walk, station in walks if station.kind == StationKind.LIFE), None)
    return Around(
        tuple(Nearby(station, walk, openings[station.id]) for walk, station in walks[:limit]),
        minutes(life) if life is not None and minutes(life) > LIFE_CIRCLE_MINUTES else None,
    )


def opening(session: Session, station: Counter, now: datetime) -> Opening:
    """Whether a station is open at `now`, which is local."""
    return _openings(session, [station], now)[station.id]


def metres(here: Spot, there: Spot) -> float:
    """The way on foot: the straight line with a factor for streets."""
    mean = math.radians((here.lat + there.lat) / 2)
    north = math.radians(there.lat - here.lat)
    east = math.radians(there.lon - here.lon) * math.cos(mean)
    return EARTH_METRES * math.hypot(north, east) * DETOUR


def minutes(metres: float) -> int:
    """Minutes on foot, at least one."""
    return max(1, round(metres / WALK_METRES_A_MINUTE))


def _openings(session: Session, stations: Sequence[Counter], now: datetime) -> dict[UUID, Opening]:
    """Each station's opening, by its id."""
    calendar = hours.calendar(session, now.date())
    shut = closures(session, [station.id for station in stations], now)
    return {
        station.id: hours.opening(
            station.hours,
            calendar,
            now,
            [
                Shut(row.starts_at.astimezone(now.tzinfo), row.ends_at.astimezone(now.tzinfo), row.reason)
                for row in shut
                if row.station_id == station.id
            ],
        )
        for station in stations
    }


def _spot(station: Counter) -> Spot | None:
    return None if station.lat is None or station.lon is None else Spot(station.lat, station.lon)


def _first(pair: tuple[float, Counter]) -> tuple[float, str]:
    return pair[0], pair[1].name
