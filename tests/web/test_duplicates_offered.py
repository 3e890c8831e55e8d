"""What is there already is said while typing, and one's source is added to it at one press."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import film_case, moderator, owner
from tests.web.visitors import Visitor, seen, signed_in
from tracker.extensions import db
from tracker.productions.evidence import Citation
from tracker.sightings.models import Sighting
from tracker.sightings.offered import OfferedCitation
from tracker.sources.models import Source

FILM = "Mission: Impossible – Dead Reckoning Part One"
OURS = "https://example.org/we-saw-it"


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    with app.app_context():
        owner(db.session), moderator(db.session)
        film_case(db.session)
        db.session.commit()


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    return signed_in(app, "Ingrid")


def rauma(visitor: Visitor) -> str:
    """Answer the id under which Rauma in Norway is offered."""
    answer = visitor.client.get("/geocode/candidates", query_string={"q": "Rauma", "title": FILM}).get_json()
    return str(next(row["id"] for row in answer["candidates"] if row["country"] == "NO"))


def fields(visitor: Visitor, **changes: str) -> dict[str, str]:
    typed = {
        "title": FILM,
        "place": "Rauma",
        "when": "September 2020",
        "candidate": rauma(visitor),
        "offered_for": "Rauma",
    }
    return typed | changes


def asked(visitor: Visitor, **typed: str) -> Any:
    return visitor.client.get("/sightings/duplicates.json", query_string=typed).get_json()["found"]


def test_the_shoot_that_is_there_is_told_while_typing(ingrid: Visitor) -> None:
    found = asked(ingrid, **fields(ingrid))
    assert found["name"].startswith("Rauma, ")
    assert found["why"].startswith("Same production, ")
    assert asked(ingrid, **fields(ingrid, when="May 2031")) is None
    assert asked(ingrid, **fields(ingrid, title="Dune")) is None
    assert asked(ingrid) is None


def test_a_link_that_is_a_source_already_is_told_whatever_else_is_typed(app: Flask, ingrid: Visitor) -> None:
    with app.app_context():
        known = db.session.scalars(select(Source.address).where(Source.address.is_not(None))).first()
    assert known is not None
    assert asked(ingrid, address=known)["why"] == "The same link is a source of this stop already."
    assert asked(ingrid, address="https://example.org/unknown") is None
    assert asked(ingrid, address="javascript:alert(1)") is None


def test_adding_the_source_makes_no_second_entry(app: Flask, ingrid: Visitor) -> None:
    typed = fields(ingrid, address=OURS, status="confirmed", shown_when="September 2020")
    answer = ingrid.post("/sightings/new", **typed, **{"as": "add"})
    assert answer.status_code == 303
    assert "Saved: thank you for the source." in seen(ingrid.get(answer.headers["Location"]))
    with app.app_context():
        assert db.session.scalars(select(Sighting)).all() == []
        offered = db.session.scalars(select(OfferedCitation)).one()
        assert offered.source["address"] == OURS


def test_another_shoot_is_an_entry_of_its_own(app: Flask, ingrid: Visitor) -> None:
    typed = fields(ingrid, address=OURS, status="confirmed", shown_when="September 2020")
    assert ingrid.post("/sightings/new", **typed, **{"as": "another"}).status_code == 303
    with app.app_context():
        assert len(db.session.scalars(select(Sighting)).all()) == 1
        assert db.session.scalars(select(OfferedCitation)).all() == []


def test_a_moderators_source_counts_at_once_and_the_same_link_twice_is_refused(app: Flask) -> None:
    solveig = signed_in(app, "Solveig")
    typed = fields(solveig, address=OURS, status="confirmed", shown_when="September 2020")
    assert solveig.post("/sightings/new", **typed, **{"as": "add"}).status_code == 303
    with app.app_context():
        source = db.session.scalars(select(Source).where(Source.address == OURS)).one()
        assert len(db.session.scalars(select(Citation).where(Citation.source_id == source.id)).all()) == 1
    again = solveig.post("/sightings/new", **typed, **{"as": "add"})
    assert again.status_code == 409
    assert "supports this stop already" in seen(again)
