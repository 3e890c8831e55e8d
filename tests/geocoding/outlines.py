"""Outlines of the world's countries, read from the map's own TopoJSON file, to check points against."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pycountry
from shapely import STRtree
from shapely.geometry import Polygon, box

WORLD_ATLAS = (
    Path(__file__).parents[2] / "tracker" / "static" / "vendor" / "world-atlas" / "countries-10m.json"
)
# Natural Earth draws what has no ISO number under its name alone.
_WITHOUT_NUMBER = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
_M_PER_DEGREE = 111_195.0
_LEAST_COSINE = 0.05

Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Countries as polygons in degrees (lon, lat); one country has many."""

    codes: tuple[str, ...]
    tree: STRtree

    def countries_within(self, lat: float, lon: float, distance_m: float) -> set[str]:
        """Return the ISO codes of the countries of which some part lies within the distance, or almost.

        The distance is taken as a box of degrees: its corners reach 1.4 times as far.
        """
        up = distance_m / _M_PER_DEGREE
        right = up / max(math.cos(math.radians(lat)), _LEAST_COSINE)
        around = box(lon - right, lat - up, lon + right, lat + up)
        return {self.codes[at] for at in self.tree.query(around, predicate="intersects")}


def read_outlines(path: Path = WORLD_ATLAS) -> Outlines:
    """Read the outlines of a TopoJSON file (https://github.com/topojson/topojson-specification)."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    codes, polygons = [], []
    for country in topology["objects"]["countries"]["geometries"]:
        code = _code(country)
        several = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for outer, *holes in several:
            shell = _ring(outer, arcs)
            if code is not None and len(shell) > 3:
                inner = [ring for ring in (_ring(hole, arcs) for hole in holes) if len(ring) > 3]
                codes.append(code)
                # A buffer of nothing mends rings that touch themselves.
                polygons.append(Polygon(shell, inner).buffer(0))
    return Outlines(tuple(codes), STRtree(polygons))


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """Turn steps on the grid into degrees."""
    (scale_x, scale_y), (first_x, first_y) = transform["scale"], transform["translate"]
    columns = accumulate(step[0] for step in arc)
    rows = accumulate(step[1] for step in arc)
    return [(x * scale_x + first_x, y * scale_y + first_y) for x, y in zip(columns, rows, strict=True)]


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Join arcs end to end; a number below zero is the complement of one that is walked backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _code(country: dict[str, Any]) -> str | None:
    found = pycountry.countries.get(numeric=str(country.get("id", "")).zfill(3))
    return found.alpha_2 if found else _WITHOUT_NUMBER.get(country["properties"]["name"])
