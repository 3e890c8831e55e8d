"""`flask import` of tables of strangers: what is recognised, added, said, rejected, resumed and undone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.conftest import not_here
from tests.exchange.tables import figures, logical_dump, run_import, table_file
from tracker.config import ROOT
from tracker.history.models import Change, Revision
from tracker.history.recording import change
from tracker.places.models import Place, PlaceKind
from tracker.productions.evidence import Citation
from tracker.productions.models import Grade, Production, ProductionKind, Shoot, Status
from tracker.sightings.unattributed import UnattributedPlace, UnattributedSighting
from tracker.sources.models import Source, SourceKind

sqlite_only = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)

SAN_FRANCISCO = """Title,Release Year,Locations,Fun Facts,Director
180,2011,Coit Tower,,Somebody
180,2011,"Zzyzx Roasthouse
(399 Nowhere)",A fact.,Somebody
180,2011,Coit Tower,,Somebody
355,2022,,,Another
"""
PERMITS = """EventID,StartDateTime,EndDateTime,Category,ZipCode(s)
7001,3/9/19 4:00,3/9/19 11:00,Television,"10036, 10105"
7002,3/13/19 7:00,3/14/19 21:00,Film,"11209, 10001"
7003,3/14/19 7:00,3/13/19 21:00,Film,11101
"""
PARIS = """Identifiant du lieu;Type de tournage;Titre;Localisation de la scène;Code postal;Date de début;\
Date de fin;Coordonnée en X;Coordonnée en Y;geo_point_2d
1;Série TV;Une Série;Rue Inconnue;75004;2019-06-21;2019-06-22;;;"48.8558, 2.3554"
2;Long métrage;Un Film;Place Inconnue;75004;2019-06-21;2019-06-22;653200.5;6862100.2;
3;Long métrage;Un Film;Quai Inconnu;75013;2019-07-01;2019-07-02;2.37;48.83;
"""


@pytest.fixture(autouse=True)
def _gazetteer(gazetteer_path: Path) -> Path:
    return gazetteer_path


@pytest.fixture
def record(database: Engine) -> Iterator[Session]:
    with Session(database) as session:
        yield session


def test_film_locations_are_recognised_and_a_second_import_adds_nothing(
    app: Flask, record: Session, database: Engine, tmp_path: Path
) -> None:
    path = table_file(tmp_path, SAN_FRANCISCO, encoding="utf-8-sig")
    result = run_import(app, path)
    assert result.exit_code == 0, result.output
    told = figures(result)
    assert told["rows read"] == 4
    assert (told["new"], told["twice in the file"], told["rows without a place"]) == (3, 1, 1)
    assert (told["rows placed exactly"], told["rows placed approximately"]) == (1, 1)
    assert {p.title: p.year for p in record.scalars(select(Production))} == {"180": 2011, "355": 2022}
    places = {place.name: place for place in record.scalars(select(Place))}
    vague = places["Zzyzx Roasthouse (399 Nowhere)"]
    assert vague.kind is PlaceKind.AREA
    assert (vague.uncertainty_m or 0) > 5_000
    assert (places["Coit Tower"].uncertainty_m or 0) < 2_000
    assert vague.within_id == places["San Francisco"].id
    assert {s.grade for s in record.scalars(select(Shoot))} == {Grade.D}
    assert {s.status for s in record.scalars(select(Shoot))} == {Status.WRAPPED}
    before = logical_dump(database)
    again = run_import(app, path)
    assert (figures(again)["new"], figures(again)["already there"]) == (0, 3)
    assert logical_dump(database) == before


def test_permits_become_sightings_without_a_production_in_their_borough(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    result = run_import(app, table_file(tmp_path, PERMITS.replace("\n", "\r\n")))
    assert result.exit_code == 1
    assert "line 4: The end, 13 March 2019, lies before the start" in result.stdout
    assert "Dates have the month first" in result.stdout
    first, second = record.scalars(select(UnattributedSighting).order_by(UnattributedSighting.number))
    assert (first.number, first.category, first.place_text) == ("7001", "Television", "10036, 10105")
    assert (second.start.edtf, second.end.edtf) == ("2019-03-13", "2019-03-14")
    names = {place.id: place.name for place in record.scalars(select(Place))}
    of = select(UnattributedPlace.place_id).where(UnattributedPlace.sighting_id == second.id)
    assert {names[number] for number in record.scalars(of)} == {"Brooklyn", "Manhattan"}
    assert record.scalars(select(Source.kind)).all() == [SourceKind.PERMIT]
    assert figures(result)["rows placed approximately"] == 2
    assert record.scalars(select(Production)).all() == []


def test_a_permit_that_its_source_corrects_is_corrected_here(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    run_import(app, table_file(tmp_path, PERMITS))
    result = run_import(app, table_file(tmp_path, PERMITS.replace("3/9/19 11:00", "3/10/19 11:00")))
    assert (figures(result)["changed"], figures(result)["new"]) == (1, 0)
    sighting = record.scalar(select(UnattributedSighting).where(UnattributedSighting.number == "7001"))
    assert sighting is not None
    assert sighting.end.edtf == "2019-03-10"
    assert len(record.scalars(select(Change)).all()) == 2


def test_degrees_and_metres_of_the_french_grid_stand_in_the_same_columns(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    result = run_import(app, table_file(tmp_path, PARIS))
    assert result.exit_code == 0, result.output
    assert "Lambert-93 metres, converted to degrees" in result.stdout
    found = {p.name: (round(p.lat or 0, 2), round(p.lon or 0, 2)) for p in record.scalars(select(Place))}
    assert found["Rue Inconnue"] == (48.86, 2.36)
    assert found["Place Inconnue"] == (48.86, 2.36)
    assert found["Quai Inconnu"] == (48.83, 2.37)
    kinds = {p.title: p.kind for p in record.scalars(select(Production))}
    assert kinds == {"Une Série": ProductionKind.SERIES, "Un Film": ProductionKind.FILM}


@sqlite_only
def test_a_point_in_another_country_than_the_named_one_is_refused_with_what_is_wrong(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    text = "title,place,country,latitude,longitude\nOne,Pier,US,34.01,118.49\nOne,Cliff,NO,7.66,62.45\n"
    result = run_import(app, table_file(tmp_path, text + "One,Quay,US,34.01,-118.49\n"))
    assert result.exit_code == 1
    assert "with the sign of the longitude turned it would" in result.stdout
    assert "with latitude and longitude swapped it would" in result.stdout
    assert [p.name for p in record.scalars(select(Place))] == ["Quay"]


@sqlite_only
def test_a_dry_run_counts_the_same_and_leaves_the_record_alone(
    app: Flask, database: Engine, tmp_path: Path
) -> None:
    before = logical_dump(database)
    path = table_file(tmp_path, SAN_FRANCISCO)
    result = run_import(app, path, "--dry-run")
    assert (figures(result)["new"], figures(result)["twice in the file"]) == (3, 1)
    assert figures(result)["new productions"] == 2
    assert logical_dump(database) == before


@sqlite_only
def test_dates_that_can_be_read_both_ways_are_asked_back(app: Flask, record: Session, tmp_path: Path) -> None:
    path = table_file(
        tmp_path, "title,place,country,date\nOne,Oslo,NO,05/03/2023\nOne,Bergen,NO,06/04/2023\n"
    )
    asked = run_import(app, path)
    assert asked.exit_code == 2
    assert "--day-first or --month-first" in asked.stderr
    assert run_import(app, path, "--day-first").exit_code == 0
    assert [s.start.edtf for s in record.scalars(select(Shoot).order_by(Shoot.id))] == [
        "2023-03-05",
        "2023-04-06",
    ]


@sqlite_only
def test_rejected_rows_can_be_corrected_and_fed_again(app: Flask, record: Session, tmp_path: Path) -> None:
    path = table_file(tmp_path, PERMITS)
    run_import(app, path)
    rejects = tmp_path / "table.csv.rejected.csv"
    text = rejects.read_text(encoding="utf-8-sig")
    assert "7003" in text
    rejects.write_text(text.replace("3/14/19 7:00", "3/12/19 7:00"), encoding="utf-8")
    result = run_import(app, rejects, "--month-first")
    assert (result.exit_code, figures(result)["new"]) == (0, 1)
    assert len(record.scalars(select(UnattributedSighting)).all()) == 3
    assert len(record.scalars(select(Source)).all()) == 1


@sqlite_only
def test_unresolved_places_wait_in_a_picks_file(app: Flask, record: Session, tmp_path: Path) -> None:
    path = table_file(tmp_path, "title,place,country\nOne,Springfield,US\nTwo,Springfield,US\n")
    asked = run_import(app, path, "--dry-run")
    assert "Springfield (2 rows)" in asked.stdout
    picks = tmp_path / "table.csv.picks.csv"
    with picks.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["pick"] = next(v for k, v in rows[0].items() if k.startswith("candidate") and "Illinois" in v)
    with picks.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    result = run_import(app, path, "--picks", picks)
    assert result.exit_code == 0, result.output
    only = record.scalars(select(Place)).one()
    assert (only.name, only.region) == ("Springfield", "Illinois")


def test_an_import_is_undone_as_a_new_change_but_for_what_others_built_on(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    run_import(app, table_file(tmp_path, SAN_FRANCISCO, "first.csv"))
    other = "title,year,place,country\n180,2011,Coit Tower,US\n"
    run_import(app, table_file(tmp_path, other, "second.csv"))
    result = run_import(app, "--undo", "1")
    assert result.exit_code == 0, result.output
    assert [p.title for p in record.scalars(select(Production))] == ["180"]
    kept = record.scalars(select(Shoot)).one()
    assert len(record.scalars(select(Citation)).all()) == 1
    assert record.get_one(Place, kept.place_id).name == "Coit Tower"
    removed = select(Revision).where(Revision.action == "removed")
    assert {one.table_name for one in record.scalars(removed)} >= {"citation", "shoot", "production", "place"}
    assert run_import(app, "--undo", "1").exit_code == 2


def test_rows_that_were_taken_away_since_come_back_with_the_next_import(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    path = table_file(tmp_path, SAN_FRANCISCO)
    run_import(app, path)
    with change(record, by=None, comment="Taken away"):
        for citation in record.scalars(select(Citation)):
            record.delete(citation)
        record.flush()
        for shoot in record.scalars(select(Shoot)):
            record.delete(shoot)
    record.commit()
    result = run_import(app, path)
    assert (figures(result)["new"], figures(result)["already there"]) == (2, 1)
    assert len(record.scalars(select(Shoot)).all()) == 2


@sqlite_only
def test_a_mapping_is_saved_edited_and_used_again(app: Flask, record: Session, tmp_path: Path) -> None:
    path = table_file(tmp_path, "Filmtitel;Drehort;Land\nEins;Berlin;DE\n")
    saved = tmp_path / "mine.toml"
    run_import(app, path, "--dry-run", "--save-mapping", saved)
    saved.write_text(saved.read_text().replace('kind = "film"', 'kind = "series"'))
    assert run_import(app, path, "--mapping", saved).exit_code == 0
    assert record.scalars(select(Production)).one().kind is ProductionKind.SERIES


@sqlite_only
@pytest.mark.usefixtures("database")
def test_the_file_of_san_francisco_is_taken_whole(app: Flask) -> None:
    path = ROOT.parent / "shared" / "data" / "sf_film_locations_datasf.csv"
    if not path.is_file():
        not_here(f"There is no {path.name} in ../shared/data")
    result = run_import(app, path, "--dry-run")
    told = figures(result)
    assert (told["rows read"], told["new"], told["rows without a place"]) == (3_414, 1_975, 108)
    placed = told["rows placed exactly"] + told["rows placed approximately"]
    assert placed >= 0.95 * (1_975 - 55)
