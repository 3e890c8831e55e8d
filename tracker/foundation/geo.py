"""Points, boxes and distances on WGS84. Arguments are (lat, lon) in degrees; GeoJSON flips in one place."""

from __future__ import annotations

from dataclasses import dataclass

from geographiclib.geodesic import Geodesic

from tracker.foundation.errors import InvalidValueError

Position = list[float]


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the earth: latitude and longitude in WGS84 degrees."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise InvalidValueError(f"Latitude {self.lat} is not between -90 and 90.")
        if not -180 <= self.lon <= 180:
            raise InvalidValueError(f"Longitude {self.lon} is not between -180 and 180.")

    def position(self) -> Position:
        """Answer the GeoJSON position, which is [lon, lat] (RFC 7946, 3.1.1)."""
        return [round(self.lon, 6), round(self.lat, 6)]


@dataclass(frozen=True, slots=True)
class Box:
    """A view of the map in degrees. `west` above `east` crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> Box:
        """Read "west,south,east,north"; longitudes outside ±180 are wrapped.

        Raises InvalidValueError if these are not four numbers or south lies above north.
        """
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            raise InvalidValueError(f"bbox {text[:80]!r} is not west,south,east,north in degrees.") from None
        if not (-90 <= south <= north <= 90) or not all(abs(v) < 1e6 for v in (west, east)):
            raise InvalidValueError(f"bbox {text[:80]!r} does not lie on the earth.")
        if east - west >= 360:
            return cls(-180, south, 180, north)
        return cls(wrap_lon(west), south, wrap_lon(east), north)

    def spans(self) -> list[tuple[float, float]]:
        """Answer the box's longitudes as one or two (west, east) pairs with west at or below east."""
        if self.west <= self.east:
            return [(self.west, self.east)]
        return [(self.west, 180.0), (-180.0, self.east)]


def wrap_lon(lon: float) -> float:
    """Answer the same meridian between -180 and 180 degrees."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180


def distance_m(a: Point, b: Point) -> float:
    """Answer the geodesic distance in metres on WGS84 (Karney 2013)."""
    return float(Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon, Geodesic.DISTANCE)["s12"])


def geodesic(a: Point, b: Point, *, step_m: float = 50_000, most: int = 128) -> list[Position]:
    """Answer GeoJSON positions along the geodesic from `a` to `b`, ends included.

    Longitudes are unrolled: a line across the 180th meridian goes on to 181 instead of jumping to -179.
    """
    line = Geodesic.WGS84.InverseLine(
        a.lat,
        a.lon,
        b.lat,
        b.lon,
        Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.DISTANCE_IN | Geodesic.LONG_UNROLL,
    )
    pieces = max(2, min(most, int(line.s13 / step_m) + 1))
    positions: list[Position] = []
    for i in range(pieces + 1):
        at = line.Position(
            line.s13 * i / pieces, Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.LONG_UNROLL
        )
        positions.append([round(at["lon2"], 5), round(at["lat2"], 5)])
    return positions
