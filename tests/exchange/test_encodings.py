"""Files of all encodings that spreadsheets write are read with the right letters, or it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.making import row, text_of, timeline_file
from tracker.exchange.csvrows import Rejected
from tracker.exchange.encodings import encoding_of
from tracker.exchange.timeline import TimelineRow, open_timeline, read_timeline
from tracker.foundation.errors import DataFileError

_WORDS = "Åndalsnes, Café «Zürich» – naïve"


def _only_row(path: Path) -> TimelineRow:
    (only,) = read_timeline(open_timeline(path))
    assert isinstance(only, TimelineRow)
    return only


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_each_encoding_gives_the_same_letters(tmp_path: Path, encoding: str) -> None:
    path = timeline_file(tmp_path, row(note=_WORDS), encoding=encoding)
    assert _only_row(path).note == _WORDS
    assert _only_row(path).production == "The Long Train"


def test_mac_roman_is_told_from_windows(tmp_path: Path) -> None:
    path = timeline_file(tmp_path, row(note="Un tournage à Orléans, près du château"), encoding="mac_roman")
    assert _only_row(path).note == "Un tournage à Orléans, près du château"


@pytest.mark.parametrize(
    ("encoding", "named"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("utf-16-le", "UTF-16")]
)
def test_a_guessed_encoding_is_said(tmp_path: Path, encoding: str, named: str) -> None:
    path = timeline_file(tmp_path, row(note="Près d’Orléans"), encoding=encoding)
    assert named in encoding_of(path).remark


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_encoding_that_the_file_itself_tells_needs_no_remark(tmp_path: Path, encoding: str) -> None:
    path = timeline_file(tmp_path, row(note=_WORDS), encoding=encoding)
    assert encoding_of(path).remark == ""


def test_a_damaged_letter_in_utf8_rejects_its_row_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "timeline.csv"
    good, bad = row(note="Près d’Orléans"), row(note="Xdamaged")
    path.write_bytes(text_of(good, bad, good).encode().replace(b"Xdamaged", b"\xff damaged"))
    assert [type(one) for one in read_timeline(open_timeline(path))] == [TimelineRow, Rejected, TimelineRow]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "timeline.csv"
    path.write_text(text_of(row(note="one, two; three | four"), delimiter=delimiter), encoding="utf-8")
    assert _only_row(path).note == "one, two; three | four"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"  \n", "is empty"), (b"PK\x03\x04 sheet", "spreadsheet")],
)
def test_what_is_no_csv_is_refused_with_the_remedy(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=words):
        open_timeline(path)
