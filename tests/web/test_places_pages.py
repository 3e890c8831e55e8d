"""The page of a place: what was shot there, how exactly it is known, and what is not told."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film, film_case, place, say, shoot, source
from tests.web.reading import Page, read
from tracker.extensions import db
from tracker.history.recording import change
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.productions.models import Shoot, Status

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
LAT, LON = 62.567891, 7.687654
DIGITS = ("62.567", "62.568", "7.687", "7.688")
FILM = "Mission: Impossible – Dead Reckoning Part One"


@pytest.fixture
def addresses(app: Flask) -> dict[str, str]:
    """The film case, and the address of each of its places by name."""
    with app.app_context():
        film_case(db.session)
        db.session.commit()
        return {p.name: f"/places/{p.id}-{p.slug}" for p in db.session.query(Place)}


def test_the_page_says_what_was_shot_there_and_how_we_know(
    client: FlaskClient, addresses: dict[str, str]
) -> None:
    page = read(client, addresses["Rauma"])
    assert "Municipality, Møre og Romsdal, Norway" in page.words
    assert page.rows[1] == [
        f"{FILM} 2023",
        "Not described yet",
        "began within Aug–Oct 2020, ended by 5 Oct 2020",
        "Wrapped",
        "Grade B corroborated",
        f"4 sources Add a source for {FILM} This is wrong : {FILM}",
    ]
    assert "62.570° N, 7.690° E a label point, not where the camera stood" in page.words
    assert "An area, not a pin." in page.words
    assert "Shoots 1, of one film" in page.words


def test_films_lead_to_their_stop_and_sources_to_the_evidence(
    client: FlaskClient, addresses: dict[str, str]
) -> None:
    page = read(client, addresses["Rauma"])
    to_stop = next(link for link in page.links if "#shoot-" in link)
    to_evidence = next(link for link in page.links if "#why-" in link)
    for link in (to_stop, to_evidence):
        address, _, anchor = link.partition("#")
        assert anchor in read(client, address).ids


def test_a_place_that_was_visited_twice_shows_both_shoots(
    client: FlaskClient, addresses: dict[str, str]
) -> None:
    page = read(client, addresses["Venice"])
    assert [row[3] for row in page.rows[1:]] == ["Cancelled", "Wrapped"]
    assert "Shoots 2, of one film" in page.words


def test_a_wrong_slug_leads_to_the_right_one(client: FlaskClient, addresses: dict[str, str]) -> None:
    address = addresses["Rauma"]
    number = address.split("/")[2].split("-")[0]
    for ending in ("", ".geojson"):
        answer = client.get(f"/places/{number}-raumo{ending}")
        assert (answer.status_code, answer.headers["Location"]) == (301, address + ending)


@SQLITE
@pytest.mark.parametrize("number", ["99", "99999999999999999999"])
def test_a_place_that_is_not_there_is_said_to_be_so(client: FlaskClient, number: str) -> None:
    for ending in ("", ".geojson"):
        answer = client.get(f"/places/{number}-x{ending}")
        assert answer.status_code == 404
        assert number in answer.text


def test_only_namesakes_that_the_record_knows_are_named(
    app: Flask, client: FlaskClient, addresses: dict[str, str]
) -> None:
    assert "Not " not in read(client, addresses["Rauma"]).words.split("What we know")[0]
    with app.app_context():
        town = place(db.session, "Rauma", 61.13, 21.51, kind=PlaceKind.TOWN, country="FI")
        place(db.session, "Rauma", 61.2, 21.6, country="FI", privacy=Privacy.OBSCURED)
        db.session.commit()
        other = f"/places/{town.id}-rauma"
    page = read(client, addresses["Rauma"])
    assert "Not Rauma in Finland ." in page.words
    assert page.links.count(other) == 1
    assert "Not Rauma in Norway" in read(client, other).words


def test_neighbours_are_listed_nearest_first_with_their_distance(
    app: Flask, client: FlaskClient, addresses: dict[str, str]
) -> None:
    with app.app_context():
        place(db.session, "Molde", 62.737, 7.159, kind=PlaceKind.TOWN, country="NO")
        place(db.session, "Villa", 62.58, 7.7, privacy=Privacy.OBSCURED)
        db.session.commit()
    near = read(client, addresses["Rauma"]).words.partition("Near here")[2]
    assert near.index("Molde") < near.index("Stranda")
    assert "48 km" in near
    assert FILM in near
    assert "Villa" not in near
    assert "Nothing else in the record within 300 km." in near


@pytest.fixture
def within_oslo(app: Flask) -> tuple[str, str, str]:
    """A town with an open square and an obscured home in it; the addresses of all three."""
    with app.app_context():
        outer = place(db.session, "Oslo", 59.91, 10.75, kind=PlaceKind.TOWN, country="NO")
        square = place(db.session, "Youngstorget", 59.915, 10.749, kind=PlaceKind.SQUARE, country="NO")
        home = place(
            db.session, "Villa", 59.92, 10.7, kind=PlaceKind.BUILDING, country="NO", privacy=Privacy.OBSCURED
        )
        with change(db.session, by=None, comment="Put them into Oslo"):
            square.within_id = home.within_id = outer.id
        db.session.commit()
        oslo, youngstorget, villa = (f"/places/{p.id}-{p.slug}" for p in (outer, square, home))
        return oslo, youngstorget, villa


def test_places_within_are_listed_but_for_those_that_are_hidden(
    client: FlaskClient, within_oslo: tuple[str, str, str]
) -> None:
    oslo, square, villa = within_oslo
    page = read(client, oslo)
    assert "Within Oslo" in page.words
    assert square in page.links
    assert villa not in page.links
    assert "Lies in Oslo" in read(client, square).words
    # What an obscured place lies in is narrower than its grid cell.
    assert "Lies in" not in read(client, villa).words


def test_what_it_played_is_told_unless_it_gives_the_story_away(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        production = film(db.session, "Casino Royale", year=2006)
        airport = place(db.session, "Prague Airport", 50.1, 14.26, kind=PlaceKind.AIRPORT, country="CZ")
        first, second = (shoot(db.session, production, airport) for _ in range(2))
        with change(db.session, by=None, comment="Say what it plays"):
            first.story_place, first.scene, first.interior_exterior = "Miami airport", "Chase", "EXT"
            second.story_place, second.scene, second.spoiler = "The butler’s grave", "He did it", 2
        db.session.commit()
        address = f"/places/{airport.id}-prague-airport"
    page = read(client, address)
    assert "What it played Miami airport" in page.words
    assert page.rows[1][1] == "Chase EXT; plays Miami airport"
    assert page.rows[2][1] == "Left out: it gives the story away."
    assert "butler" not in page.html
    assert "He did it" not in page.html


def test_refuted_shoots_are_kept_folded_and_not_counted(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        production = film(db.session, "A Film")
        where = place(db.session, "Nowhere", 50.1, 14.26, country="CZ")
        wrong = shoot(db.session, production, where)
        with change(db.session, by=None, comment="Refute"):
            wrong.refuted_reason = "It was Vienna."
        say(db.session, source(db.session, "A blog"), wrong)
        db.session.commit()
        assert db.session.get(Shoot, wrong.id) is not None
        address = f"/places/{where.id}-nowhere"
    page = read(client, address)
    assert "Shoots none yet" in page.words
    assert "details" in page.tags
    assert "Refuted kept, so that nobody adds it again" in page.words
    assert page.rows[1][0] == "A Film 2023"


@pytest.mark.parametrize(
    ("kind", "uncertainty_m", "words"),
    [
        (PlaceKind.RAILWAY, 4000, "A line, not a pin."),
        (PlaceKind.SQUARE, 80, "A spot. Exact to 80 m."),
        (PlaceKind.STUDIO, 900, "It lies somewhere within 900 m of the point."),
        (PlaceKind.POINT, None, "How exact it is, nobody has said."),
        (PlaceKind.REGION, 90000, "An area, not a pin."),
    ],
)
@SQLITE
def test_how_exact_a_place_is_stands_in_a_sentence(
    app: Flask, client: FlaskClient, kind: PlaceKind, uncertainty_m: int | None, words: str
) -> None:
    with app.app_context():
        somewhere = place(db.session, "Somewhere", 10.0, 20.0, kind=kind, uncertainty_m=uncertainty_m)
        db.session.commit()
        address = f"/places/{somewhere.id}-somewhere"
    assert words in read(client, address).words


@SQLITE
def test_a_place_without_a_position_is_listed_and_not_drawn(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        lost = place(db.session, "Lost Valley", country="NO")
        say(db.session, source(db.session, "A blog"), shoot(db.session, film(db.session), lost))
        db.session.commit()
        address = f"/places/{lost.id}-lost-valley"
    page = read(client, address)
    assert "Not located yet." in page.words
    assert "data-map" not in page.html
    assert page.rows[1][0] == "A Film 2023"
    assert client.get(f"{address}.geojson").get_json()["features"] == []


@SQLITE
@pytest.mark.parametrize(
    ("provider", "gazetteer_id", "credited"),
    [
        ("gazetteer", "geonames:3137", True),
        ("gazetteer", "landmark:pinewood", False),
        ("contributor", None, False),
    ],
)
def test_geonames_is_credited_where_the_position_is_its_own(
    app: Flask, client: FlaskClient, provider: str, gazetteer_id: str | None, credited: bool
) -> None:
    with app.app_context():
        somewhere = place(
            db.session, "Somewhere", 10.0, 20.0, provider=provider, gazetteer_id=gazetteer_id, country="NO"
        )
        db.session.commit()
        address = f"/places/{somewhere.id}-somewhere"
    assert ("https://creativecommons.org/licenses/by/4.0/" in read(client, address).links) is credited


def test_the_geojson_holds_the_place_its_outline_and_its_neighbours(
    app: Flask, client: FlaskClient, addresses: dict[str, str]
) -> None:
    with app.app_context():
        stranda = db.session.query(Place).filter_by(name="Stranda").one()
        with change(db.session, by=None, comment="Draw the outline"):
            # Clockwise on purpose: GeoJSON wants it the other way round.
            stranda.geometry = {"type": "Polygon", "coordinates": [[[6, 62], [6, 63], [7, 63], [6, 62]]]}
        db.session.commit()
    answer = client.get(addresses["Stranda"] + ".geojson")
    assert answer.mimetype == "application/geo+json"
    features = answer.get_json()["features"]
    assert [f["properties"]["role"] for f in features] == ["place", "area", "neighbour"]
    own, area, rauma = features
    assert own["geometry"] == {"type": "Point", "coordinates": [6.95, 62.31]}
    assert own["properties"]["status"] == Status.WRAPPED.value
    assert area["geometry"]["coordinates"] == [[[6, 62], [7, 63], [6, 63], [6, 62]]]
    assert (rauma["properties"]["name"], rauma["properties"]["url"]) == ("Rauma", addresses["Rauma"])
    assert rauma["properties"]["distance_m"] == pytest.approx(47958, abs=100)


def hidden_home(app: Flask, privacy: Privacy) -> str:
    """Plant a home whose exact point and outline are known; answer the address of its page."""
    with app.app_context():
        home = place(
            db.session,
            "House of Kari Nordmann",
            LAT,
            LON,
            kind=PlaceKind.BUILDING,
            country="NO",
            municipality="Rauma",
            uncertainty_m=15,
            privacy=privacy,
            provider="gazetteer",
            gazetteer_id="geonames:424242",
        )
        ring = [[LON, LAT], [LON + 0.0001, LAT], [LON, LAT + 0.0001], [LON, LAT]]
        with change(db.session, by=None, comment="Draw the outline"):
            home.geometry = {"type": "Polygon", "coordinates": [ring]}
        place(db.session, "Molde", 62.737, 7.159, kind=PlaceKind.TOWN, country="NO")
        say(db.session, source(db.session, "A report"), shoot(db.session, film(db.session, "Home"), home))
        db.session.commit()
        slug = "rauma" if privacy is Privacy.PRIVATE else "a-private-home"
        return f"/places/{home.id}-{slug}"


@pytest.mark.parametrize("privacy", [Privacy.OBSCURED, Privacy.PRIVATE])
def test_no_page_tells_where_a_hidden_home_is(app: Flask, client: FlaskClient, privacy: Privacy) -> None:
    address = hidden_home(app, privacy)
    own = read(client, address)
    assert "Home 2023" in own.rows[1][0]
    pages = [
        address,
        f"{address}.geojson",
        "/",
        "/map",
        "/map/cells.json?bbox=7,62,8,63&zoom=12",
        "/productions",
        "/search?q=Kari",
        "/search?q=Norway",
        "/changes",
        f"/changes?place={address.split('/')[2].split('-')[0]}",
        "/sources/1",
        *(f"/changes/{number}" for number in range(1, 6)),
    ]
    for page in pages:
        answer = client.get(page).text
        assert [digits for digits in (*DIGITS, "424242") if digits in answer] == [], page
        assert "Nordmann" not in answer, page


@SQLITE
def test_an_obscured_place_is_the_middle_of_its_cell(app: Flask, client: FlaskClient) -> None:
    address = hidden_home(app, Privacy.OBSCURED)
    page = read(client, address)
    assert "62.500° N, 7.700° E the middle of the cell" in page.words
    assert "A grid cell, not a pin." in page.words
    own, *_ = client.get(f"{address}.geojson").get_json()["features"]
    assert own["geometry"]["coordinates"] == [7.7, 62.5]
    assert own["properties"]["uncertainty_m"] > 10_000


@SQLITE
def test_a_private_place_tells_its_municipality_and_draws_nothing(app: Flask, client: FlaskClient) -> None:
    address = hidden_home(app, Privacy.PRIVATE)
    number = address.split("/")[2].split("-")[0]
    # Guessing the slug is no oracle either: whatever is asked leads to the same address.
    for guess in ("house-of-kari-nordmann", "anything"):
        answer = client.get(f"/places/{number}-{guess}")
        assert (answer.status_code, answer.headers["Location"]) == (301, address)
    page = read(client, address)
    assert "Rauma" in page.words
    assert "Kept private." in page.words
    assert "Molde" not in page.words
    assert client.get(f"{address}.geojson").get_json()["features"] == []


HOSTILE = [
    "{{7*7}}",
    "{% for %}",
    "${alert(1)}",
    "</script><b>x",
    "<img src=x onerror=alert(1)>",
    "\"'><svg>",
]


@SQLITE
@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_wants_to_act_is_only_shown(app: Flask, client: FlaskClient, text: str) -> None:
    with app.app_context():
        where = place(db.session, text, 62.5, 7.5, region=text, municipality=f"M {text}", country="NO")
        where_else = place(db.session, f"Near {text}", 62.6, 7.6, country="NO")
        production = film(db.session, text)
        one = shoot(db.session, production, where, scene=text, note=text)
        with change(db.session, by=None, comment=text):
            one.story_place = text
        report = source(db.session, text, author=text, outlet=text, address="https://example.org/?q=%3Cb%3E")
        say(db.session, report, one, quote=text, note=text)
        shoot(db.session, production, where_else)
        db.session.commit()
        address, slug = f"/places/{where.id}-{where.slug}", production.slug
    addresses = ["/", "/map", address, "/productions", f"/changes?production={slug}", "/sources/1"]
    addresses += [f"/changes/{number}" for number in range(1, 8)]
    for opened in addresses:
        page = read(client, opened)
        assert not [tag for tag in page.tags if tag in ("img", "b>x")], opened
        assert text not in page.html.replace("{{7*7}}", "").replace("${alert(1)}", "").replace(
            "{% for %}", ""
        )
        assert page.html.count("<script") == page.html.count("</script>")
    assert " ".join(text.split()) in " ".join(read(client, address).words.split())
    assert "49" not in Page(client.get(address).text).words.replace("4.9", "")
    found = client.get("/search", query_string={"q": text})
    assert found.status_code == 200
    assert "<img src=x" not in found.text
