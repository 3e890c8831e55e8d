"""Rows of a timeline are taken as written, or rejected with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.making import GOOD, row, text_of, timeline_file
from tracker.exchange.csvrows import LONGEST_CELL, Rejected
from tracker.exchange.timeline import NEEDED, Defaults, TimelineRow, open_timeline, read_timeline
from tracker.foundation.dates import Hemisphere
from tracker.foundation.errors import DataFileError
from tracker.productions.models import Status, Unit


def _read(path: Path) -> list[TimelineRow | Rejected]:
    return list(read_timeline(open_timeline(path)))


def _taken(path: Path) -> TimelineRow:
    (only,) = _read(path)
    assert isinstance(only, TimelineRow), only
    return only


def _reason(path: Path) -> str:
    (only,) = _read(path)
    assert isinstance(only, Rejected)
    return only.reason


def test_a_row_is_taken_as_it_is_written(tmp_path: Path) -> None:
    taken = _taken(timeline_file(tmp_path, row(start="2020-08/2020-10", end="..", unit="", after="Oslo; 3")))
    assert (taken.period().start.edtf, taken.period().end.edtf) == ("2020-08/2020-10", "..")
    assert (taken.production, taken.year, taken.seq) == ("The Long Train", 2021, 1)
    assert (taken.status, taken.unit, taken.country) == (Status.CONFIRMED, Unit.UNKNOWN, "NO")
    assert taken.published.edtf == "2020-09-12"
    assert taken.after == ("Oslo", "3")


def test_empty_dates_are_unknown_and_phrases_are_welcome(tmp_path: Path) -> None:
    assert _taken(timeline_file(tmp_path, row(start="", end=""))).period().start.is_unknown
    phrase = _taken(timeline_file(tmp_path, row(start="early Oct 2020", end="")))
    assert phrase.period().start.edtf == "2020-10-01/2020-10-10"


def test_seasons_are_those_of_the_place(tmp_path: Path) -> None:
    taken = _taken(timeline_file(tmp_path, row(start="summer 2020", end="")))
    assert taken.period().start.edtf == "2020-06/2020-08"
    assert taken.period(Hemisphere.SOUTH).start.edtf == "2020-12/2021-02"


def test_a_published_date_that_is_written_prevails_over_the_address(tmp_path: Path) -> None:
    assert _taken(timeline_file(tmp_path, row(published="2020-09"))).published.edtf == "2020-09"


@pytest.mark.parametrize(("written", "code"), [("no", "NO"), ("UK", "GB"), ("Norway", "NO"), ("", None)])
def test_a_country_is_a_code_or_an_english_name(tmp_path: Path, written: str, code: str | None) -> None:
    assert _taken(timeline_file(tmp_path, row(country=written))).country == code


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"start": "2020-02-30"}, "start: "),
        ({"end": "31 June 2020"}, "end: "),
        ({"start": "2020-10-05", "end": "2020-09-01"}, "before the start"),
        ({"status": "done"}, "status 'done' is not known"),
        ({"status": ""}, "status is missing"),
        ({"place": " "}, "place is missing"),
        ({"place": "–"}, "place is missing"),
        ({"production": ""}, "production is missing"),
        ({"place": "x" * 301}, "301 characters"),
        ({"year": "1492"}, "year '1492'"),
        ({"year": "two"}, "year 'two'"),
        ({"seq": "-1"}, "seq '-1'"),
        ({"country": "Norwegen"}, "country 'Norwegen'"),
        ({"source_url": "javascript:alert(1)"}, "not a web address"),
        ({"source_url": "ftp://paper.example/x"}, "not a web address"),
        ({"unit": "third"}, "unit 'third'"),
        ({"lat": "95", "lon": "1"}, "Latitude 95"),
        ({"lat": "62.5"}, "are not a point"),
        ({"lat": "nan", "lon": "1"}, "Latitude nan"),
        ({"published": "yesterweek"}, "published: "),
        ({"note": "a\x00b"}, "NUL"),
        ({"note": "n" * 1_000_000}, f"at most {LONGEST_CELL:,}"),
    ],
)
def test_a_bad_cell_rejects_its_row_with_the_reason(
    tmp_path: Path, cells: dict[str, str], reason: str
) -> None:
    assert reason in _reason(timeline_file(tmp_path, row(**cells)))


def test_rejected_rows_keep_their_line_and_cells_and_the_others_go_on(tmp_path: Path) -> None:
    first, bad, last = _read(
        timeline_file(tmp_path, row(note="two\nlines"), row(status="done", seq="7"), row(seq="8"))
    )
    assert isinstance(first, TimelineRow)
    assert first.note == "two\nlines"
    assert isinstance(bad, Rejected)
    assert (bad.line, bad.row[2]) == (4, "7")
    assert isinstance(last, TimelineRow)
    assert last.line == 5


def test_markup_and_formulas_are_text_like_any_other(tmp_path: Path) -> None:
    taken = _taken(timeline_file(tmp_path, row(note="<img onerror=x>{{7*7}}", place="=cmd()")))
    assert (taken.note, taken.place) == ("<img onerror=x>{{7*7}}", "=cmd()")


def test_a_quote_that_is_never_closed_is_one_rejected_row(tmp_path: Path) -> None:
    path = tmp_path / "timeline.csv"
    path.write_text(text_of(row()) + '"The Long Train,2021,2,Oslo\n', encoding="utf-8")
    good, bad = _read(path)
    assert isinstance(good, TimelineRow)
    assert isinstance(bad, Rejected)
    assert "cannot be read as CSV" in bad.reason


def test_more_cells_than_columns_are_rejected_and_blank_rows_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "timeline.csv"
    columns = tuple(NEEDED)
    path.write_text(f"{text_of(row(), columns=columns)}\n,,,\n{','.join(GOOD.values())},more\n", "utf-8")
    good, bad = _read(path)
    assert isinstance(good, TimelineRow)
    assert isinstance(bad, Rejected)
    assert "has 11 cells, the header 10" in bad.reason


def test_missing_columns_are_named_unless_the_command_gives_them(tmp_path: Path) -> None:
    path = tmp_path / "timeline.csv"
    columns = tuple(name for name in NEEDED if name not in ("production", "source_url"))
    path.write_text(text_of(row(), columns=columns), encoding="utf-8")
    with pytest.raises(DataFileError, match="production, source_url"):
        open_timeline(path)
    defaults = Defaults(production="Given", address="https://given.example/")
    (taken,) = read_timeline(open_timeline(path, defaults), defaults)
    assert isinstance(taken, TimelineRow)
    assert (taken.production, taken.address) == ("Given", "https://given.example/")
