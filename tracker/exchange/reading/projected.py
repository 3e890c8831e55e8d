"""Projected metres: told from degrees, and turned into them where the projection is beyond doubt.

Lambert-93 (RGF93, EPSG:2154): the French national grid, a conformal conic with two standard parallels on
the GRS80 ellipsoid. Formulas: IGN, NT/G 71, "Projection cartographique conique conforme de Lambert".
"""

from __future__ import annotations

import math

from tracker.foundation.geo import Point

_E = 0.0818191910428158
_N = 0.7256077650532670
_C = 11754255.4261
_X_S, _Y_S = 700_000.0, 12655612.0499
_LON_0 = math.radians(3.0)
# Where the grid is used: metropolitan France.
_X = (90_000.0, 1_260_000.0)
_Y = (6_030_000.0, 7_140_000.0)


def is_lambert93(x: float, y: float) -> bool:
    """Tell whether two numbers are metres of the French grid; no other grid in use has both there."""
    return _X[0] <= x <= _X[1] and _Y[0] <= y <= _Y[1]


def from_lambert93(x: float, y: float) -> Point:
    """Answer the point at x metres east and y metres north of the grid's origin (to a centimetre)."""
    radius = math.hypot(x - _X_S, y - _Y_S)
    gamma = math.atan((x - _X_S) / (_Y_S - y))
    isometric = -math.log(abs(radius / _C)) / _N
    lat = 2 * math.atan(math.exp(isometric)) - math.pi / 2
    for _ in range(12):
        sine = _E * math.sin(lat)
        lat = 2 * math.atan(((1 + sine) / (1 - sine)) ** (_E / 2) * math.exp(isometric)) - math.pi / 2
    return Point(math.degrees(lat), math.degrees(_LON_0 + gamma / _N))
