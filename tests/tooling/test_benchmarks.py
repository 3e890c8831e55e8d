"""What the benchmarks are made of; that the bars hold is for `make bench` to say."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks.bare import Bare
from benchmarks.bars import Bar, report
from benchmarks.bulk_import import import_ours, looked_at, write_table
from benchmarks.database import migrated, same_rows
from benchmarks.picture import draw
from benchmarks.slips import with_slip
from tracker.geocoding import open_gazetteer
from tracker.geocoding.evaluation import Bin

_SVG = "{http://www.w3.org/2000/svg}"


@given(word=st.text("abcdefgh", min_size=2, max_size=12), seed=st.integers(0, 10**6), first=st.integers(0, 1))
def test_a_slip_is_one_and_spares_the_first_letters_if_asked(word: str, seed: int, first: int) -> None:
    slipped = with_slip(word, random.Random(seed), first=first)  # noqa: S311 - not a secret
    assert OSA.distance(word, slipped) == 1
    assert slipped[:first] == word[:first]


@pytest.mark.parametrize(
    ("bar", "code"),
    [
        (Bar("time", 2.0, "ms", 2), 0),
        (Bar("time", 2.1, "ms", 2), 1),
        (Bar("speed", 9, "1/s", 9, at_least=True), 0),
        (Bar("speed", 8.9, "1/s", 9, at_least=True), 1),
    ],
)
def test_a_bar_that_falls_is_told_and_is_the_exit_code(
    bar: Bar, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report([bar]) == code
    (told,) = json.loads(capsys.readouterr().out)["bars"]
    assert (told["name"], told["bar"], told["holds"]) == (bar.name, bar.bar, code == 0)


def test_the_picture_has_a_point_and_a_number_for_each_bin() -> None:
    bins = [Bin(0.0, 0.5, 12, claimed=0.2, right=0.25), Bin(0.5, 1.0, 340, claimed=0.9, right=0.95)]
    picture = ElementTree.fromstring(draw(bins))  # noqa: S314 - our own
    assert len(picture.findall(f"{_SVG}circle")) == 2
    counts = [text.text for text in picture.findall(f"{_SVG}text") if text.get("class") == "count"]
    assert counts == ["12", "340"]
    title = picture.find(f"{_SVG}title")
    assert title is not None
    assert title.text == "How sure answers are, and how often they are right"


def test_the_bare_import_leaves_the_very_rows_that_ours_leaves(gazetteer_path: Path, tmp_path: Path) -> None:
    table = write_table(tmp_path / "rows.csv", gazetteer_path, rows=1_200)
    gazetteer = open_gazetteer(gazetteer_path)
    ours, bare = tmp_path / "ours.sqlite3", tmp_path / "bare.sqlite3"
    import_ours(looked_at(table, gazetteer), migrated(ours))
    migrated(bare)
    Bare(looked_at(table, gazetteer), bare).carry_out()
    assert same_rows(ours, bare) > 1_200
    with closing(sqlite3.connect(bare)) as database:
        database.execute("UPDATE place_cell SET n = n + 1 WHERE level = 2")
        database.commit()
    with pytest.raises(ValueError, match="place_cell: only main holds"):
        same_rows(ours, bare)
