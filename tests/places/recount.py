"""Count the world map's cells anew, from the places alone and by the textbook formula of map tiles."""

from __future__ import annotations

import math
from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.places.grid import COARSEST, FINEST
from tracker.places.models import Cell, Place, Privacy

Counts = Counter[tuple[int, int, int]]


def tile(lat: float, lon: float, level: int) -> tuple[int, int]:
    """Answer column and row of the map tile that holds a point (OpenStreetMap wiki, Slippy map)."""
    side = 2**level
    lat_rad = math.radians(max(-85.05112877980659, min(85.05112877980659, lat)))
    x = math.floor((lon + 180) / 360 * side)
    y = math.floor((1 - math.log(math.tan(lat_rad) + 1 / math.cos(lat_rad)) / math.pi) / 2 * side)
    return min(side - 1, max(0, x)), min(side - 1, max(0, y))


def recounted(session: Session) -> Counts:
    """Answer how many open, located places each tile (level, column, row) holds."""
    counts: Counts = Counter()
    for place in session.scalars(select(Place)):
        if place.privacy is Privacy.OPEN and place.lat is not None and place.lon is not None:
            for level in range(COARSEST, FINEST + 1):
                counts[(level, *tile(place.lat, place.lon, level))] += 1
    return counts


def stored(session: Session) -> Counts:
    """Answer what the cells say, by tile."""
    counts: Counts = Counter()
    for cell in session.scalars(select(Cell)):
        counts[(cell.level, *_unwoven(cell.code))] = cell.n
    return counts


def _unwoven(code: int) -> tuple[int, int]:
    """Answer column and row of a Morton number: its even and its odd bits."""
    x = sum(((code >> (2 * bit)) & 1) << bit for bit in range(16))
    y = sum(((code >> (2 * bit + 1)) & 1) << bit for bit in range(16))
    return x, y
