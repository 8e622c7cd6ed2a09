"""A piece of ground as pages draw it themselves: no outside tiles, for nobody shall learn where residents look."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.station import EARTH_METRES

METRES_A_DEGREE = math.pi * EARTH_METRES / 180
LEAST_METRES = 300.0  # a drawing of one point shows that much


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of ground on a drawing, north up and true to scale. Degrees in, pixels out."""

    north: float
    west: float
    scale: float  # pixels a metre
    stretch: float  # metres a degree of longitude, against one of latitude
    margin: tuple[float, float]

    @classmethod
    def around(
        cls, points: Sequence[tuple[float, float]], width: int, height: int, edge: int, least: float = LEAST_METRES
    ) -> "Frame":
        """The smallest one that shows all points (lat, lon), and so many metres, an edge left free."""
        lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
        stretch = math.cos(math.radians((min(lats) + max(lats)) / 2))
        tall = max((max(lats) - min(lats)) * METRES_A_DEGREE, least)
        wide = max((max(lons) - min(lons)) * METRES_A_DEGREE * stretch, least)
        scale = min((width - 2 * edge) / wide, (height - 2 * edge) / tall)
        used_wide = (max(lons) - min(lons)) * METRES_A_DEGREE * stretch * scale
        used_tall = (max(lats) - min(lats)) * METRES_A_DEGREE * scale
        return cls(max(lats), min(lons), scale, stretch, ((width - used_wide) / 2, (height - used_tall) / 2))

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        x = (lon - self.west) * METRES_A_DEGREE * self.stretch * self.scale
        return x + self.margin[0], (self.north - lat) * METRES_A_DEGREE * self.scale + self.margin[1]

    def pixels(self, metres: float) -> float:
        """How long so many metres are."""
        return metres * self.scale
