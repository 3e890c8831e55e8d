"""Merging two rows of the record in one change, and taking a merge back in another.

A merge moves everything of the loser to the survivor; sightings follow. It is taken back row by row from the
history, so far as nobody changed the rows since.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission, may
from tracker.foundation.errors import ConflictError, NotAllowedError, NotFoundError
from tracker.history.merging import WITH_MERGED, lock_pair
from tracker.history.models import Change, Revision
from tracker.history.recording import change
from tracker.history.undoing import put_back
from tracker.places.cells import count_out
from tracker.places.editing import set_whereabouts
from tracker.places.merging import hide_merged
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.productions import merging
from tracker.productions.distinct import follow_merge
from tracker.productions.models import Production, Shoot
from tracker.productions.upkeep import refresh_after
from tracker.sightings.models import Sighting
from tracker.sightings.offered import OfferedCitation
from tracker.sources.models import Source


class MergeKind(enum.StrEnum):
    PRODUCTION = "production"
    PLACE = "place"
    SOURCE = "source"
    SHOOT = "shoot"


@dataclass(frozen=True, slots=True)
class _Way:
    model: type[Any]
    merge: Callable[[Session, Any, Any], None]
    # The column of a sighting that follows.
    sighting: str = ""


_WAYS: dict[MergeKind, _Way] = {
    MergeKind.PRODUCTION: _Way(Production, merging.merge_productions, "production_id"),
    MergeKind.PLACE: _Way(Place, merging.merge_places),
    MergeKind.SOURCE: _Way(Source, merging.merge_sources),
    MergeKind.SHOOT: _Way(Shoot, merging.merge_shoots, "shoot_id"),
}


@dataclass(frozen=True, slots=True)
class Unmerged:
    """A merge taken back: the new change, and how many values stay because they were changed since."""

    change: Change
    left: int


def merge_rows(
    session: Session, kind: MergeKind, *, survivor_id: int, loser_id: int, by: User, comment: str = ""
) -> Change:
    """Merge a row into another and answer the change.

    Raises NotAllowedError without the right, InvalidValueError for a row and itself, ConflictError if one of
    the two was merged meanwhile, NotFoundError if one was never there.
    """
    _check(by)
    way = _WAYS[kind]
    survivor, loser = lock_pair(session, way.model, survivor_id, loser_id)
    words = f"Merge {kind.value} {loser_id} into {survivor_id}"
    with change(session, by=by, comment=f"{words}: {comment}" if comment else words) as made:
        way.merge(session, survivor, loser)
        if way.sighting:
            column = getattr(Sighting, way.sighting)
            for sighting in session.scalars(select(Sighting).where(column == loser_id)):
                setattr(sighting, way.sighting, survivor_id)
            session.flush()
        follow_merge(session, kind, survivor_id=survivor_id, loser_id=loser_id)
        if kind is MergeKind.SHOOT:
            _move_offers(session, survivor_id=survivor_id, loser_id=loser_id)
    return made


def _move_offers(session: Session, *, survivor_id: int, loser_id: int) -> None:
    """Let what waits for a moderator speak of the shoot that stays."""
    for offer in session.scalars(select(OfferedCitation).where(OfferedCitation.shoot_id == loser_id)):
        offer.shoot_id = survivor_id
    for offer in session.scalars(select(OfferedCitation).where(OfferedCitation.other_id == loser_id)):
        offer.other_id = survivor_id
    session.flush()


def unmerge(session: Session, change_id: int, *, by: User) -> Unmerged:
    """Take a merge back: rows get their old owner again, as far as nobody changed them since.

    Raises NotFoundError if the change merged nothing, ConflictError if it is taken back already or what it
    merged into was merged further.
    """
    _check(by)
    revisions = list(session.scalars(select(Revision).where(Revision.change_id == change_id)))
    kind, loser, survivor_id = _merged_by(session, change_id, revisions)
    with change(session, by=by, comment=f"Take back the merge of {kind.value} {loser.id}") as made:
        before = _counted(session, survivor_id) if kind is MergeKind.PLACE else None
        rows, left = put_back(session, revisions)
        if kind is MergeKind.PLACE:
            _back_on_the_map(session, loser.id, survivor_id, before)
        refresh_after(session, _resting_on(rows))
    return Unmerged(made, left)


def _resting_on(rows: Iterable[Any]) -> list[tuple[str, int]]:
    return [(str(row.__tablename__), row.id) for row in rows]


def row_name(kind: MergeKind, row: Any) -> str:
    """Answer what a row is called to moderators."""
    return public_name(row) if kind is MergeKind.PLACE else str(row.history_label())


def _check(by: User) -> None:
    if not may(by, Permission.MERGE):
        raise NotAllowedError("Only moderators merge, and take a merge back.")


def _counted(session: Session, place_id: int) -> tuple[int, float, float] | None:
    """Answer cell and public point of a place as the world map counts it now."""
    place = session.get_one(Place, place_id)
    if place.cell is None or place.public_lat is None or place.public_lon is None:
        return None
    return place.cell, place.public_lat, place.public_lon


def _back_on_the_map(
    session: Session, loser_id: int, survivor_id: int, before: tuple[int, float, float] | None
) -> None:
    """Count both places as they are again; the survivor is counted out as it was before."""
    if before is not None:
        cell, lat, lon = before
        count_out(session, cell=cell, lat=lat, lon=lon, place_id=survivor_id)
    for number in (survivor_id, loser_id):
        place = session.get_one(Place, number)
        place.cell = None
        set_whereabouts(session, place, privacy=place.privacy)
        hide_merged(session, place, place.privacy)


def _merged_by(session: Session, change_id: int, revisions: list[Revision]) -> tuple[MergeKind, Any, int]:
    """Answer what a change merged: the kind, the row out of sight, held, and the id it became part of."""
    for kind, way in _WAYS.items():
        for revision in revisions:
            became = (revision.after or {}).get("merged_into_id")
            was_free = (revision.before or {}).get("merged_into_id", 0) is None
            if revision.table_name == kind.value and became is not None and was_free:
                found = select(way.model).where(way.model.id == revision.row_id).with_for_update()
                row = session.scalar(found.execution_options(**WITH_MERGED))
                if row is None or row.merged_into_id is None:
                    raise ConflictError("That merge is taken back already.")
                if row.merged_into_id != became:
                    raise ConflictError(
                        f"{kind.value.capitalize()} {became} was merged since. Take that merge back first."
                    )
                return kind, row, int(became)
    raise NotFoundError(f"Change {change_id} merged nothing.")
