"""From the coordinates that maps in China give (GCJ-02) to those of the rest of the world (WGS84)."""

import math

from bot.messages import Spot
from bot.rules.forwarding.values import Point

# The Krasovsky 1940 ellipsoid. Source of numbers and series: the published reconstruction of GCJ-02 (eviltransform,
# https://github.com/googollee/eviltransform); the points of tests/test_forwarding.py are that project's.
_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_ROUNDS = 5  # each divides what is wrong by about a thousand


def wgs84(spot: Spot) -> Point:
    """The point that GCJ-02 shows at this spot, within a centimetre; outside of China both are the same."""
    lat, lon = spot.lat, spot.lon
    if not (0.8293 <= lat <= 55.8271 and 72.004 <= lon <= 137.8347):
        return Point(lat, lon)
    for _ in range(_ROUNDS):
        north, east = _shift(lat, lon)
        lat, lon = spot.lat - north, spot.lon - east
    return Point(lat, lon)


def gcj02(point: Point) -> Spot:
    """The other way: where GCJ-02 shows a point of WGS84."""
    if not (0.8293 <= point.lat <= 55.8271 and 72.004 <= point.lon <= 137.8347):
        return Spot(point.lat, point.lon)
    north, east = _shift(point.lat, point.lon)
    return Spot(point.lat + north, point.lon + east)


def _shift(lat: float, lon: float) -> tuple[float, float]:
    """How far GCJ-02 lies off at a point of WGS84, in degrees north and east."""
    x, y = lon - 105.0, lat - 35.0
    both = 20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (both + _waves(y, (20.0, 1.0), (40.0, 3.0), (160.0, 12.0), (320.0, 30.0))) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (both + _waves(x, (20.0, 1.0), (40.0, 3.0), (150.0, 12.0), (300.0, 30.0))) * 2.0 / 3.0
    flat = 1 - _ECCENTRICITY * math.sin(math.radians(lat)) ** 2
    north_metres = math.radians(_AXIS * (1 - _ECCENTRICITY) / (flat * math.sqrt(flat)))
    east_metres = math.radians(_AXIS / math.sqrt(flat) * math.cos(math.radians(lat)))
    return north / north_metres, east / east_metres


def _waves(degrees: float, *waves: tuple[float, float]) -> float:
    return sum(height * math.sin(degrees / length * math.pi) for height, length in waves)
