"""Places that are likely one: of like names, within reach of how exactly either is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.geo import Point, distance_m
from tracker.places.models import Place, PlaceKind

# So alike, in percent of rapidfuzz's token set ratio, two names have to be.
ALIKE = 88
# A point is not known better than this; an area does not take in everything within hundreds of kilometres.
_LEAST_M, _MOST_M = 500, 25_000
_METRES_PER_DEGREE = 110_500
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that are likely one, the older first, and why in words."""

    first: int
    second: int
    why: str
    weight: float


def likely_one_place(session: Session, *, limit: int = 50) -> list[Pair]:
    """Answer pairs of places that are likely one, likeliest first. Reads each place once."""
    rows = session.execute(
        select(
            Place.id, Place.name_key, Place.kind, Place.country, Place.lat, Place.lon, Place.uncertainty_m
        ).order_by(Place.lat, Place.id)
    ).all()
    located = [row for row in rows if row.lat is not None]
    found = {(pair.first, pair.second): pair for pair in _near(located)}
    found.update({(pair.first, pair.second): pair for pair in _unlocated(rows)})
    return sorted(found.values(), key=lambda pair: (-pair.weight, pair.first, pair.second))[:limit]


def _near(rows: Sequence[Any]) -> Iterator[Pair]:
    """Compare each place with those a little north of it: rows are ordered by latitude."""
    for index, row in enumerate(rows):
        edge = (row.lat or 0) + 2 * _MOST_M / _METRES_PER_DEGREE
        for other in rows[index + 1 :]:
            if (other.lat or 0) > edge:
                break
            pair = _compared(row, other)
            if pair is not None:
                yield pair


def _compared(a: Any, b: Any) -> Pair | None:
    if a.country and b.country and a.country != b.country:
        return None
    if (a.kind in _WIDE) != (b.kind in _WIDE):
        return None
    likeness = fuzz.token_set_ratio(a.name_key, b.name_key, score_cutoff=ALIKE)
    if not likeness:
        return None
    apart = distance_m(Point(a.lat or 0, a.lon or 0), Point(b.lat or 0, b.lon or 0))
    if apart > _reach(a) + _reach(b):
        return None
    first, second = sorted((a.id, b.id))
    names = "the same name" if a.name_key == b.name_key else f"names alike to {likeness:.0f} %"
    return Pair(first, second, f"{names}, {_metres(apart)} apart", likeness - apart / 1000)


def _unlocated(rows: Sequence[Any]) -> Iterator[Pair]:
    """Compare namesakes of which one is not located."""
    named: dict[tuple[str, str | None], list[Any]] = defaultdict(list)
    for row in rows:
        named[(row.name_key, row.country)].append(row)
    for same in named.values():
        for index, row in enumerate(same):
            for other in same[index + 1 :]:
                if row.lat is None or other.lat is None:
                    first, second = sorted((row.id, other.id))
                    yield Pair(first, second, "the same name, one of them not located", 80)


def _reach(row: Any) -> float:
    return min(_MOST_M, max(_LEAST_M, row.uncertainty_m or 0))


def _metres(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f} km"
