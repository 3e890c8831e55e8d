"""Keeping the cells true: each place counts in one square of every level, in the place's own transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from tracker.foundation.bulk import Pending
from tracker.places.grid import FINEST, ancestors
from tracker.places.models import Cell, Place

_CELL: Any = Cell.__table__
_COLUMNS = ("level", "code", "n", "sum_lat", "sum_lon", "member_id")
_COUNTED_ON = "(level, code) DO UPDATE SET " + ", ".join(
    f"{name} = {Cell.__tablename__}.{name} + excluded.{name}" for name in ("n", "sum_lat", "sum_lon")
)


def count_in(session: Session, places: Iterable[Place]) -> None:
    """Add places that have a cell to the counts of all levels, each cell written once."""
    pending = Pending.of(session)
    put_counts(pending, places)
    pending.write(session)


def put_counts(pending: Pending, places: Iterable[Place]) -> None:
    """Let what `count_in` writes wait with other rows."""
    sums: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0, 0.0, 0.0, 0])
    for place in places:
        lat, lon, member = place.public_lat, place.public_lon, place.id
        if place.cell is None or lat is None or lon is None:
            continue
        for key in ancestors(place.cell):
            cell = sums[key]
            cell[0] += 1
            cell[1] += lat
            cell[2] += lon
            cell[3] = member
    pending.put(_CELL, _COLUMNS, [(*key, *sums[key]) for key in sorted(sums)], _COUNTED_ON)


def count_out(session: Session, *, cell: int, lat: float, lon: float, place_id: int) -> None:
    """Take a place, as it was last counted, out of the counts of all levels."""
    for level, code in ancestors(cell):
        here = (Cell.level == level, Cell.code == code)
        emptied = session.execute(delete(Cell).where(*here, Cell.n == 1).returning(Cell.n)).first()
        if emptied is None:
            other = (
                select(func.min(Place.id))
                .where(
                    Place.cell >= _first(level, code),
                    Place.cell < _first(level, code + 1),
                    Place.id != place_id,
                )
                .scalar_subquery()
            )
            session.execute(
                update(Cell)
                .where(*here)
                .values(
                    n=Cell.n - 1,
                    sum_lat=Cell.sum_lat - lat,
                    sum_lon=Cell.sum_lon - lon,
                    member_id=func.coalesce(other, Cell.member_id),
                )
            )


def _first(level: int, code: int) -> int:
    return code << (2 * (FINEST - level))
