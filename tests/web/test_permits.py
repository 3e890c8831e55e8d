"""Permits without a title: on the map, in a list, and attributed to a film one by one or by a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import moderator, owner, place, source, stranger
from tests.web.visitors import Visitor, errors_in, seen, signed_in
from tracker.extensions import db
from tracker.foundation.dates import parse_period
from tracker.history.models import Change
from tracker.history.recording import change
from tracker.places.models import PlaceKind, Privacy
from tracker.productions.models import Grade, Production, Shoot, Status
from tracker.productions.operations import add_production
from tracker.sightings.attribution import Rule, attribute, unattributed
from tracker.sightings.unattributed import UnattributedPlace, UnattributedSighting
from tracker.sources.models import SourceKind

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
NEW_YORK = "bbox=-75,40,-73,41&zoom=9"


@pytest.fixture
def record(app: Flask) -> None:
    """Three permits in Brooklyn, which is an area, one at a pier, one at a place that is hidden."""
    with app.app_context():
        session = db.session
        owner(session), stranger(session), moderator(session)
        brooklyn = place(
            session, "Brooklyn", 40.65, -73.95, kind=PlaceKind.MUNICIPALITY, country="US", uncertainty_m=9000
        )
        pier = place(session, "Pier 59", 40.746, -74.01, kind=PlaceKind.BUILDING, uncertainty_m=80)
        house = place(session, "A house", 40.7, -74.0, kind=PlaceKind.BUILDING, privacy=Privacy.PRIVATE)
        list_ = source(session, "Film Permits", SourceKind.PERMIT)
        with change(session, by=None, comment="Import"):
            for number, where, days in (
                ("7001", brooklyn, "2019-03-09"),
                ("7002", brooklyn, "2019-03-13/2019-03-14"),
                ("7003", brooklyn, "2019-04-20"),
                ("7004", pier, "2019-03-20"),
                ("7005", house, "2019-03-20"),
            ):
                period = parse_period(days)
                one = UnattributedSighting(
                    source_id=list_.id,
                    number=number,
                    category="Film",
                    place_text=f"near {number} <b>St</b>",
                    start=period.start,
                    end=period.end,
                )
                session.add(one)
                session.flush()
                session.add(UnattributedPlace(sighting_id=one.id, place_id=where.id))
        session.commit()


@pytest.fixture
def ingrid(app: Flask, record: None) -> Iterator[Visitor]:
    assert record is None
    return iter([signed_in(app, "Ingrid")])


def view(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


@pytest.mark.usefixtures("record")
def test_the_map_counts_what_is_known_to_a_spot_apart_from_what_is_known_to_an_area(
    client: FlaskClient,
) -> None:
    told = view(client, f"/map/permits.json?{NEW_YORK}")
    assert (told["total"], told["exact"], told["approximate"]) == (4, 1, 3)
    brooklyn, pier = told["spots"]
    assert (brooklyn["n"], brooklyn["name"], brooklyn["within_m"]) == (3, "Brooklyn", 9000)
    assert brooklyn["url"] == "/permits?place=1"
    assert pier == {"n": 1, "lat": 40.746, "lon": -74.01, "name": "Pier 59", "url": "/permits?place=2"}
    assert view(client, "/map/permits.json?bbox=0,0,10,10&zoom=5")["total"] == 0


@pytest.mark.usefixtures("record")
def test_days_narrow_the_map_and_the_list(client: FlaskClient) -> None:
    march = "from=2019-03-10&to=2019-03-31"
    assert view(client, f"/map/permits.json?{NEW_YORK}&{march}")["total"] == 2
    listed = seen(client.get(f"/permits?place=1&{march}"))
    assert "1 permit at Brooklyn" in listed
    assert "Film 7002" in listed
    assert "7003" not in listed
    assert client.get("/permits?from=yesterday").status_code == 400
    assert client.get(f"/map/permits.json?{NEW_YORK}&from=2019-04-01&to=2019-03-01").status_code == 400


@pytest.mark.usefixtures("record")
def test_a_hidden_place_is_named_nowhere(client: FlaskClient) -> None:
    page = client.get("/permits")
    assert "A house" not in page.text
    assert client.get("/permits?place=3").status_code == 404
    assert "&lt;b&gt;St&lt;/b&gt;" in page.text


@pytest.mark.usefixtures("record")
def test_the_map_offers_permits_only_where_there_are_some(app: Flask, client: FlaskClient) -> None:
    assert 'data-permits="/map/permits.json"' in client.get("/map").text
    with app.app_context():
        with change(db.session, by=None, comment="Attribute all"):
            film = add_production(db.session, title="A Film")
            attribute(db.session, unattributed(db.session, Rule()), film)
        db.session.commit()
    assert "data-permits" not in client.get("/map").text


def test_a_rule_is_previewed_attributed_and_taken_back(app: Flask, ingrid: Iterator[Visitor]) -> None:
    visitor = next(ingrid)
    rule = {"title": "The Long Train", "year": "2020", "place": "Brooklyn", "last": "2019-03-31"}
    shown = visitor.post("/permits/attribution", **rule, action="look")
    assert "2 permits fit. Nothing is saved yet." in seen(shown)
    # What has changed since it was shown is shown again before anything is saved.
    assert "2 permits fit." in seen(
        visitor.post("/permits/attribution", **rule, action="attribute", seen="3")
    )
    done = visitor.post("/permits/attribution", **rule, action="attribute", seen="2")
    assert done.status_code == 303
    with app.app_context():
        film = db.session.scalars(select(Production)).one()
        assert (film.title, film.year) == ("The Long Train", 2020)
        shoots = db.session.scalars(select(Shoot)).all()
        assert {(s.status, s.grade) for s in shoots} == {(Status.PERMITTED, Grade.A)}
        assert len(shoots) == 2
        made = db.session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert made is not None
        assert made.comment == "Attributed permits to The Long Train"
    page = visitor.get(done.headers["Location"])
    assert "The Long Train, 2 permits." in seen(page)
    assert view(visitor.client, f"/map/permits.json?{NEW_YORK}")["total"] == 2
    back = visitor.post(f"{done.headers['Location']}/undo")
    assert back.status_code == 303
    assert "Permit without a title" in seen(visitor.get(back.headers["Location"]))
    with app.app_context():
        assert db.session.scalars(select(Shoot)).all() == []
        left = select(UnattributedSighting).where(UnattributedSighting.production_id.is_(None))
        assert len(db.session.scalars(left).all()) == 5
    assert visitor.post(f"{done.headers['Location']}/undo").status_code == 409


def test_ticked_permits_are_attributed_alone(app: Flask, ingrid: Iterator[Visitor]) -> None:
    visitor = next(ingrid)
    page = visitor.get("/permits/attribution?permit=1&permit=4")
    assert "2 ticked" in seen(page)
    fields = {"title": "A Film", "permit": ["1", "4"], "action": "attribute", "seen": "2"}
    done = visitor.client.post("/permits/attribution", data={"csrf_token": visitor.token(), **fields})
    assert done.status_code == 303
    with app.app_context():
        taken = select(UnattributedSighting.number).where(UnattributedSighting.production_id.is_not(None))
        assert sorted(db.session.scalars(taken)) == ["7001", "7004"]


def test_what_cannot_be_attributed_is_said(ingrid: Iterator[Visitor]) -> None:
    visitor = next(ingrid)
    page = visitor.post("/permits/attribution", title="A Film", action="look")
    assert page.status_code == 422
    assert "tick some in the list, or write a condition" in seen(page)
    page = visitor.post("/permits/attribution", title="A Film", place="Nowhere", action="look")
    assert "No permit without a title fits." in seen(page)
    page = visitor.post("/permits/attribution", place="Brooklyn", year="20", first="soon", action="look")
    assert errors_in(page) == [
        "Write its title.",
        "Write the year in four digits, or leave it out.",
        "from='soon' is no day. Write it as 2019-03-31.",
    ]


def test_only_who_attributed_or_a_moderator_takes_it_back(app: Flask, ingrid: Iterator[Visitor]) -> None:
    visitor = next(ingrid)
    rule = {"title": "A Film", "place": "Pier 59"}
    done = visitor.post("/permits/attribution", **rule, action="attribute", seen="1")
    address = f"{done.headers['Location']}/undo"
    assert signed_in(app, "Marcello").post(address).status_code == 404
    assert signed_in(app, "Solveig").post(address).status_code == 303
