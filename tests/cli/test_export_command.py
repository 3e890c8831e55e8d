"""`flask export` writes what the pages offer, as a whole or not at all."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import gpxpy
import pytest
from flask import Flask

from tests.cast import film_case, owner
from tracker.exchange.exporting.formats import FORMATS
from tracker.extensions import db

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
SLUG = "mission-impossible-dead-reckoning-part-one"


@pytest.fixture
def case(app: Flask) -> None:
    with app.app_context():
        film_case(db.session)
        db.session.commit()


@pytest.mark.usefixtures("case")
def test_several_formats_lie_beside_each_other(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    ran = app.test_cli_runner().invoke(
        args=["export", "--format", ",".join(FORMATS), "--out", str(folder / "record")]
    )
    assert ran.exit_code == 0, ran.output
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"record.{one}" for one in FORMATS)
    assert f"{folder / 'record.csv'}: 11 shoots as CSV" in ran.output
    with (folder / "record.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 11


@pytest.mark.usefixtures("case")
def test_one_film_is_written_as_its_download_by_the_ending_alone(app: Flask, tmp_path: Path) -> None:
    for name, more in (("film.gpx", []), ("then.geojson", ["--as-of", "2020-10-05"])):
        out = str(tmp_path / name)
        args = ["export", "--production", "mi7", "--out", out, "--site", "http://localhost", *more]
        assert app.test_cli_runner().invoke(args=args).exit_code == 0
    gpx = gpxpy.parse((tmp_path / "film.gpx").read_text(encoding="utf-8"))
    assert len(gpx.routes[0].points) == 6
    page = app.test_client().get(f"/productions/{SLUG}.geojson?download=1&as_of=2020-10-05")
    assert json.loads((tmp_path / "then.geojson").read_bytes()) == page.get_json()


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--format", "xls", "--out", "x"], "There is no format 'xls'; write some of: geojson, gpx"),
        (["--production", "nothing", "--out", "x.csv"], "No production is called 'nothing'"),
        (["--as-of", "2020-10-05", "--out", "x.csv"], "--production SLUG"),
        (["--out", "/nowhere/x.csv"], "'/nowhere/x.csv' cannot be written"),
        (["--site", "ftp://x", "--out", "x.csv"], "--site 'ftp://x' is not a web address"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(app: Flask, args: list[str], words: str) -> None:
    ran = app.test_cli_runner().invoke(args=["export", *args])
    assert ran.exit_code == 2 and words in ran.output
    assert "Traceback" not in ran.output


@pytest.mark.usefixtures("case")
def test_a_token_is_added_and_revoked(app: Flask) -> None:
    with app.app_context():
        owner(db.session)
        db.session.commit()
    runner, client = app.test_cli_runner(), app.test_client()
    made = runner.invoke(args=["token", "add", "script", "--user", "Ingrid", "--scope", "sightings:read"])
    secret = made.stdout.strip()
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/sightings", headers=headers).status_code == 200
    assert runner.invoke(args=["token", "revoke", "1", "--user", "Ingrid"]).exit_code == 0
    assert client.get("/api/v1/sightings", headers=headers).status_code == 401
    wrong = runner.invoke(args=["token", "add", "script", "--user", "Nobody"])
    assert (wrong.exit_code, wrong.output) == (
        1,
        "Error: There is no account 'Nobody'. Add it with the command user add.\n",
    )
