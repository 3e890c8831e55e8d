"""Merging a place into another, as far as places themselves go. Runs inside an open change."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.history.merging import WITH_MERGED, fill_gaps, mark_merged
from tracker.places.editing import Position, set_whereabouts, take_off_the_map
from tracker.places.models import Place, Privacy
from tracker.places.privacy import stricter
from tracker.places.queries import surroundings


def merge_place_rows(session: Session, survivor: Place, loser: Place) -> None:
    """Let what lies in the loser lie in the survivor; what one of the two hid stays hidden."""
    if loser.id in surroundings(session, [survivor.id]).get(survivor.id, ()):
        survivor.within_id = loser.within_id
    for inner in session.scalars(select(Place).where(Place.within_id == loser.id, Place.id != survivor.id)):
        inner.within_id = survivor.id
    fill_gaps(survivor, loser, ("country", "region", "municipality"))
    privacy = stricter(survivor.privacy, loser.privacy)
    set_whereabouts(session, survivor, privacy=privacy, position=_found(survivor, loser))
    take_off_the_map(session, loser)
    loser.privacy = privacy
    mark_merged(session, loser, survivor)
    hide_merged(session, survivor, privacy)


def hide_merged(session: Session, place: Place, privacy: Privacy) -> None:
    """Keep what was merged into a place as hidden as the place is: their histories tell where it is."""
    merged = select(Place).where(Place.merged_into_id == place.id).execution_options(**WITH_MERGED)
    for row in session.scalars(merged):
        row.privacy = privacy
    session.flush()


def _found(survivor: Place, loser: Place) -> Position | None:
    """Answer the loser's position where the survivor has none; None leaves the survivor's alone."""
    if survivor.lat is not None or loser.point is None:
        return None
    return Position(shape=loser.geometry, point=loser.point, uncertainty_m=loser.uncertainty_m)
