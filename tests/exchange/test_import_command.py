"""`flask import`: what it adds, what it says, what it rejects."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.exchange.making import row, timeline_file
from tracker.cli.importing import import_command
from tracker.history.models import Change, Revision
from tracker.places.models import Place
from tracker.productions.evidence import Citation, OrderCitation
from tracker.productions.models import Production, Shoot
from tracker.sources.models import Source

TABLES = (Production, Place, Shoot, Source, Citation, OrderCitation, Change, Revision)


@pytest.fixture(autouse=True)
def _gazetteer(gazetteer_path: Path) -> Path:
    return gazetteer_path


@pytest.fixture
def record(database: Engine) -> Iterator[Session]:
    with Session(database) as session:
        yield session


def _run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(import_command, [str(a) for a in arguments])


def _counts(record: Session) -> list[int]:
    record.rollback()
    return [record.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def _figures(result: Result) -> dict[str, int]:
    """Answer the figures of the report by their labels."""
    lines = [line.rsplit(None, 1) for line in result.stdout.splitlines() if line.startswith("  ")]
    return {pair[0].strip(): int(pair[1]) for pair in lines if len(pair) == 2 and pair[1].isdigit()}


def _stops(record: Session) -> list[tuple[str, str, str]]:
    rows = record.scalars(select(Shoot).order_by(Shoot.id))
    names = {place.id: place.name for place in record.scalars(select(Place))}
    return [(names[s.place_id], s.start.edtf, s.end.edtf) for s in rows]


def test_a_file_is_imported_once_and_its_second_import_adds_nothing(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    path = timeline_file(
        tmp_path, row(), row(seq="2", place="Roma", country="IT", start="2020-10-06", end="..")
    )
    first = _run(app, path)
    assert first.exit_code == 0, first.output
    assert _figures(first)["added"] == 2
    before = _counts(record)
    second = _run(app, path)
    assert second.exit_code == 0
    assert (_figures(second)["added"], _figures(second)["already there"]) == (0, 2)
    assert _counts(record) == before
    assert _stops(record) == [("Rauma", "2020-09-06", "2020-09-10"), ("Rome", "2020-10-06", "..")]


sqlite_only = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@sqlite_only
def test_a_dry_run_reports_the_same_and_writes_nothing(app: Flask, record: Session, tmp_path: Path) -> None:
    path = timeline_file(tmp_path, row(), row(), row(status="done"))
    before = _counts(record)
    dry = _run(app, path, "--dry-run")
    assert _counts(record) == before == [0] * len(TABLES)
    assert list(tmp_path.glob("*.rejected.csv")) == []
    real = _run(app, path)
    assert (dry.exit_code, _figures(dry)) == (real.exit_code, _figures(real))
    assert _figures(real) == {
        "rows read": 3,
        "added": 1,
        "further sources": 0,
        "already there": 0,
        "twice in the file": 1,
        "rejected": 1,
        "without a pin": 0,
    }


@sqlite_only
def test_the_same_place_at_other_dates_is_another_shoot(app: Flask, record: Session, tmp_path: Path) -> None:
    rome = {"place": "Roma", "country": "IT"}
    path = timeline_file(
        tmp_path,
        row(**rome, start="2020-10-06", end="2020-10-20~"),
        row(**rome, start="2020-11-29", end="2020-11-29"),
        row(**rome, start="2020-11-29", end="2020-11-29", unit="second"),
    )
    assert _figures(_run(app, path))["added"] == 3
    assert len(record.scalars(select(Place)).all()) == 1


@sqlite_only
def test_another_source_with_the_same_dates_is_evidence_for_the_same_shoot(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    path = timeline_file(tmp_path, row(), row(source_url="https://other.example/train"))
    assert _figures(_run(app, path))["further sources"] == 1
    assert len(_stops(record)) == 1
    assert record.scalar(select(func.count(Citation.id))) == 2


@sqlite_only
def test_rejected_rows_go_to_a_file_that_no_spreadsheet_runs(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    path = timeline_file(
        tmp_path,
        row(start="2020-02-30", note="=HYPERLINK(1)"),
        row(place="", lat="-33.9", lon="151.2", note="@SUM(1)"),
        row(note="<b>fine</b>"),
        row(note="a\x00b"),
        row(note="n" * 1_000_000),
    )
    result = _run(app, path)
    assert result.exit_code == 1
    assert "timeline.csv.rejected.csv" in result.stdout
    with (tmp_path / "timeline.csv.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        rejected = list(csv.DictReader(file))
    assert [one["line"] for one in rejected] == ["2", "3", "5", "6"]
    assert "February" in rejected[0]["reason"]
    assert rejected[0]["note"] == "'=HYPERLINK(1)"
    assert "place is missing" in rejected[1]["reason"]
    assert (rejected[1]["note"], rejected[1]["lat"]) == ("'@SUM(1)", "-33.9")
    assert "NUL" in rejected[2]["reason"]
    assert "1,000,000 characters" in rejected[3]["reason"]
    assert len(rejected[3]["note"]) <= 1_000
    assert len(_stops(record)) == 1


@sqlite_only
def test_rauma_in_norway_is_the_municipality_and_without_a_country_it_gets_no_false_pin(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    _run(app, timeline_file(tmp_path, row()))
    (rauma,) = record.scalars(select(Place)).all()
    assert (rauma.kind, rauma.country, rauma.region) == ("municipality", "NO", "Møre og Romsdal")
    result = _run(app, timeline_file(tmp_path, row(production="Another", country="")))
    assert _figures(result)["without a pin"] == 1
    record.rollback()
    unsure = record.scalars(select(Place).where(Place.id != rauma.id)).one()
    assert (unsure.name, unsure.is_located) == ("Rauma", False)
    result = _run(app, timeline_file(tmp_path, row(production="A third", country="")), "--context", "Norway")
    assert _figures(result)["without a pin"] == 0


@sqlite_only
def test_an_unknown_landmark_keeps_its_name_with_the_reach_of_its_town(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    result = _run(app, timeline_file(tmp_path, row(place="Zzyxhall Quarry, Bakewell", country="GB")))
    (quarry,) = record.scalars(select(Place)).all()
    assert (quarry.name, quarry.kind, quarry.gazetteer_id) == ("Zzyxhall Quarry", "quarry", None)
    assert quarry.uncertainty_m is not None
    assert quarry.uncertainty_m >= 1_000
    assert "Bakewell" in result.stdout


@sqlite_only
def test_a_place_that_nobody_knows_is_kept_by_name_without_a_pin(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    result = _run(app, timeline_file(tmp_path, row(place="Qqxyzzyheim", country="NO")))
    assert result.exit_code == 0
    assert "Qqxyzzyheim: nothing by that name" in result.stdout
    (place,) = record.scalars(select(Place)).all()
    assert (place.name, place.lat, place.public_lat, place.country) == ("Qqxyzzyheim", None, None, "NO")


@sqlite_only
def test_a_written_point_chooses_the_place_that_holds_it_else_stands_itself(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    path = timeline_file(
        tmp_path,
        row(place="Roma", country="IT", lat="41.9", lon="12.49"),
        row(place="Roma", country="IT", lat="45.0", lon="9.0", start="2020-12", end="2020-12"),
    )
    _run(app, path)
    first, second = record.scalars(select(Place).order_by(Place.id)).all()
    assert (first.name, first.kind) == ("Rome", "town")
    assert (second.name, second.lat, second.lon) == ("Roma", 45.0, 9.0)


@sqlite_only
def test_a_square_lies_within_its_town_whichever_row_comes_first(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    path = timeline_file(
        tmp_path,
        row(place="Piazza Venezia, Rome", country="IT"),
        row(place="Roma", country="IT"),
    )
    _run(app, path)
    places = {place.name: place for place in record.scalars(select(Place))}
    assert places["Piazza Venezia"].within_id == places["Rome"].id


@sqlite_only
def test_what_came_after_what_is_cited_from_the_row(app: Flask, record: Session, tmp_path: Path) -> None:
    path = timeline_file(
        tmp_path,
        row(seq="1", after=""),
        row(seq="2", place="Roma", country="IT", after="Rauma;9"),
        row(seq="3", place="Oslo", after="2"),
    )
    result = _run(app, path)
    shoots = {s.source_order: s.id for s in record.scalars(select(Shoot))}
    orders = {(o.earlier_id, o.later_id) for o in record.scalars(select(OrderCitation))}
    assert orders == {(shoots[1], shoots[2]), (shoots[2], shoots[3])}
    assert "line 3: after '9'" in result.stdout


@sqlite_only
def test_rows_without_an_address_rest_on_own_knowledge_or_on_the_source_given(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    path = timeline_file(tmp_path, row(source_url=""))
    _run(app, path)
    assert record.scalars(select(Source)).one().kind == "own_knowledge"
    assert record.scalars(select(Shoot)).one().grade == "E"
    _run(app, path, "--source", "https://given.example/2020/11/page")
    record.rollback()
    given = record.scalars(select(Source).where(Source.address.is_not(None))).one()
    assert (given.address, given.published.edtf) == ("https://given.example/2020/11/page", "2020-11")


@sqlite_only
def test_namesakes_are_told_apart_by_their_year_and_never_mixed(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    path = timeline_file(tmp_path, row(year="1967"), row(year="2006"), row(year="", note="which one?"))
    result = _run(app, path)
    assert result.exit_code == 1
    assert "Write its year" in result.stdout
    assert sorted(p.year or 0 for p in record.scalars(select(Production))) == [1967, 2006]


@sqlite_only
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.csv"], "There is no file 'nowhere.csv'"),
        (["GOOD", "--mapping", "permits"], "There is no mapping 'permits'"),
        (["GOOD", "--source", "nonsense"], "'nonsense' is not a web address"),
        (["COLUMNS", "--mapping", "timeline"], "lacks the column"),
        (["COLUMNS"], "No column of columns.csv seems to hold places"),
    ],
)
def test_wrong_use_is_one_line_with_the_remedy_and_exit_code_2(
    app: Flask, tmp_path: Path, arguments: list[str], words: str
) -> None:
    (tmp_path / "columns.csv").write_text("title,hue\na,b\n", encoding="utf-8")
    files = {"GOOD": timeline_file(tmp_path, row()), "COLUMNS": tmp_path / "columns.csv"}
    result = _run(app, *(files.get(a, a) for a in arguments))
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
