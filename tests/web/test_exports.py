"""Every view can be taken along, in files that other programs read."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import feedparser
import gpxpy
import pytest
from fastkml import KML, Placemark
from fastkml.utils import find_all
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from shapely.geometry import shape

from tests.cast import film, film_case, place, say, shoot, source
from tests.web.reading import read
from tracker.exchange.exporting.formats import FORMATS
from tracker.extensions import db
from tracker.foundation.dates import parse_bound
from tracker.history.recording import change
from tracker.places.models import Privacy
from tracker.productions.operations import add_identifier

FILM = "/productions/mission-impossible-dead-reckoning-part-one"
ORDERED = ["Leavesden", "Rome", "Venice", "Piazza Venezia", "Levisham", "Stoney Middleton"]
SECRET_LAT, SECRET_LON = 62.123456, 7.654321


@pytest.fixture
def case(app: Flask) -> None:
    with app.app_context():
        case = film_case(db.session)
        with change(db.session, by=None, comment="Name it elsewhere"):
            add_identifier(db.session, case.production, scheme="wikidata", value="Q66473733")
        db.session.commit()


@pytest.fixture
def hidden(app: Flask) -> None:
    """A film at an obscured and at a private place, with a spoiler, not out yet."""
    with app.app_context():
        home = film(db.session, "Home", year=2099)
        for privacy in (Privacy.OBSCURED, Privacy.PRIVATE):
            where = place(
                db.session,
                f"{privacy.value} villa",
                SECRET_LAT,
                SECRET_LON,
                privacy=privacy,
                country="NO",
                municipality="Rauma",
            )
            stop = shoot(db.session, home, where, scene="The butler dies", note="Ring twice")
            with change(db.session, by=None, comment="Spoiler"):
                stop.spoiler = 2
            say(db.session, source(db.session, f"On {privacy.value}"), stop, start="2021-05", end="2021-05")
        db.session.commit()


def names(rows: list[dict[str, str]]) -> list[str]:
    return [row["place"] for row in rows]


def rows_in(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv"), answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.mark.usefixtures("case")
def test_gpx_routes_what_is_ordered_and_leaves_the_rest_as_waypoints(client: FlaskClient) -> None:
    gpx: Any = gpxpy.parse(client.get(f"{FILM}.gpx").text)
    (route,) = gpx.routes
    assert [str(point.name).partition(":")[0] for point in route.points] == ORDERED
    assert {str(point.name).partition(":")[0] for point in gpx.waypoints} == {
        "Rauma", "Stranda", "Abu Dhabi", "Longcross", "Venice",
    }  # fmt: skip
    assert [p for p in (*route.points, *gpx.waypoints) if p.time] == []
    words = str(route.points[1].description)
    assert "Dates: 6 to c. 20 Oct 2020" in words or "Oct 2020" in words
    assert (
        "Grade C, first-hand" in words and "Licence: CC0-1.0" in words and "Source: Report on Rome" in words
    )
    assert gpx.schema_locations and gpx.version == "1.1"


@pytest.mark.usefixtures("case")
def test_kml_has_spans_of_time_styles_and_the_legs(client: FlaskClient) -> None:
    document: Any = KML.from_string(client.get(f"{FILM}.kml").text.partition("?>")[2])
    marks: list[Any] = list(find_all(document, of_type=Placemark))
    rauma = next(mark for mark in marks if str(mark.name).startswith("Rauma"))
    assert str(rauma.begin) <= str(rauma.end)
    assert rauma.geometry is not None and rauma.geometry.coords[0][:2] == (7.69, 62.57)
    ghost = next(mark for mark in marks if mark.style_url and mark.style_url.url == "#off")
    assert str(ghost.name).startswith("Venice")
    assert len([mark for mark in marks if not mark.id]) >= 6


@pytest.mark.usefixtures("case")
def test_the_calendar_has_an_all_day_event_for_each_dated_shoot(client: FlaskClient) -> None:
    calendar: Any = Calendar.from_ical(client.get(f"{FILM}.ics").text)
    events = {str(e["SUMMARY"]).partition(":")[0]: e for e in calendar.walk("VEVENT")}
    square = events["Piazza Venezia"]
    assert (str(square["DTSTART"].dt), str(square["DTEND"].dt)) == ("2020-11-29", "2020-11-30")
    assert "somewhere within" not in str(square["SUMMARY"])
    assert str(events["Levisham"]["SUMMARY"]).endswith("(somewhere within these days)")
    assert {str(e["STATUS"]) for e in calendar.walk("VEVENT")} == {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    assert len({str(e["UID"]) for e in calendar.walk("VEVENT")}) == 11


@pytest.mark.usefixtures("case")
def test_jsonld_says_where_it_was_made_in_the_words_of_schema_org(client: FlaskClient) -> None:
    (work,) = json.loads(client.get(f"{FILM}.jsonld").data)["@graph"]
    assert (work["@type"], work["sameAs"]) == ("Movie", ["https://www.wikidata.org/wiki/Q66473733"])
    rauma = next(p for p in work["locationCreated"] if p["name"] == "Rauma")
    assert (rauma["@type"], rauma["geo"]["geoRadius"]) == ("Place", 24000)
    facts = {fact["name"]: fact["value"] for fact in rauma["additionalProperty"]}
    assert (facts["grade"], facts["status"]) == ("B corroborated", "wrapped")
    assert "contentLocation" not in work and len(work["citation"]) > 5


@pytest.mark.usefixtures("case")
def test_geojson_is_what_rfc_7946_wants_and_carries_its_evidence(client: FlaskClient) -> None:
    found = client.get(f"{FILM}.geojson?download=1").get_json()
    assert (found["type"], found["license"][:29]) == ("FeatureCollection", "https://creativecommons.org/p")
    for feature in found["features"]:
        assert shape(feature["geometry"]).is_valid
        west, south, east, north = shape(feature["geometry"]).bounds
        assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    rauma = next(f["properties"] for f in found["features"] if f["properties"].get("name") == "Rauma")
    assert (rauma["grade"], rauma["uncertainty_m"], rauma["licence"]) == ("B", 24000, "CC0-1.0")
    assert "https://news.example/train" in [cited["url"] for cited in rauma["cited"]]
    on_the_map = client.get(f"{FILM}.geojson").get_json()["features"]
    drawn = next(f["properties"] for f in on_the_map if f["properties"].get("name") == "Rauma")
    assert drawn["cited"] == rauma["cited"]


def test_a_leg_across_the_180th_meridian_is_cut_in_the_file(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        production = film(db.session, "Pacific")
        report = source(db.session, "A report")
        for name, lon, day in (("Suva", 178.44, "2021-01-01"), ("Apia", -171.77, "2021-02-01")):
            stop = shoot(db.session, production, place(db.session, name, -18.0, lon))
            say(db.session, report, stop, start=day, end=day)
        db.session.commit()
    features = client.get("/productions/pacific.geojson?download=1").get_json()["features"]
    (leg,) = [f["geometry"] for f in features if f["properties"]["role"] == "leg"]
    first, second = leg["coordinates"]
    assert (first[0], first[-1][0]) == ([178.44, -18.0], 180.0)
    assert (second[0][0], second[-1]) == (-180.0, [-171.77, -18.0])
    assert first[-1][1] == second[0][1]


@pytest.mark.usefixtures("case")
def test_a_view_of_the_past_is_exported_as_it_was(client: FlaskClient) -> None:
    assert names(rows_in(client, f"{FILM}.csv?as_of=2020-10-05")) == ["Rauma", "Stranda", "Rome"]
    answer = client.get(f"{FILM}.csv?as_of=tomorrow")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.usefixtures("case")
def test_lists_places_searches_and_views_of_the_map_are_exported(client: FlaskClient) -> None:
    assert len(rows_in(client, "/productions.csv")) == 11
    assert rows_in(client, "/productions.csv?q=nothing") == []
    assert set(names(rows_in(client, "/places.csv?country=NO"))) == {"Rauma", "Stranda"}
    in_november = names(rows_in(client, "/places.csv?month=11"))
    assert in_november == ["Venice", "Piazza Venezia", "Longcross"]
    assert client.get("/places.csv?month=13").status_code == 400
    assert names(rows_in(client, "/search.csv?q=Levisham")) == ["Levisham"]
    assert set(names(rows_in(client, "/map.csv?bbox=5,60,9,63"))) == {"Rauma", "Stranda"}
    page = client.get("/search?q=Stranda").text
    address = page.partition('href="/places/')[2].partition('"')[0]
    assert names(rows_in(client, f"/places/{address}.csv")) == ["Stranda"]
    wrong = client.get(f"/places/{address.partition('-')[0]}-else.csv")
    assert (wrong.status_code, wrong.headers["Location"]) == (301, f"/places/{address}.csv")


@pytest.mark.usefixtures("case")
def test_another_title_leads_to_the_films_files(client: FlaskClient) -> None:
    answer = client.get("/productions/mi7.gpx?as_of=2020-10-05")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{FILM}.gpx?as_of=2020-10-05")
    missing = client.get("/productions/nothing.gpx")
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")


@pytest.mark.usefixtures("case", "hidden")
def test_what_is_private_or_tells_the_story_is_in_no_file(client: FlaskClient) -> None:
    addresses = [
        f"{view}.{ending}{query}"
        for ending in FORMATS
        for view, query in (
            ("/productions/home", ""),
            ("/productions", ""),
            ("/places", "?country=NO"),
            ("/map", "?bbox=5,60,9,63"),
            ("/search", "?q=villa"),
        )
    ]
    for address in [*addresses, "/productions/home.geojson?download=1", "/changes.atom"]:
        text = client.get(address).text
        for secret in ("62.123", "7.654", "private villa", "private-villa", "butler", "Ring twice"):
            assert secret not in text, (address, secret)
    rows = rows_in(client, "/productions/home.csv")
    cell, private = sorted(rows, key=lambda row: row["privacy"])
    assert (cell["lat"], cell["lon"], cell["place"], cell["municipality"]) == (
        "62.1",
        "7.7",
        "obscured villa",
        "",
    )
    assert (private["lat"], private["place"], private["kind"]) == ("", "Rauma", "")
    assert names(rows_in(client, "/map.csv?bbox=5,60,9,63")) == ["Rauma", "Stranda"]


@pytest.mark.usefixtures("hidden")
def test_the_scene_is_told_once_the_film_is_out(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), change(db.session, by=None, comment="It is out"):
        from tracker.productions.queries import production_by_slug  # noqa: PLC0415

        home = production_by_slug(db.session, "home")
        assert home is not None
        home.released = parse_bound("2021-12-01")
        db.session.flush()
        db.session.commit()
    assert {row["scene"] for row in rows_in(client, "/productions/home.csv")} == {"The butler dies"}
    assert {row["note"] for row in rows_in(client, "/productions/home.csv")} == {""}


@pytest.mark.usefixtures("case")
def test_feeds_follow_what_changed_last_and_answer_304(app: Flask, client: FlaskClient) -> None:
    for address in (
        f"{FILM}.atom",
        "/productions.atom",
        "/map.atom?bbox=5,60,9,63",
        "/search.atom?q=Rauma",
        "/changes.atom",
    ):
        answer = client.get(address)
        feed = feedparser.parse(answer.data)
        assert not feed.bozo and feed.entries, address
        assert feed.feed.id == f"http://localhost{address}"
        for header, value in (
            ("If-None-Match", answer.headers["ETag"]),
            ("If-Modified-Since", answer.headers["Last-Modified"]),
        ):
            again = client.get(address, headers={header: value})
            assert (again.status_code, again.data) == (304, b""), (address, header)
    tag = client.get(f"{FILM}.atom").headers["ETag"]
    with app.app_context():
        film(db.session, "Another")
        db.session.commit()
    assert client.get(f"{FILM}.atom", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.usefixtures("case")
def test_the_newest_entry_of_a_feed_comes_first_with_its_point_and_sources(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        stop = shoot(db.session, film(db.session, "Newest"), place(db.session, "Oslo", 59.9, 10.7))
        report = source(db.session, "Report", address="https://news.example/oslo")
        say(db.session, report, stop, start="2021", end="2021")
        db.session.commit()
    entry = feedparser.parse(client.get("/productions.atom").data).entries[0]
    assert entry.title == "Oslo: Newest, wrapped" or entry.title.startswith("Oslo: Newest")
    assert entry.where.coordinates == (10.7, 59.9)
    assert [link.href for link in entry.links if link.rel == "via"] == ["https://news.example/oslo"]


@pytest.mark.usefixtures("case")
def test_pages_offer_every_format_and_name_their_feed(client: FlaskClient) -> None:
    for address in (FILM, "/productions", "/places?country=NO", "/search?q=Rauma", "/map"):
        page = read(client, address)
        assert "Take it with you" in page.words
        assert 'rel="alternate" type="application/atom+xml"' in page.flat, address
        endings = {link.partition("?")[0].rpartition(".")[2] for link in page.links}
        assert set(FORMATS) <= endings, address
    assert f"{FILM}.gpx?as_of=2020-10-05" in read(client, f"{FILM}?as_of=2020-10-05").links


@pytest.mark.usefixtures("case")
def test_head_writes_nothing_and_files_are_named(client: FlaskClient) -> None:
    answer = client.head(f"{FILM}.kml")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Disposition"].endswith(f"filename={FILM.rpartition('/')[2]}.kml")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
