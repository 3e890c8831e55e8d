"""The film's page: the list says what the route says, in the same order, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from tests.cast import film, film_case, place, say, shoot, source
from tracker.extensions import db
from tracker.foundation.dates import parse_bound
from tracker.history.recording import change
from tracker.productions.evidence import Relation
from tracker.productions.operations import cite_order

# What does not depend on the database runs on one.
SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
ENDINGS = ("", "/route.json", ".geojson")
SLUG = "mission-impossible-dead-reckoning-part-one"


@pytest.fixture
def case(app: Flask) -> str:
    """Put the film of the case into the database; answer its slug."""
    with app.app_context():
        slug = film_case(db.session).slug
        db.session.commit()
    return slug


def text_of(html: str) -> str:
    """What a reader sees, on one line."""
    seen = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    blocks = re.sub(r"</?(a|b|span)\b[^>]*>", "", seen)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", blocks)).split())


def shoots_in(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-shoot="(\d+)"', html)]


# Addresses ------------------------------------------------------------------------------------------------


@SQLITE
@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("ending", ENDINGS)
def test_another_title_leads_to_the_official_address_with_its_query(client: FlaskClient, ending: str) -> None:
    for alias in ("mission-impossible-7", "mi7", "libra"):
        answer = client.get(f"/productions/{alias}{ending}?as_of=2020-10-05&slug=x")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"/productions/{SLUG}{ending}?as_of=2020-10-05&slug=x"


@SQLITE
@pytest.mark.usefixtures("case")
def test_a_slug_that_nobody_has_is_a_404_page_that_names_it(client: FlaskClient) -> None:
    answer = client.get("/productions/gone-with-the-train")
    assert answer.status_code == 404
    assert "gone-with-the-train" in text_of(answer.text)


@SQLITE
@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_day_that_is_none_is_refused_with_value_and_remedy(client: FlaskClient, ending: str) -> None:
    for value in ("2020-13-05", "yesterday", "20201005", "2020-W41-1", "٢٠٢٠-١٠-٠٥"):
        answer = client.get(f"/productions/{SLUG}{ending}", query_string={"as_of": value})
        assert answer.status_code == 400
        assert value in text_of(answer.text)
        assert "YYYY-MM-DD" in text_of(answer.text)
        assert answer.mimetype == ("application/problem+json" if ending else "text/html")


# The list -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?as_of=2020-10-05"])
@pytest.mark.usefixtures("case")
def test_the_list_has_the_stops_in_the_order_of_the_route(client: FlaskClient, query: str) -> None:
    route = client.get(f"/productions/{SLUG}/route.json{query}").get_json()
    expected = [s["shoot"] for lane in route["lanes"] for c in lane["clusters"] for s in c["stops"]]
    expected += [stop["shoot"] for stop in route["ghosts"]]
    assert shoots_in(client.get(f"/productions/{SLUG}{query}").text) == expected


@pytest.mark.usefixtures("case")
def test_todays_page_says_all_in_words(client: FlaskClient) -> None:
    page = text_of(client.get(f"/productions/{SLUG}").text)
    for words in (
        "Film, 2023",
        "Also Mission: Impossible 7, MI7; working title Libra",
        "8 steps in order",
        "11 shoots",
        "2 bracketed, order unknown",
        "Order unknown between these two",
        "Municipality, Møre og Romsdal, Norway",
        "1 to 66 days",
        "the director’s post says Rome is next",
        "Which came first, Rauma or Stranda? No source orders them.",
        "Was there work at Longcross? Only the plan is reported.",
        "Which unit worked where? Nothing says.",
        "Not on the line",
        "Venice: when did it end?",
        "Broken off that Friday.",
    ):
        assert words in page


@pytest.mark.usefixtures("case")
def test_the_page_as_known_on_5_october_2020_knows_nothing_later(client: FlaskClient) -> None:
    page = text_of(client.get(f"/productions/{SLUG}?as_of=2020-10-05").text)
    assert "start unknown, ended by 5 Oct 2020" in page
    assert "planned next" in page
    assert "Grade A official" in page
    assert "None known on this date." in page
    for later in ("Leavesden", "Longcross", "Report on", "Codelist"):
        assert later not in page


def test_a_stop_beside_the_line_stands_between_its_neighbours(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        production = film(db.session, "Floating")
        report = source(db.session, "A report")
        ids: dict[str, int] = {}
        for name, start, end in (
            ("Floater", "2021-01-05/2021-01-25", "2021-01-25"),
            ("Fourth", "2021-01-30", "2021-01-30"),
            ("Third", "2021-01-20", "2021-01-20"),
            ("Second", "2021-01-10", "2021-01-10"),
            ("First", "2021-01-01", "2021-01-01"),
        ):
            stop = shoot(db.session, production, place(db.session, name, 50.0 + len(name), 5.0))
            say(db.session, report, stop, start=start, end=end)
            ids[name] = stop.id
        db.session.commit()
    html = client.get("/productions/floating").text
    order = [ids[name] for name in ("First", "Floater", "Second", "Third", "Fourth")]
    assert shoots_in(html) == order
    assert "Beside the line, between 1 and 4, order unknown" in text_of(html)


def test_stops_that_contradict_each_other_stand_on_no_line_but_on_the_page(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        production = film(db.session, "Tangled")
        report = source(db.session, "A report")
        stops = {}
        for name, day in (("Early", "2021-01-01"), ("Late", "2021-02-01")):
            stops[name] = shoot(db.session, production, place(db.session, name, 50.0 + len(name), 5.0))
            say(db.session, report, stops[name], start=day, end=day)
        with change(db.session, by=None, comment="Cite"):
            cite_order(db.session, stops["Late"], Relation.BEFORE, stops["Early"], report, words="it says so")
        db.session.commit()
        ids = [stops["Early"].id, stops["Late"].id]
    html = client.get("/productions/tangled").text
    assert shoots_in(html) == ids
    assert "Early and Late would each come before the other" in text_of(html)
    route = client.get("/productions/tangled/route.json").get_json()
    assert [s["shoot"] for s in route["unsettled"]] == ids
    assert [c["kind"] for c in route["contradictions"]] == ["cycle"]


def test_a_film_without_shoots_asks_for_the_first_sighting(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        film(db.session, "Nothing Yet")
        db.session.commit()
    answer = client.get("/productions/nothing-yet")
    assert answer.status_code == 200
    assert "No place is recorded yet." in text_of(answer.text)
    assert re.search(r'href="[^"]*\bproduction=nothing-yet"', answer.text) or "nothing-yet" in answer.text
    assert client.get("/productions/nothing-yet/route.json").get_json()["lanes"] == []


@pytest.mark.usefixtures("case")
def test_before_the_first_source_the_page_says_that_nothing_was_known(client: FlaskClient) -> None:
    page = text_of(client.get(f"/productions/{SLUG}?as_of=2019-01-01").text)
    assert "Nothing was known on this date." in page
    assert "Rauma" not in page


@pytest.mark.usefixtures("case")
def test_a_fragment_is_the_part_that_changes_and_caches_keep_the_two_apart(client: FlaskClient) -> None:
    address = f"/productions/{SLUG}?as_of=2020-10-05"
    part = client.get(address, headers={"X-Fragment": "film"})
    whole = client.get(address)
    assert "X-Fragment" in part.headers["Vary"]
    assert "X-Fragment" in whole.headers["Vary"]
    assert "<html" not in part.text
    assert "<script" not in part.text
    ids = re.findall(r'id="([\w-]+)" data-fragment', part.text)
    assert ids == re.findall(r'id="([\w-]+)" data-fragment', whole.text)
    assert {"film-stops", "film-timeline", "film-evidence"} <= set(ids)
    assert shoots_in(part.text) == shoots_in(whole.text)


# Spoilers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("released", "told"), [("2199-01-01", False), ("2001-01-01", True)], ids=["not out yet", "out"]
)
def test_a_spoiler_is_told_only_after_the_release(
    app: Flask, client: FlaskClient, released: str, told: bool
) -> None:
    with app.app_context():
        production = film(db.session, "Secret", year=None)
        stop = shoot(db.session, production, place(db.session, "Roof", 1.0, 1.0), scene="The hero falls")
        with change(db.session, by=None, comment="Release"):
            production.released = parse_bound(released)
            stop.spoiler, stop.note, stop.story_place = 1, "He survives", "The villain's house"
        day, where = "2000-01-01", "12:40, when he lands"
        say(db.session, source(db.session, "A report"), stop, start=day, end=day, locator=where)
        db.session.commit()
    for path in ("/productions/secret", "/productions/secret/route.json", "/productions/secret.geojson"):
        answer = unescape(client.get(path).text)
        if "." not in path:
            assert ("kept back until the film is out" in answer) is not told
            assert ("The hero falls" in answer) is told
        for words in ("He survives", "The villain's house", "when he lands"):
            assert (words in answer) is (told and "." not in path)


# Cost -----------------------------------------------------------------------------------------------------


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the SELECTs that are sent while the block runs."""
    sent: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_thirty_stops_take_no_more_queries_than_three(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for count in (3, 30):
            production = film(db.session, f"Film of {count}")
            for i in range(count):
                stop = shoot(db.session, production, place(db.session, f"Place {i}", 1.0 + i, 5.0))
                report = source(db.session, f"Report {count} {i}", published="2021-06-01")
                say(db.session, report, stop, start=f"2021-03-{i + 1:02}", end=f"2021-03-{i + 1:02}")
        db.session.commit()
        engine = db.engine
    for ending in ENDINGS:
        sent: dict[int, int] = {}
        for count in (3, 30):
            with counted(engine) as statements:
                answer = client.get(f"/productions/film-of-{count}{ending}")
            assert answer.status_code == 200
            sent[count] = len(statements)
        assert sent[30] == sent[3] <= 11
