"""The list of places: the scout's question, and what must not be found by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from tests.cast import film, place, say, shoot, source
from tests.web.reading import read
from tracker.extensions import db
from tracker.foundation.dates import parse_bound
from tracker.history.recording import change
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.privacy import publish
from tracker.productions.evidence import Manner
from tracker.productions.models import InFilm, Production, Shoot, Status, Unit
from tracker.productions.partnering import PartnerDraft, RoleDraft, add_role, find_or_add_partner
from tracker.productions.partners import Help, PartnerKind
from tracker.sources.models import SourceKind

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def helped(on: Shoot, name: str, kind: PartnerKind, what: Help, manner: Manner = Manner.STATES) -> int:
    """Let a partner have helped a shoot; answer the partner's number."""
    with change(db.session, by=None, comment="Add a partner"):
        partner = find_or_add_partner(db.session, PartnerDraft(name=name, kind=kind, country="NO"))
        production = db.session.get_one(Production, on.production_id)
        add_role(db.session, partner, production, RoleDraft(help=what, manner=manner), shoot=on)
    return partner.id


def shot(
    title: str,
    name: str,
    start: str,
    end: str,
    *,
    kind: PlaceKind = PlaceKind.TOWN,
    country: str = "NO",
    unit: Unit = Unit.UNKNOWN,
    scene: str = "",
    plays: str = "",
    spoiler: int = 0,
    status: Status = Status.CONFIRMED,
) -> Shoot:
    """Add a film with one shoot at a place of its own."""
    where = place(db.session, name, 60.0, 8.0, kind=kind, country=country)
    made = shoot(db.session, film(db.session, title, year=2021), where, unit, scene=scene)
    report = source(db.session, f"Report on {name}", SourceKind.OWN_REPORTING)
    say(db.session, report, made, status, start, end, story_place=plays)
    with change(db.session, by=None, comment="Say how much it gives away"):
        made.spoiler = spoiler
    return made


@pytest.fixture
def record(app: Flask) -> dict[str, int]:
    """A mountain railway that played the Alps, a street in Italy, a quarry; the partners' numbers by name."""
    with app.app_context():
        line = shot(
            "The Train",
            "Mountain Line",
            "2020-09",
            "2020-09",
            kind=PlaceKind.RAILWAY,
            plays="Swiss Alps",
            scene="Fight on a train",
            unit=Unit.SECOND,
        )
        owner = helped(line, "State Railway", PartnerKind.RAILWAY, Help.PERMISSION)
        helped(line, "Film Fund", PartnerKind.INCENTIVE, Help.INCENTIVE, manner=Manner.IMPLIES)
        shot("The Chase", "Via Roma", "2019-12-30", "2020-01-02", kind=PlaceKind.STREET, country="IT")
        shot("The Fall", "Old Quarry", "2020-08~", "2020-10~", kind=PlaceKind.QUARRY)
        shot("The Plan", "Called Off", "2020-09", "2020-09", status=Status.CANCELLED)
        db.session.commit()
        return {"State Railway": owner}


def names(client: FlaskClient, query: str) -> list[str]:
    """Answer the places listed for a question, by name."""
    page = read(client, f"/places?{query}")
    return re.findall(r'<h3><a class="place-name" href="[^"]+">([^<]+)</a>', page.html)


@pytest.mark.usefixtures("record")
def test_the_scouts_first_question_has_an_answer(client: FlaskClient) -> None:
    page = read(client, "/places?kind=railway&plays=alps&month=9&sure=certainly")
    for words in (
        "1 place fits",
        "Mountain Line",
        "The Train",
        "Plays Swiss Alps . Fight on a train",
        "Second unit",
        "State Railway gave permission",
        "Film Fund probably paid an incentive",
    ):
        assert words in page.words


def test_each_filter_narrows_by_itself(client: FlaskClient, record: dict[str, int]) -> None:
    everything = ["Called Off", "Mountain Line", "Old Quarry", "Via Roma"]
    assert names(client, "") == everything
    assert names(client, "kind=street") == ["Via Roma"]
    assert names(client, "country=NO") == everything[:3]
    assert names(client, "plays=ALPS") == ["Mountain Line"]
    assert names(client, "q=train") == ["Mountain Line"]
    assert names(client, "q=via") == ["Via Roma"]
    assert names(client, "unit=second") == ["Mountain Line"]
    assert names(client, f"partner={record['State Railway']}") == ["Mountain Line"]


@pytest.mark.usefixtures("record")
def test_a_date_is_asked_as_perhaps_or_certainly(client: FlaskClient) -> None:
    assert names(client, "when=September 2020") == ["Mountain Line", "Old Quarry"]
    assert names(client, "when=September 2020&sure=certainly") == ["Mountain Line"]
    assert names(client, "when=2020-01-01&sure=certainly") == ["Via Roma"]
    assert names(client, "month=9") == ["Mountain Line", "Old Quarry"]
    assert names(client, "month=9&sure=certainly") == ["Mountain Line"]
    # Over the turn of the year: December and January, and no month between them the other way round.
    assert [names(client, f"month={month}&country=IT") for month in (12, 1, 2, 7)] == [
        ["Via Roma"],
        ["Via Roma"],
        [],
        [],
    ]


@pytest.mark.usefixtures("record")
def test_what_was_called_off_is_no_precedent(client: FlaskClient) -> None:
    assert "Called Off" not in names(client, "when=September 2020")


@pytest.mark.usefixtures("record")
@SQLITE
def test_nothing_found_says_what_to_drop(client: FlaskClient) -> None:
    page = read(client, "/places?kind=railway&country=IT")
    assert "No place matches all of this." in page.words
    assert "Without “Railway”" in page.words
    assert "/places?country=IT" in page.links
    assert "/places?kind=railway" in page.links


@SQLITE
def test_a_date_that_cannot_be_read_is_told_at_its_field_and_kept(client: FlaskClient) -> None:
    answer = client.get("/places?when=31 September 2020&plays=alps")
    assert answer.status_code == 422
    assert 'value="31 September 2020"' in answer.text
    assert 'aria-invalid="true"' in answer.text


@SQLITE
@pytest.mark.parametrize("query", ["kind=castle", "month=13", "unit=third", "partner=x", "in_film=maybe"])
def test_a_value_that_is_none_is_refused_by_name(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/places?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[2] in answer.text


@SQLITE
def test_what_is_not_open_is_not_listed(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for privacy in (Privacy.OBSCURED, Privacy.PRIVATE):
            made = shot("The Villa", f"House {privacy.value}", "2020-05", "2020-05", plays="A villa")
            with change(db.session, by=None, comment="Hide"):
                hidden = db.session.get_one(Place, made.place_id)
                hidden.privacy = privacy
                publish(hidden)
        db.session.commit()
    assert "House" not in read(client, "/places?plays=villa").words
    assert "House" not in read(client, "/places").words


@SQLITE
def test_a_spoiler_is_found_by_its_words_only_once_the_film_is_out(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        shot("Old", "Long Out", "2020-05", "2020-05", plays="Secret lair", spoiler=2)
        coming = shot("New", "Not Yet", "2020-05", "2020-05", plays="Secret lair", spoiler=1)
        with change(db.session, by=None, comment="Release"):
            production = db.session.get_one(Production, coming.production_id)
            production.released = parse_bound("2199-01-01")
        db.session.commit()
    assert names(client, "plays=lair") == ["Long Out"]
    assert "Secret lair" not in read(client, "/places?q=Not Yet").words


@SQLITE
def test_what_is_in_the_film_and_what_was_cut_can_be_told_apart(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for name, value in (("Kept", InFilm.IN_THE_FILM), ("Gone", InFilm.CUT)):
            made = shot(f"Film {name}", name, "2020-05", "2020-05")
            with change(db.session, by=None, comment="Seen it"):
                made.in_film = value
        db.session.commit()
    assert names(client, "in_film=in_the_film") == ["Kept"]
    assert "Cut from the film" in read(client, "/places?in_film=cut").words


@SQLITE
def test_a_long_list_goes_on_page_by_page_and_keeps_the_question(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for number in range(53):
            place(db.session, f"Place {number:03}", 60.0, 8.0 + number / 100, country="NO")
        db.session.commit()
    first = names(client, "country=NO")
    page = read(client, "/places?country=NO")
    assert "53 places fit" in page.words
    (older,) = [link for link in page.links if "after=" in link]
    second = names(client, older.partition("?")[2])
    assert len(first) == 50
    assert first + second == [f"Place {number:03}" for number in range(53)]


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@SQLITE
def test_more_places_shoots_and_partners_ask_no_more_statements(app: Flask, client: FlaskClient) -> None:
    counts: dict[int, list[int]] = {}
    for size in (2, 9):
        with app.app_context():
            for number in range(size):
                made = shot(
                    f"Film {size} {number}", f"Place {size} {number}", "2020-05", "2020-05", plays="Alps"
                )
                helped(made, f"Council {number}", PartnerKind.MUNICIPALITY, Help.PERMISSION)
                same = place(db.session, "Everywhere", 61.0, 9.0, country="NO")
                there = shoot(db.session, db.session.get_one(Production, made.production_id), same)
                say(db.session, source(db.session, f"Note {size} {number}"), there, start="2020-05")
                helped(there, f"Council {number}", PartnerKind.MUNICIPALITY, Help.PERMISSION)
            db.session.commit()
            engine = db.engine
            address = f"/places/{same.id}-{same.slug}"
            partner = helped(made, "Council 0", PartnerKind.MUNICIPALITY, Help.PERMISSION)
            db.session.commit()
        counts[size] = []
        for page in (
            "/places?plays=alps",
            address,
            f"{address}?as_of=2024-01-01",
            f"/partners/{partner}-council-0",
        ):
            with counted(engine) as sent:
                assert client.get(page).status_code == 200
            counts[size].append(len(sent))
    assert counts[2] == counts[9]
    assert max(counts[9]) <= 14
