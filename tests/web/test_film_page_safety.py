"""What must not come out of a film's page: exact points that are kept back, and text that acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from tests.cast import film, place, say, shoot, source
from tracker.extensions import db
from tracker.history.recording import change
from tracker.places.models import PlaceKind, Privacy
from tracker.productions.models import TitleKind
from tracker.productions.operations import add_title
from tracker.sources.models import SourceKind

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)

ENDINGS = ("", "/route.json", ".geojson")
LAT, LON = 62.567891, 7.687654


def film_at_a_home(app: Flask, privacy: Privacy) -> None:
    """A film shot at a home whose exact point and outline are known, then somewhere open."""
    with app.app_context():
        production = film(db.session, "Home")
        home = place(
            db.session,
            "House of Kari Nordmann",
            LAT,
            LON,
            kind=PlaceKind.BUILDING,
            country="NO",
            region="Møre og Romsdal",
            municipality="Rauma",
            uncertainty_m=15,
            privacy=privacy,
        )
        ring = [[LON, LAT], [LON + 0.0001, LAT], [LON, LAT + 0.0001], [LON, LAT]]
        with change(db.session, by=None, comment="Draw the outline"):
            home.geometry = {"type": "Polygon", "coordinates": [ring]}
        report = source(db.session, "A report")
        for where, day in ((home, "2021-01-01"), (place(db.session, "Oslo", 59.91, 10.75), "2021-02-01")):
            say(db.session, report, shoot(db.session, production, where), start=day, end=day)
        db.session.commit()


@pytest.mark.parametrize("privacy", [Privacy.OBSCURED, Privacy.PRIVATE])
def test_a_home_that_is_kept_back_gives_no_exact_coordinate_away(
    app: Flask, client: FlaskClient, privacy: Privacy
) -> None:
    film_at_a_home(app, privacy)
    for ending in ENDINGS:
        answer = client.get(f"/productions/home{ending}").text
        assert "Oslo" in answer
        assert not [digits for digits in ("62.567", "62.568", "7.687", "7.688") if digits in answer]


def test_an_obscured_place_stands_in_the_middle_of_its_cell(app: Flask, client: FlaskClient) -> None:
    film_at_a_home(app, Privacy.OBSCURED)
    route = client.get("/productions/home/route.json").get_json()
    home = route["lanes"][0]["clusters"][0]["stops"][0]["place"]
    assert (home["lat"], home["lon"]) == (62.5, 7.7)
    assert home["uncertainty_m"] > 10_000
    features = client.get("/productions/home.geojson").get_json()["features"]
    assert [f["properties"]["role"] for f in features] == ["stop", "stop", "leg"]


def test_of_a_private_place_only_the_municipality_is_told(app: Flask, client: FlaskClient) -> None:
    film_at_a_home(app, Privacy.PRIVATE)
    for ending in ENDINGS:
        answer = client.get(f"/productions/home{ending}").text
        assert "Rauma" in answer
        assert "nordmann" not in answer.casefold()


def test_a_private_place_has_no_point_and_no_leg(app: Flask, client: FlaskClient) -> None:
    film_at_a_home(app, Privacy.PRIVATE)
    route = client.get("/productions/home/route.json").get_json()
    home = route["lanes"][0]["clusters"][0]["stops"][0]["place"]
    assert (home["lat"], home["lon"], home["uncertainty_m"]) == (None, None, None)
    features = client.get("/productions/home.geojson").get_json()["features"]
    assert [(f["properties"]["role"], f["geometry"] is None) for f in features] == [
        ("stop", True),
        ("stop", False),
    ]


HOSTILE = [
    "{{7*7}}",
    "{% for x in y %}",
    "${alert(1)}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ config.SECRET_KEY }}",
    "\"'><b onclick=alert(1)>",
]


class Reader(HTMLParser):
    """Reads a page as a browser does: names of attributes, and what stands in scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[str] = []
        self.script = ""
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [name for name, _ in attrs]
        self._in_script = tag == "script"

    def handle_data(self, text: str) -> None:
        if self._in_script:
            self.script += text

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_people_typed_is_shown_and_never_acts(app: Flask, client: FlaskClient, text: str) -> None:
    with app.app_context():
        production = film(db.session, "Hostile")
        with change(db.session, by=None, comment="Write everywhere"):
            production.title = f"title {text}"
            add_title(db.session, production, f"alias {text}", kind=TitleKind.ALIAS)
            add_title(db.session, production, f"working {text}", kind=TitleKind.WORKING)
        report = source(db.session, f"source {text}", SourceKind.OFFICIAL_POST, author=f"author {text}")
        where = place(
            db.session,
            f"place {text}",
            62.0,
            7.0,
            region=f"region {text}",
            municipality=f"municipality {text}",
        )
        stop = shoot(db.session, production, where, note=f"note {text}", scene=f"scene {text}")
        say(
            db.session,
            report,
            stop,
            start="2021-01-01",
            end="2021-01-01",
            note=f"says {text}",
            quote=f"quote {text}",
            locator=f"locator {text}",
        )
        db.session.commit()
    html = client.get("/productions/hostile").text
    for word in ("title", "alias", "working", "source", "author", "place", "region", "note", "scene", "says"):
        assert str(escape(f"{word} {text}")) in html
    assert f"quote {escape(text)}" in html
    if "<" in text:
        assert text not in html
    reader = Reader()
    reader.feed(html)
    assert not [name for name in reader.attributes if name.startswith("on")]
    assert "alert" not in reader.script
    assert "{{" not in reader.script
    assert "{%" not in reader.script
    for ending in ENDINGS[1:]:
        answer = client.get(f"/productions/hostile{ending}")
        assert answer.is_json
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    stops = client.get("/productions/hostile.geojson").get_json()["features"]
    assert stops[0]["properties"]["name"] == f"place {text}"


def test_links_to_sources_are_web_addresses_that_lend_no_weight(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        production = film(db.session, "Linked")
        report = source(db.session, "A report", address="https://news.example/train?a=1&b=2")
        stop = shoot(db.session, production, place(db.session, "Rauma", 62.0, 7.0))
        say(db.session, report, stop, start="2021-01-01", end="2021-01-01")
        db.session.commit()
    html = client.get("/productions/linked").text
    (link,) = re.findall(r'<a\b[^>]*href="https://news\.example[^>]*>', html)
    assert 'href="https://news.example/train?a=1&amp;b=2"' in link
    for word in ("nofollow", "noopener"):
        assert word in link
