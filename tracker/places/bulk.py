"""Places of an import: found or added many at a time, with the same rules as one at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from tracker.foundation.bulk import Storage, chunks, insert_rows, take_ids
from tracker.foundation.clock import now
from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.history.bulk import Log
from tracker.history.merging import WITH_MERGED
from tracker.places.cells import count_in
from tracker.places.models import Place
from tracker.places.operations import PlaceDraft, new_place

_SAME_PLACE_M = 2_000
_TABLE: Any = Place.__table__
_COLUMNS = tuple(column.name for column in _TABLE.columns)
_RECORDED = tuple(name for name in _COLUMNS if name not in Place.unrecorded | {"id"})

Known = Row[*tuple[Any, ...]] | Place


def find_or_add_places(
    session: Session, log: Log, drafts: Sequence[tuple[PlaceDraft, int | None]]
) -> tuple[dict[PlaceDraft, int], int]:
    """Answer the id of each draft's place, and how many were added, each within the place of the given id."""
    by_id, by_name = _known(session, [draft for draft, _ in drafts])
    kept: dict[PlaceDraft, int] = {}
    fresh: list[tuple[PlaceDraft, Place]] = []
    for draft, within_id in drafts:
        if draft in kept:
            continue
        found = by_id.get(draft.gazetteer_id) if draft.gazetteer_id else None
        found = found or next((p for p in by_name[fold(draft.name)[:300]] if _is_same(p, draft)), None)
        if found is None:
            place = _place(draft, within_id)
            fresh.append((draft, place))
            found = place
            by_name[place.name_key].append(place)
            if draft.gazetteer_id:
                by_id[draft.gazetteer_id] = place
            place.id = -len(fresh)
        # What was merged is found as what it became.
        kept[draft] = found.merged_into_id or found.id
    ids = take_ids(session, _TABLE, len(fresh))
    numbers = {place.id: number for (_, place), number in zip(fresh, ids, strict=True)}
    for _, place in fresh:
        place.id = numbers[place.id]
    _add(session, log, [place for _, place in fresh])
    return {draft: numbers.get(place_id, place_id) for draft, place_id in kept.items()}, len(fresh)


def _known(session: Session, drafts: Iterable[PlaceDraft]) -> tuple[dict[str, Known], dict[str, list[Known]]]:
    drafts = list(drafts)
    columns = (
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
    by_id: dict[str, Known] = {}
    by_name: dict[str, list[Known]] = defaultdict(list)
    for some in chunks(sorted({d.gazetteer_id for d in drafts if d.gazetteer_id})):
        same = select(*columns).where(Place.gazetteer_id.in_(some))
        for row in session.execute(same.execution_options(**WITH_MERGED)):
            by_id[row.gazetteer_id] = row
    for some in chunks(sorted({fold(d.name)[:300] for d in drafts})):
        for row in session.execute(select(*columns).where(Place.name_key.in_(some)).order_by(Place.id)):
            by_name[row.name_key].append(row)
    return by_id, by_name


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


def _place(draft: PlaceDraft, within_id: int | None) -> Place:
    """Answer the place with the values that a session would give it on saving."""
    place = new_place(draft, within_id=within_id)
    place.version, place.created_at = 1, now()
    return place


def _add(session: Session, log: Log, places: Sequence[Place]) -> None:
    storage = Storage.of(session)
    rows = []
    for place in places:
        values = {name: getattr(place, name) for name in _COLUMNS}
        values |= {
            "kind": place.kind.value,
            "privacy": place.privacy.value,
            "geometry": None,
            "created_at": storage.moment(place.created_at),
        }
        rows.append(tuple(values[name] for name in _COLUMNS))
        after = {name: values[name] for name in _RECORDED} | {"created_at": place.created_at.isoformat()}
        log.added("place", place.id, place.name, after, ("place", place.id))
    insert_rows(session, _TABLE, _COLUMNS, rows)
    count_in(session, places)
