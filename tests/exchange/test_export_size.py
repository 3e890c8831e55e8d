"""Exports are written as they are read: memory does not grow with the record."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from itertools import repeat
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from tests.cast import film, place
from tests.exchange.exported import HEADING, row
from tracker.exchange.exporting.formats import FORMATS
from tracker.exchange.exporting.reading import Selection, rows_of
from tracker.exchange.exporting.rows import Row
from tracker.foundation.clock import today
from tracker.productions.models import Grade, Shoot, Status, Unit

_MB = 1 << 20


def peak_of(pieces: Iterator[bytes]) -> tuple[int, int]:
    """Answer the most bytes held while the pieces went by, and how many bytes went by."""
    tracemalloc.start()
    try:
        size = sum(map(len, pieces))
        return tracemalloc.get_traced_memory()[1], size
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending != "jsonld"])
def test_a_million_bytes_go_by_and_little_is_held(ending: str) -> None:
    one = row(text="Rauma")
    rows: Iterator[Row] = repeat(one, 5_000)
    peak, size = peak_of(FORMATS[ending].write(HEADING, rows))
    assert size > _MB
    assert peak < _MB // 2, f"{peak:,} bytes held for {size:,} written"


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_reading_many_shoots_holds_no_more_than_reading_few(session: Session) -> None:
    productions = [film(session, f"Film {number}").id for number in range(8)]
    where = place(session, "Rauma", 62.57, 7.69).id
    unknown = {f"{end}_{part}": "" for end in ("start", "end") for part in ("text", "edtf")}
    shoots = [
        {
            "production_id": production_id,
            "place_id": where,
            "unit": Unit.MAIN,
            "status": Status.WRAPPED,
            "grade": Grade.B,
            "story_place": "",
            "scene": "On the roof of the train",
            "interior_exterior": "",
            "day_night": "",
            "spoiler": 0,
            "note": "",
            "version": 1,
            **unknown,
        }
        for production_id in productions
        for _ in range(1_000)
    ]
    session.execute(insert(Shoot.__table__), shoots)  # type: ignore[arg-type]  # a Table is typed as FromClause
    session.commit()
    few, _ = peak_of(_written(session, Selection(production_id=productions[0])))
    many, size = peak_of(_written(session, Selection()))
    assert size > 3 * _MB
    assert many < 1.5 * few, f"{many:,} bytes held for 8,000 shoots, {few:,} for 1,000"


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_a_batch_is_found_by_its_key_and_never_sorted_out_of_all_shoots(session: Session) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: object) -> None:
        asked.append((statement, values))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        list(rows_of(session, Selection(), today=today()))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    statement, values = next(one for one in asked if "FROM shoot" in one[0])
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    steps = [row.detail for row in plan]
    assert "SEARCH shoot USING INDEX ix_shoot_production_id (production_id>?)" in steps
    assert not [step for step in steps if "TEMP B-TREE" in step]


def _written(session: Session, selection: Selection) -> Iterator[bytes]:
    return FORMATS["geojson"].write(HEADING, rows_of(session, selection, today=today()))
