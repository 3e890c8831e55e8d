"""Measuring the geocoder on files with known answers: `flask evaluate geocoding`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tracker.cli.evaluate import evaluate_group
from tracker.foundation.errors import DataFileError
from tracker.geocoding import Answer, Gazetteer
from tracker.geocoding.evaluation import (
    Case,
    Outcome,
    by_kind,
    calibration,
    evaluate,
    judge,
    read_cases,
)

_HEADER = "place,context,lat,lon,tolerance_km,coarse_tolerance_km,kind\n"
# Two hits, an approximation, a wrong pin, something unknown, and two that must stay without a pin.
_ROWS = """\
Åndalsnes,Norway,62.567,7.687,15,25,town
Roma,,41.892,12.511,15,25,town
"29 rue Vivienne, 75002 Paris",,48.700,2.350,2,40,street
Venice,,27.0998,-82.4543,15,25,town
Xyzzyville,Norway,60,10,15,25,town
TBA,,,,,,negative
Oslo,,,,,,negative
"""


@pytest.fixture
def cases_file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(_HEADER + _ROWS, encoding="utf-8")
    return path


@pytest.fixture
def small_app(small_path: Path) -> Flask:
    app = Flask("small")
    app.config.update(GAZETTEER_PATH=small_path)
    app.cli.add_command(evaluate_group)
    return app


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["evaluate", "geocoding", *words], env={"COLUMNS": "160"})


def _case(lat: float | None, lon: float = 0.0, *, kind: str = "town", coarse_m: float = 40_000) -> Case:
    point = None if lat is None else (lat, lon)
    return Case("anything", "", kind, point, tolerance_m=2_000, coarse_tolerance_m=coarse_m)


def test_a_file_is_judged_row_by_row(small: Gazetteer, cases_file: Path) -> None:
    results = evaluate(read_cases(cases_file), lambda place, context: small.resolve(place, context=context))
    assert [result.outcome for result in results] == [
        Outcome.HIT,
        Outcome.HIT,
        Outcome.APPROXIMATE,
        Outcome.WRONG,
        Outcome.UNANSWERED,
        Outcome.RIGHTLY_UNANSWERED,
        Outcome.WRONG,
    ]


def test_an_approximation_counts_only_within_what_it_claims_and_what_is_allowed(small: Gazetteer) -> None:
    answer = small.resolve("29 rue Vivienne, 75002 Paris")
    reach = answer.candidates[0].uncertainty_m
    assert 25_000 < reach < 40_000
    lat, lon = answer.candidates[0].lat, answer.candidates[0].lon
    degree = 111_195.0
    within, beyond = lat + 0.9 * reach / degree, lat + 1.1 * reach / degree
    assert judge(_case(within, lon), answer).outcome is Outcome.APPROXIMATE
    assert judge(_case(beyond, lon, coarse_m=100_000), answer).outcome is Outcome.WRONG
    assert judge(_case(within, lon, coarse_m=20_000), answer).outcome is Outcome.WRONG


def test_a_plain_answer_is_no_approximation(small: Gazetteer) -> None:
    result = judge(_case(48.70, 2.35), small.resolve("Paris, France"))
    assert result.outcome is Outcome.WRONG
    assert result.distance_m == pytest.approx(17_000, abs=500)


def test_a_guess_is_no_answer(world: Gazetteer) -> None:
    answer = world.resolve("Thirssk")
    assert answer.guessed
    assert judge(_case(54.23, -1.34), answer).outcome is Outcome.UNANSWERED
    assert judge(_case(None), answer).outcome is Outcome.RIGHTLY_UNANSWERED


def test_outcomes_are_counted_by_kind_with_all_of_them_last(small: Gazetteer, cases_file: Path) -> None:
    results = list(
        evaluate(read_cases(cases_file), lambda place, context: small.resolve(place, context=context))
    )
    counts = by_kind(results)
    assert list(counts) == ["negative", "street", "town", "all"]
    assert {kind: sum(each.values()) for kind, each in counts.items()} == {
        "negative": 2,
        "street": 1,
        "town": 4,
        "all": 7,
    }


def test_calibration_sets_what_is_claimed_beside_what_is_right(small: Gazetteer) -> None:
    rome = small.resolve("Rome, Italy")
    claimed = rome.candidates[0].confidence
    right, wrong = judge(_case(41.892, 12.511), rome), judge(_case(0.0), rome)
    bins = calibration([right, right, right, wrong, judge(_case(0.0), Answer("nothing"))])
    assert [(each.answers, round(each.claimed, 2), each.right) for each in bins] == [(4, claimed, 0.75)]
    assert bins[0].low <= claimed <= bins[0].high


def test_the_table_tells_outcomes_wrong_pins_and_calibration(small_app: Flask, cases_file: Path) -> None:
    result = run(small_app, str(cases_file))
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["negative", "2", "-", "-", "-", "1", "1", "50%"] in rows
    assert ["street", "1", "-", "1", "-", "-", "-", "0%"] in rows
    assert ["town", "4", "2", "-", "1", "1", "-", "50%"] in rows
    assert ["all", "7", "2", "1", "1", "2", "1", "43%"] in rows
    assert "wrong pin: 'Oslo' () -> Oslo, NO" in result.stdout
    assert ["confidence", "answers", "claimed", "right"] in rows


def test_json_tells_the_same(small_app: Flask, cases_file: Path) -> None:
    record = json.loads(run(small_app, str(cases_file), "--json").stdout)
    assert record["kinds"]["all"] == {
        "hit": 2,
        "approximate": 1,
        "unanswered": 1,
        "wrong pin": 2,
        "rightly unanswered": 1,
    }
    assert [(wrong["place"], wrong["kind"]) for wrong in record["wrong"]] == [
        ("Venice", "town"),
        ("Oslo", "negative"),
    ]
    assert record["wrong"][0]["distance_km"] > 8_000
    assert record["wrong"][1]["distance_km"] is None
    assert sum(part["answers"] for part in record["calibration"]) == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "place,lat\nRome,1\n",
            "lacks the columns context, lon, tolerance_km, coarse_tolerance_km, kind. Add",
        ),
        (_HEADER + "Rome,,41,12,15,25,town\nOslo,,north,10,15,25,town\n", "line 3: could not convert"),
        (_HEADER + "Rome,,41,12,wide,25,town\n", "line 2: could not convert string to float: 'wide'"),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error_that_names_the_line(
    small_app: Flask, tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    result = run(small_app, str(path))
    assert (result.exit_code, message in result.stderr) == (1, True)
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_file_that_is_missing_or_no_text_is_an_error(small_app: Flask, tmp_path: Path) -> None:
    missing = run(small_app, str(tmp_path / "none.csv"))
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (1, True)
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\xff\xd8\xff\xe0 no text")
    with pytest.raises(DataFileError, match=r"Give a CSV file in UTF-8\."):
        read_cases(path)


def test_without_a_gazetteer_the_command_says_how_to_build_one(
    small_app: Flask, tmp_path: Path, cases_file: Path
) -> None:
    small_app.config["GAZETTEER_PATH"] = tmp_path / "none.sqlite3"
    result = run(small_app, str(cases_file))
    assert result.exit_code == 1
    assert result.stderr.endswith("Run `flask --app wsgi gazetteer build`.\n")
