"""What our own files carry comes back from them as it was, whatever people typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.exchange.exported import row, written
from tracker.exchange.csvrows import Rejected
from tracker.exchange.exporting.rows import Row, Told
from tracker.exchange.mappings.proposing import known_columns, propose
from tracker.exchange.reading.days import DayOrder
from tracker.exchange.reading.tables import open_table
from tracker.exchange.running.facts import Record
from tracker.exchange.running.records import Reader
from tracker.exchange.timeline import TimelineRow, open_timeline, read_timeline
from tracker.foundation.dates import DateBound, Period
from tracker.foundation.text import clean_line, fold

# The record holds lines without control and direction-changing characters (`clean_line`); all else may stand.
_ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
LINES = _ANY.map(clean_line).filter(fold)
DAYS = st.dates(date(1888, 1, 1), date(2199, 12, 31)).map(lambda day: DateBound.from_edtf(day.isoformat()))
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "'=1", "''=1", '"a"', "a, b; c|d", "</b><b>x</b>",
    "&amp;", "Film (2019)", "A (studio)", "n/a", "{{7*7}}", "a ]]> b", "𝔄 🎬 𠀀", "שלום x", "’ё ß ﬁ",
)  # fmt: skip


def _row(title: str, name: str, words: str, day: DateBound) -> Row:
    one = row(text=title, period=Period(day, day), told=Told(scene=words, story_place=words, note=words))
    return replace(one, place=replace(one.place, name=name))


def _back(ending: str, rows: list[Row]) -> list[Record | Rejected]:
    """Answer what the import reads in a file that the export wrote."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"rows.{ending}")
        path.write_bytes(written(ending, rows))
        table = open_table(path, known=known_columns())
        return list(Reader(table, propose(table).mapping, DayOrder.DAY_FIRST, "A Film").records())


def _timeline(rows: list[Row]) -> list[TimelineRow | Rejected]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "rows.csv")
        path.write_bytes(written("csv", rows))
        return list(read_timeline(open_timeline(path)))


def hostile(test: Callable[..., None]) -> Callable[..., None]:
    """Have every hostile text tried in each field, whatever Hypothesis thinks of."""
    for text in HOSTILE:
        test = example(title=text, name=text, words=text, day=DateBound.from_edtf("2020-10-05"))(test)
    return test


@settings(max_examples=60, deadline=None)
@given(title=LINES, name=LINES, words=LINES, day=DAYS)
@hostile
def test_csv_comes_back(title: str, name: str, words: str, day: DateBound) -> None:
    one = _row(title, name, words, day)
    (back,) = _timeline([one])
    assert isinstance(back, TimelineRow), back
    assert (back.production, back.year, back.place) == (title, 2023, name)
    assert (back.note, back.status, back.unit.value) == (words, one.status, one.unit)
    assert back.period().start.edtf == back.period().end.edtf == day.edtf
    assert back.point is not None
    assert (back.point.lat, back.point.lon) == (62.57, -7.69)
    assert back.published.edtf == "2020"


@settings(max_examples=60, deadline=None)
@given(title=LINES, name=LINES, words=LINES, day=DAYS)
@hostile
def test_geojson_comes_back(title: str, name: str, words: str, day: DateBound) -> None:
    (back,) = _back("geojson", [_row(title, name, words, day)])
    assert isinstance(back, Record), back
    assert (back.title, back.scene, back.story_place, back.note) == (title, words, words, words)
    (spot,) = back.spots
    assert (spot.text, spot.country) == (name, "NO")
    assert spot.point is not None
    assert (spot.point.lat, spot.point.lon) == (62.57, -7.69)
    assert (back.period.start.edtf, back.period.end.edtf) == (day.edtf, day.edtf)


@settings(max_examples=30, deadline=None)
@given(title=LINES, name=LINES, words=LINES, day=DAYS)
@hostile
def test_kml_and_gpx_come_back_with_point_and_words(
    title: str, name: str, words: str, day: DateBound
) -> None:
    for ending in ("kml", "gpx"):
        (back,) = _back(ending, [_row(title, name, words, day)])
        assert isinstance(back, Record), back
        (spot,) = back.spots
        assert spot.point is not None
        assert (spot.point.lat, spot.point.lon) == (62.57, -7.69)


def test_a_nul_is_refused_by_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(written("csv", [row()]).replace(b"Rauma", b"Rau\x00ma"))
    (back,) = read_timeline(open_timeline(path))
    assert isinstance(back, Rejected)
    assert "NUL" in back.reason
    assert back.line == 2
