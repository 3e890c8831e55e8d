"""The grid behind the world map: web-mercator squares numbered along the Z-order curve (Morton, 1966).

At level L the world is 2^L x 2^L squares, as map tiles are (x from 180 W eastward, y from 85.0511 N
southward). A square's number interleaves the bits of x and y, so a square's descendants at any finer
level are one unbroken range of numbers: a box on the map becomes a few ranges over one index.
"""

from __future__ import annotations

import math

from tracker.foundation.geo import Box

COARSEST, FINEST = 2, 12
_MOST_SQUARES = 2_000
_MERCATOR_EDGE = 85.05112877980659


def cell_of(lat: float, lon: float, level: int = FINEST) -> int:
    """Answer the number of the square that holds the point."""
    x, y = _square(lat, lon, level)
    return _spread(x) | (_spread(y) << 1)


def ancestors(code: int) -> list[tuple[int, int]]:
    """Answer (level, code) of the squares that hold a finest one, itself included, finest first."""
    return [(level, code >> (2 * (FINEST - level))) for level in range(FINEST, COARSEST - 1, -1)]


def level_for(box: Box, zoom: int) -> int:
    """Answer the level whose squares are 64 pixels wide at a map zoom, within the levels that are kept.

    A box far larger than any screen at that zoom gets a coarser level: no request may ask for millions.
    """
    level = max(COARSEST, min(FINEST, zoom + 2))
    while level > COARSEST and _squares_in(box, level) > _MOST_SQUARES:
        level -= 1
    return level


def cover(box: Box, level: int) -> list[tuple[int, int]]:
    """Answer the squares of a level that touch a box, as (first, last) ranges of numbers, merged."""
    codes: list[int] = []
    for x0, y0, x1, y1 in _corners(box, level):
        codes.extend(_spread(x) | (_spread(y) << 1) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1))
    ranges: list[tuple[int, int]] = []
    for code in sorted(set(codes)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return ranges


def finest_range(first: int, last: int, level: int) -> tuple[int, int]:
    """Answer the finest squares inside a range of squares of a coarser level."""
    shift = 2 * (FINEST - level)
    return first << shift, ((last + 1) << shift) - 1


def _corners(box: Box, level: int) -> list[tuple[int, int, int, int]]:
    return [
        (*_square(box.north, west, level), *_square(box.south, east, level)) for west, east in box.spans()
    ]


def _squares_in(box: Box, level: int) -> int:
    return sum((x1 - x0 + 1) * (y1 - y0 + 1) for x0, y0, x1, y1 in _corners(box, level))


def _square(lat: float, lon: float, level: int) -> tuple[int, int]:
    size = 1 << level
    lat = max(-_MERCATOR_EDGE, min(_MERCATOR_EDGE, lat))
    x = int((lon + 180) / 360 * size)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size)
    return max(0, min(size - 1, x)), max(0, min(size - 1, y))


def _spread(value: int) -> int:
    """Put a zero bit between the (at most 16) bits of a number."""
    value = (value | (value << 8)) & 0x00FF00FF
    value = (value | (value << 4)) & 0x0F0F0F0F
    value = (value | (value << 2)) & 0x33333333
    return (value | (value << 1)) & 0x55555555
