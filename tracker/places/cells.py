"""Keeping the cells true: each place counts in one square of every level, in the place's own transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.places.grid import FINEST, ancestors
from tracker.places.models import Cell, Place


def count_in(session: Session, places: Iterable[Place]) -> None:
    """Add places that have a cell to the counts of all levels, each cell written once."""
    sums: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0, 0.0, 0.0, 0])
    for place in places:
        if place.cell is None or place.public_lat is None or place.public_lon is None:
            continue
        for key in ancestors(place.cell):
            cell = sums[key]
            cell[0] += 1
            cell[1] += place.public_lat
            cell[2] += place.public_lon
            cell[3] = place.id
    if not sums:
        return
    rows = [
        {"level": level, "code": code, "n": n, "sum_lat": lat, "sum_lon": lon, "member_id": member}
        for (level, code), (n, lat, lon, member) in sorted(sums.items())
    ]
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(Cell)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[Cell.level, Cell.code],
            set_={
                "n": Cell.n + statement.excluded.n,
                "sum_lat": Cell.sum_lat + statement.excluded.sum_lat,
                "sum_lon": Cell.sum_lon + statement.excluded.sum_lon,
            },
        ),
        rows,
    )


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
