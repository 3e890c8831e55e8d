"""A shape as text that can be edited without a mouse: one position a line, "lat, lon", parts set apart.

    62.4402, 7.7701
    62.5617, 7.6892

    hole
    62.4800, 7.7300
    ...

An empty line begins another part; "hole" begins a hole in the area before. Rings need not be closed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geometry.reading import shape_of

Json = dict[str, Any]
_HOLE = "hole"
_LONGEST_TEXT = 200_000
_PAIR = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*°?\s*[,;\s]\s*([-+]?\d+(?:\.\d+)?)\s*°?\s*\Z", re.ASCII)


def vertices_of(geometry: Json | None) -> str:
    """Answer a stored line or area as text, "" for anything else."""
    if geometry is None or geometry["type"].endswith("Point"):
        return ""
    kind, coordinates = str(geometry["type"]), geometry["coordinates"]
    if kind.endswith("LineString"):
        lines = coordinates if kind.startswith("Multi") else [coordinates]
        return "\n\n".join(_text(line) for line in lines)
    polygons = coordinates if kind.startswith("Multi") else [coordinates]
    blocks = []
    for outer, *holes in polygons:
        blocks.append(_text(outer[:-1]))
        blocks += [f"{_HOLE}\n{_text(hole[:-1])}" for hole in holes]
    return "\n\n".join(blocks)


def shape_from_vertices(text: str, *, area: bool, swap: bool = False) -> Json:
    """Answer the shape that the text describes; `swap` reads "lon, lat" instead.

    Raises InvalidValueError that names the line, or what is wrong with the whole.
    """
    if len(text) > _LONGEST_TEXT:
        raise InvalidValueError(f"The list has {len(text)} characters; at most {_LONGEST_TEXT} can be read.")
    parts: list[list[list[list[float]]]] = []
    for is_hole, positions in _blocks(text, swap=swap):
        if is_hole and (not area or not parts):
            raise InvalidValueError("A hole needs an area before it. Write the outline first.")
        ring = [*positions, positions[0]] if area and positions[0] != positions[-1] else positions
        if is_hole:
            parts[-1].append(ring)
        else:
            parts.append([ring])
    if not parts:
        raise InvalidValueError("No corners are written down. Write one “lat, lon” a line, or draw them.")
    if area:
        return shape_of({"type": "MultiPolygon", "coordinates": parts})
    return shape_of({"type": "MultiLineString", "coordinates": [part[0] for part in parts]})


def _text(line: Sequence[Sequence[float]]) -> str:
    return "\n".join(f"{_plain(lat)}, {_plain(lon)}" for lon, lat in line)


def _plain(number: float) -> str:
    """Answer the number without an exponent."""
    return f"{number:.6f}".rstrip("0").rstrip(".") or "0"


def _blocks(text: str, *, swap: bool) -> list[tuple[bool, list[list[float]]]]:
    blocks: list[tuple[bool, list[list[float]]]] = []
    begins, is_hole = True, False
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words:
            begins = True
        elif words.casefold().rstrip(":") == _HOLE:
            begins, is_hole = True, True
        else:
            if begins:
                blocks.append((is_hole, []))
                begins, is_hole = False, False
            blocks[-1][1].append(_position(words, number, swap=swap))
    return blocks


def _position(words: str, number: int, *, swap: bool) -> list[float]:
    found = _PAIR.match(words)
    if found is None:
        raise InvalidValueError(
            f"Line {number}, {words[:40]!r}, is not “lat, lon” in degrees, such as 62.57, 7.69."
        )
    first, second = float(found[1]), float(found[2])
    return [first, second] if swap else [second, first]
