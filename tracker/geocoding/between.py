"""Read "between Oslo and Bergen": somewhere on the way, as uncertain as half of it."""

from __future__ import annotations

import re

from tracker.geocoding.candidates import Answer, Candidate
from tracker.geocoding.sphere import distance_m, middle

_BETWEEN = re.compile(
    r"^(?P<lead>.*?)\b(?:in )?between (?P<one>[^,;]+?) (?:and|&) (?P<other>.+)$", re.IGNORECASE | re.DOTALL
)
_FARTHEST_APART_M = 600_000.0
_MARGIN_M = 5_000.0


def ends_of(query: str) -> tuple[str, str] | None:
    """Return the two places that a text says something is between, or nothing when it says no such thing."""
    found = _BETWEEN.match(query.strip())
    return (found["one"], found["other"]) if found else None


def on_the_way(query: str, one: Answer, other: Answer) -> Answer:
    """Return the middle of two sure answers, said to be approximate; nothing when either end is in doubt.

    The uncertainty reaches both ends: half their distance and a margin, in metres.
    """
    a, b = one.pin, other.pin
    if a is None or b is None or one.ambiguous or other.ambiguous:
        return Answer(query, ignored=(query,))
    if a.id == b.id and a.approximate and b.approximate:
        # "between 5th and 6th" in a known town: it is the streets that are not listed.
        return Answer(query, (a,), used=one.used, ignored=(query,))
    if a.approximate or b.approximate:
        return Answer(query, ignored=(query,))
    apart = distance_m(a.lat, a.lon, b.lat, b.lon)
    if apart > _FARTHEST_APART_M:
        return Answer(query, ignored=(query,))
    lat, lon = middle([(a.lat, a.lon), (b.lat, b.lon)], (1.0, 1.0))
    candidate = Candidate(
        id=f"between:{a.id}:{b.id}",
        name=f"between {a.name} and {b.name}",
        kind="area",
        country=a.country,
        region=a.region if a.region == b.region else None,
        municipality=a.municipality if a.municipality == b.municipality else None,
        lat=lat,
        lon=lon,
        uncertainty_m=round(apart / 2 + _MARGIN_M),
        confidence=round(0.9 * min(a.confidence, b.confidence), 2),
        population=0,
        approximate=True,
        why=f"halfway between {a.label} and {b.label}",
    )
    return Answer(query, (candidate,), used=(a.name, b.name))
