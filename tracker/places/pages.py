"""Pages of places by key, for programs that read everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.foundation.geo import Box
from tracker.foundation.text import fold
from tracker.places.models import Place, Privacy
from tracker.places.privacy import tells_name


def page_of_places(
    session: Session,
    *,
    box: Box | None = None,
    country: str = "",
    words: str = "",
    after: int = 0,
    limit: int,
) -> list[Place]:
    """Answer places behind the id `after`; a box finds open ones alone, words and country no private one."""
    found = select(Place).where(Place.id > after)
    if box is not None:
        sides = [Place.public_lon.between(west, east) for west, east in box.spans()]
        inside = (Place.cell.is_not(None), Place.public_lat.between(box.south, box.north), or_(*sides))
        found = found.where(*inside)
    if country:
        found = found.where(Place.country == country, Place.privacy != Privacy.PRIVATE)
    if words:
        key = fold(words)
        begins = Place.name_key.startswith(key, autoescape=True)
        within = Place.name_key.contains(f" {key}", autoescape=True)
        found = found.where(or_(begins, within), Place.privacy != Privacy.PRIVATE)
        return _with_public_names(session, found, limit)
    return list(session.scalars(found.order_by(Place.id).limit(limit)))


def _with_public_names(session: Session, found: Any, limit: int) -> list[Place]:
    """Answer a page of what was found by name, without the homes whose name nobody may learn so."""
    page: list[Place] = []
    last = 0
    while True:
        batch: Sequence[Place] = session.scalars(
            found.where(Place.id > last).order_by(Place.id).limit(limit)
        ).all()
        page += [place for place in batch if tells_name(place)]
        if len(batch) < limit or len(page) >= limit:
            return page[:limit]
        last = batch[-1].id
