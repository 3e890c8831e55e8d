"""Saving an edited place with what follows for its shoots: what a place lies in decides what proves them."""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.history.recording import change
from tracker.places.editing import PlaceEdit, edit_place
from tracker.places.merging import hide_merged
from tracker.places.models import Place
from tracker.productions.evidence import Citation
from tracker.productions.models import Shoot
from tracker.productions.operations import bring_up_to_date


def save_place(
    session: Session,
    place: Place,
    edit: PlaceEdit,
    *,
    by: User,
    began_with: int,
    comment: str,
    alone: bool = False,
) -> None:
    """Write an edit of a place, and the grades that change with what it lies in.

    Raises ConflictError, NotAllowedError or InvalidValueError, as `edit_place` does.
    """
    with change(session, by=by, comment=comment or f"Edit {place.name}"):
        moved = place.within_id != edit.within_id
        edit_place(session, place, edit, by=by, began_with=began_with, alone=alone)
        hide_merged(session, place, place.privacy)
        if moved:
            bring_up_to_date(session, shoots_that_speak_of(session, [place.id]))


def shoots_that_speak_of(session: Session, place_ids: list[int]) -> list[Shoot]:
    """Answer the shoots whose evidence names another place, where any of the places may lie in between."""
    named = select(Citation.shoot_id).where(Citation.speaks_of_id.is_not(None))
    inside = _inside(place_ids)
    touched = or_(
        Shoot.place_id.in_(inside),
        Shoot.id.in_(select(Citation.shoot_id).where(Citation.speaks_of_id.in_(inside))),
    )
    return list(session.scalars(select(Shoot).where(touched, Shoot.id.in_(named)).order_by(Shoot.id)))


def _inside(place_ids: list[int]) -> Select[tuple[int]]:
    """Answer a query of the places themselves and all that lie in them."""
    start = select(Place.id.label("id")).where(Place.id.in_(place_ids)).cte("inside", recursive=True)
    # UNION, not UNION ALL: a ring made by mistake ends.
    tree = start.union(select(Place.id).join(start, Place.within_id == start.c.id))
    return select(tree.c.id)
