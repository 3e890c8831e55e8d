"""Unattributed sightings of an import, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.foundation.bulk import Pending
from tracker.foundation.dates import Period
from tracker.history.bulk import Log
from tracker.productions.models import Status
from tracker.sightings.unattributed import UnattributedPlace, UnattributedSighting

_SIGHTING: Any = UnattributedSighting.__table__
_PLACE: Any = UnattributedPlace.__table__
_PARTS = ("text", "edtf", "earliest", "latest")
_COLUMNS = (
    "id",
    "source_id",
    "number",
    "place_text",
    "category",
    *(f"{end}_{part}" for end in ("start", "end") for part in _PARTS),
    "status",
    "note",
    "version",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What one row reports: filming of nobody knows what, at places, over a period."""

    source_id: int
    place_ids: tuple[int, ...]
    period: Period
    status: Status
    number: str = ""
    place_text: str = ""
    category: str = ""
    note: str = ""


def add_unattributed(pending: Pending, log: Log, reported: Sequence[Reported]) -> list[int]:
    """Add sightings; answer their ids in the same order."""
    storage = pending.storage
    ids = list(pending.take(_SIGHTING, len(reported)))
    rows: list[tuple[Any, ...]] = []
    places: list[tuple[int, int]] = []
    subjects = {("source", one.source_id) for one in reported}
    for number, one in zip(ids, reported, strict=True):
        head = (one.source_id, one.number[:80], one.place_text, one.category[:300])
        bounds = (one.period.start, one.period.end)
        stored = [v for b in bounds for v in (b.text, b.edtf, storage.day(b.earliest), storage.day(b.latest))]
        rows.append((number, *head, *stored, one.status.value, one.note, 1))
        plain = [v for b in bounds for v in (b.text, b.edtf, _iso(b.earliest), _iso(b.latest))]
        after = dict(zip(_COLUMNS[1:-1], (*head, *plain, one.status.value, one.note), strict=True))
        log.added("unattributed_sighting", number, f"{one.category or 'filming'} {one.number}".strip(), after)
        places += [(number, place_id) for place_id in dict.fromkeys(one.place_ids)]
    log.subjects.update(subjects)
    pending.put(_SIGHTING, _COLUMNS, rows)
    numbers = pending.take(_PLACE, len(places))
    pending.put(
        _PLACE,
        ("id", "sighting_id", "place_id"),
        [(number, *pair) for number, pair in zip(numbers, places, strict=True)],
    )
    return ids


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None
