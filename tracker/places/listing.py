"""Lists of places for pages: what is open, in a country, within another place, of the same name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.foundation.text import fold
from tracker.history.merging import WITH_MERGED
from tracker.places.grid import COARSEST
from tracker.places.models import Cell, Place, Privacy
from tracker.places.privacy import public_name
from tracker.places.queries import places_by_ids

PAGE = 100


def count_open(session: Session) -> int:
    """Answer how many places the world map shows; read off the coarsest cells, of which there are few."""
    return int(session.scalar(select(func.sum(Cell.n)).where(Cell.level == COARSEST)) or 0)


def open_places(session: Session, *, limit: int) -> list[Place]:
    """Answer the places of the world map, by country and name."""
    return list(
        session.scalars(
            select(Place)
            .where(Place.cell.is_not(None))
            .order_by(Place.country, Place.name_key, Place.id)
            .limit(limit)
        )
    )


def open_places_by_name(
    session: Session, *, after: tuple[str, int] | None = None, limit: int = PAGE
) -> list[Place]:
    """Answer a page of the places of the world map by name, behind the (name_key, id) `after`."""
    found = select(Place).where(Place.cell.is_not(None))
    if after is not None:
        key, last = after
        # The first term alone lets the index on the name begin at the right row.
        found = found.where(
            Place.name_key >= key, or_(Place.name_key > key, and_(Place.name_key == key, Place.id > last))
        )
    return list(session.scalars(found.order_by(Place.name_key, Place.id).limit(limit)))


def places_in_country(session: Session, country: str, *, limit: int) -> list[Place]:
    """Answer the places of a country that may be found by it, by the name that they have for everybody."""
    found = session.scalars(
        select(Place)
        .where(Place.country == country, Place.privacy != Privacy.PRIVATE)
        .order_by(Place.name_key, Place.id)
        .limit(limit)
    )
    return sorted(found, key=lambda place: (fold(public_name(place)), place.id))


def open_places_within(session: Session, place: Place, *, limit: int = PAGE) -> list[Place]:
    """Answer the open places that lie directly in another, by name.

    A place that is not open is left out: what it lies in would tell more than its grid cell.
    """
    return list(
        session.scalars(
            select(Place)
            .where(Place.within_id == place.id, Place.privacy == Privacy.OPEN)
            .order_by(Place.name_key, Place.id)
            .limit(limit)
        )
    )


def namesakes_of(session: Session, place: Place, *, limit: int = 3) -> list[Place]:
    """Answer other open places of the same name elsewhere; none of a place that is kept private."""
    if place.privacy is Privacy.PRIVATE:
        return []
    return list(
        session.scalars(
            select(Place)
            .where(
                Place.name_key == place.name_key,
                Place.id != place.id,
                Place.privacy == Privacy.OPEN,
                or_(Place.country.is_distinct_from(place.country), Place.region != place.region),
            )
            .order_by(Place.id)
            .limit(limit)
        )
    )


def places_of_gazetteer(session: Session, ids: Iterable[str]) -> list[Place]:
    """Answer the places that stand for rows of the gazetteer and may be found by name."""
    wanted: Sequence[str] = list(ids)
    if not wanted:
        return []
    of_rows = select(Place).where(Place.gazetteer_id.in_(wanted), Place.privacy != Privacy.PRIVATE)
    found = list(session.scalars(of_rows.order_by(Place.id).execution_options(**WITH_MERGED)))
    merged = places_by_ids(session, [p.merged_into_id for p in found if p.merged_into_id is not None])
    return list(dict.fromkeys(merged.get(p.merged_into_id or 0, p) for p in found))
