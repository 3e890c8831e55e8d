"""One place that an article names several times is one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.articles.model import FoundPlace, Status
from tracker.foundation.text import fold

# The same place said twice has the firmest of its states.
_FIRMEST = (Status.CONFIRMED, Status.CANCELLED, Status.PLANNED, Status.IMPLIED)


def merged(found: Sequence[FoundPlace]) -> list[FoundPlace]:
    """Return each place once, where it is first named, in the firmest of its states."""
    kept: dict[tuple[object, ...], FoundPlace] = {}
    for place in found:
        key = (fold(place.name), place.country, place.within if place.approximate else None, place.production)
        known = kept.get(key)
        if known is None:
            kept[key] = place
        elif _FIRMEST.index(place.status) < _FIRMEST.index(known.status):
            kept[key] = replace(known, status=place.status)
    return list(_without_repeats(list(kept.values())))


def _without_repeats(found: list[FoundPlace]) -> Iterator[FoundPlace]:
    """Leave out a spot whose name is the end of a fuller one ("Front Street", "North Front Street")."""
    for place in found:
        fuller = any(
            other is not place
            and place.approximate
            and other.within == place.within
            and other.production == place.production
            and fold(other.name).endswith(f" {fold(place.name)}")
            for other in found
        )
        if not fuller:
            yield place
