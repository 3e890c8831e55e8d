"""Slips of the pen: mended where enough speaks for it, asked back where only the spelling is alike."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from flask import Flask

from tests.geocoding.asking import the_pin, told
from tracker.exchange.locating import Wanted, locate
from tracker.geocoding import Gazetteer


@pytest.mark.parametrize(
    ("query", "name", "country"),
    [
        ("Budapset", "Budapest", "HU"),
        ("Budapset, Hungary", "Budapest", "HU"),
        ("Casablnca", "Casablanca", "MA"),
        ("Istanbull", "Istanbul", "TR"),
        ("Ljubjana, Slovenia", "Ljubljana", "SI"),
        ("Reykjavk, Iceland", "Reykjavík", "IS"),
        ("Savanah, Georgia", "Savannah", "US"),
        ("Thirssk, England", "Thirsk", "GB"),
        ("Hawes, Englnd", "Hawes", "GB"),
    ],
)
def test_one_slip_is_mended(world: Gazetteer, query: str, name: str, country: str) -> None:
    assert told(world.resolve(query)) == (name, "town", country)


@pytest.mark.parametrize(
    ("query", "name", "country"),
    [
        ("Edinbrugh, Schotland", "Edinburgh", "GB"),
        ("Dubrvnic, Croatia", "Dubrovnik", "HR"),
        ("Thesaloniky, Greece", "Thessaloníki", "GR"),
    ],
)
def test_two_slips_are_mended_beside_a_country(world: Gazetteer, query: str, name: str, country: str) -> None:
    assert told(world.resolve(query)) == (name, "town", country)


def test_a_mended_name_says_how_it_is_spelt_and_is_less_sure(world: Gazetteer) -> None:
    mended, plain = the_pin(world.resolve("Budapset")), the_pin(world.resolve("Budapest"))
    assert mended.why == "spelt Budapest"
    assert mended.confidence < plain.confidence


@pytest.mark.parametrize("query", ["Thirssk", "Kirkby Stephn, England"])
def test_a_small_place_that_is_only_like_what_was_written_is_a_guess(world: Gazetteer, query: str) -> None:
    answer = world.resolve(query)
    assert (answer.guessed, answer.ambiguous, answer.pin) == (True, True, None)
    assert answer.best is not None


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_a_batch_leaves_a_guess_empty(app: Flask, gazetteer_path: Path, tmp_path: Path) -> None:
    app.config["GAZETTEER_PATH"] = gazetteer_path
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text('place\nThirssk\n"Thirssk, England"\n', encoding="utf-8")
    result = app.test_cli_runner().invoke(
        args=["geocode", "--batch", str(source), "--out", str(target)], env={"COLUMNS": "160"}
    )
    assert (result.exit_code, result.stdout) == (0, f"1 of 2 places found; written to {target}\n")
    with target.open(newline="", encoding="utf-8") as stream:
        guessed, mended = csv.DictReader(stream)
    assert {column: value for column, value in guessed.items() if value} == {"place": "Thirssk"}
    assert (mended["name"], mended["country"]) == ("Thirsk", "GB")


def test_an_import_keeps_a_guess_by_its_written_name_without_a_pin(world: Gazetteer) -> None:
    kept = locate(world, Wanted("Thirssk", None))
    assert (kept.has_pin, kept.draft.name) == (False, "Thirssk")
    assert kept.remark == (
        "nothing by that name is known here (did you mean Thirsk, North Yorkshire, England, GB?); "
        "kept without a pin"
    )


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("K\N{REPLACEMENT CHARACTER}benhavn", "Copenhagen"),
        ("M\N{REPLACEMENT CHARACTER}nchen, Germany", "Munich"),
        ("Reykjav\N{REPLACEMENT CHARACTER}k", "Reykjavík"),
    ],
)
def test_a_lost_letter_is_found_again(world: Gazetteer, query: str, name: str) -> None:
    assert told(world.resolve(query))[0] == name


def test_a_hyphenated_quarter_is_the_quarter_or_somewhere_in_its_town(world: Gazetteer) -> None:
    kreuzberg = the_pin(world.resolve("Berlin-Kreuzberg"))
    assert (kreuzberg.name, kreuzberg.approximate) == ("Kreuzberg", False)
    babelsberg = the_pin(world.resolve("Potsdam-Babelsberg"))
    assert (babelsberg.country, babelsberg.region) == ("DE", "Brandenburg")
    assert babelsberg.approximate == (babelsberg.name == "Potsdam")
