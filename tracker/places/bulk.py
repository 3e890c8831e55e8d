"""Places of an import: found or added many at a time, with the same rules as one at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, inspect, select
from sqlalchemy.orm import Session

from tracker.foundation.bulk import Pending, chunks
from tracker.foundation.clock import now
from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.history.bulk import Log
from tracker.history.merging import WITH_MERGED
from tracker.places.cells import put_counts
from tracker.places.models import Place
from tracker.places.operations import PlaceDraft, new_place

_SAME_PLACE_M = 2_000
_TABLE: Any = Place.__table__
_COLUMNS = tuple(column.name for column in _TABLE.columns)
_RECORDED = tuple(name for name in _COLUMNS if name not in Place.unrecorded | {"id"})

Known = Row[*tuple[Any, ...]] | Place


@dataclass(slots=True)
class PlacesOnRecord:
    """The places on record that drafts of one batch may mean, and those that the batch adds."""

    _by_id: dict[str, Known] = field(default_factory=dict)
    _by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    _fresh: list[Place] = field(default_factory=list)

    def meet(self, session: Session, drafts: Iterable[PlaceDraft]) -> None:
        """Look up what the record holds of these."""
        drafts = list(drafts)
        for some in chunks(sorted({d.gazetteer_id for d in drafts if d.gazetteer_id})):
            same = select(*_IDENTITY).where(Place.gazetteer_id.in_(some))
            for row in session.execute(same.execution_options(**WITH_MERGED)):
                self._by_id[row.gazetteer_id] = row
        for some in chunks(sorted({fold(d.name)[:300] for d in drafts})):
            same = select(*_IDENTITY).where(Place.name_key.in_(some)).order_by(Place.id)
            for row in session.execute(same):
                self._by_name[row.name_key].append(row)

    def find_or_add(
        self, pending: Pending, log: Log, drafts: Sequence[tuple[PlaceDraft, int | None]]
    ) -> tuple[dict[PlaceDraft, int], int]:
        """Answer the id of each draft's place, and how many are added, each within the place of the given id.

        The drafts must have been met.
        """
        kept: dict[PlaceDraft, int] = {}
        fresh: list[Place] = []
        for draft, within_id in drafts:
            if draft in kept:
                continue
            found = self._by_id.get(draft.gazetteer_id) if draft.gazetteer_id else None
            found = found or next(
                (p for p in self._by_name[fold(draft.name)[:300]] if _is_same(p, draft)), None
            )
            if found is None:
                found = self._new(draft, within_id)
                fresh.append(found)
                found.id = -len(fresh)
            # What was merged is found as what it became.
            kept[draft] = found.merged_into_id or found.id
        ids = pending.take(_TABLE, len(fresh))
        numbers = {place.id: number for place, number in zip(fresh, ids, strict=True)}
        for place in fresh:
            place.id = numbers[place.id]
        self._fresh += fresh
        _put(pending, log, fresh)
        return {draft: numbers.get(place_id, place_id) for draft, place_id in kept.items()}, len(fresh)

    def count(self, pending: Pending) -> None:
        """Count all places that were added in the cells; to be called once, when none is to follow."""
        put_counts(pending, self._fresh)
        self._fresh = []

    def _new(self, draft: PlaceDraft, within_id: int | None) -> Place:
        """Answer the place with the values that a session would give it on saving."""
        place = new_place(draft, within_id=within_id)
        place.version, place.created_at = 1, now()
        self._by_name[place.name_key].append(place)
        if draft.gazetteer_id:
            self._by_id[draft.gazetteer_id] = place
        return place


_IDENTITY = (
    Place.id,
    Place.name_key,
    Place.kind,
    Place.country,
    Place.lat,
    Place.lon,
    Place.public_lat,
    Place.public_lon,
    Place.gazetteer_id,
    Place.merged_into_id,
)


def _is_same(place: Known, draft: PlaceDraft) -> bool:
    if place.kind is not draft.kind or place.country != draft.country:
        return False
    if place.gazetteer_id and draft.gazetteer_id and place.gazetteer_id != draft.gazetteer_id:
        return False
    if place.lat is None or place.lon is None or draft.point is None:
        return (place.lat is None) == (draft.point is None)
    spots = {(place.lat, place.lon)}
    if place.public_lat is not None and place.public_lon is not None:
        spots.add((place.public_lat, place.public_lon))
    if (draft.point.lat, draft.point.lon) in spots:
        return True
    return any(distance_m(Point(*spot), draft.point) <= _SAME_PLACE_M for spot in spots)


def _put(pending: Pending, log: Log, places: Sequence[Place]) -> None:
    storage = pending.storage
    rows = []
    for place in places:
        # As a plain dictionary: an attribute of a mapped row costs as much as the rest of a tuple.
        known = inspect(place).dict
        values = {name: known.get(name) for name in _COLUMNS}
        values |= {
            "kind": place.kind.value,
            "privacy": place.privacy.value,
            "geometry": None,
            "created_at": storage.moment(place.created_at),
        }
        rows.append(tuple(values.values()))
        after = {name: values[name] for name in _RECORDED} | {"created_at": place.created_at.isoformat()}
        log.added("place", place.id, place.name, after, ("place", place.id))
    pending.put(_TABLE, _COLUMNS, rows)
