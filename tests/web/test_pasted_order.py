"""What a text says of the order, from the paste to the order citation that the route rests on."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import moderator, owner, stranger
from tests.web.test_pasted_text import filled, send
from tests.web.texts import TRAIN
from tests.web.visitors import Visitor, seen, signed_in
from tracker.accounts.operations import find_user
from tracker.extensions import db
from tracker.productions.evidence import OrderCitation, Relation
from tracker.productions.models import Shoot
from tracker.sightings.models import Reason, Sighting
from tracker.sightings.moderation import accept, reject
from tracker.sightings.orders import SightingOrder
from tracker.sources.models import Source, SourceKind

POST = "https://www.instagram.com/p/CF8xQ1zHn2k/"
SAYS = "He confirmed that the team is now headed to Roma."


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    with app.app_context():
        owner(db.session), stranger(db.session), moderator(db.session)
        db.session.commit()


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    return signed_in(app, "Ingrid")


def save_all(visitor: Visitor, *, order: bool = True) -> str:
    """Paste the text, take Rome and save; answer where the browser is sent."""
    page = visitor.post("/sightings/reading", text=TRAIN, address=POST, title="Mission: Impossible 7")
    fields = filled(page)
    if not order:
        fields.poplist("order")
    rome = re.search(r'name="take"\s+value="(where-\d+)"\s+data-tick="\1">', page.text)
    assert rome is not None
    fields.add("take", rome[1])
    answer = send(visitor, fields)
    assert answer.status_code == 303, seen(answer)
    return answer.headers["Location"]


def decide(app: Flask, name: str, *, yes: bool = True) -> None:
    with app.app_context():
        boss = find_user(db.session, "Solveig")
        assert boss is not None
        sighting = db.session.scalars(select(Sighting).where(Sighting.place_name == name)).one()
        if yes:
            accept(db.session, sighting, by=boss, kind=SourceKind.OFFICIAL_POST)
        else:
            reject(db.session, sighting, by=boss, reason=Reason.REPEATS, words="It is there.")
        db.session.commit()


def cited(session: Session) -> list[tuple[str, str, str, str]]:
    """Answer the order citations: place, relation, other place, words."""
    found = []
    for order in session.scalars(select(OrderCitation).order_by(OrderCitation.id)):
        own, other = (session.get_one(Shoot, number) for number in (order.shoot_id, order.other_id))
        names = [
            session.scalar(select(Sighting.place_name).where(Sighting.shoot_id == shoot.id))
            for shoot in (own, other)
        ]
        assert session.get_one(Source, order.source_id).address == POST
        found.append((names[0] or "", order.relation.value, names[1] or "", order.words))
    return found


def test_the_text_is_read_for_what_comes_next(ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/reading", text=TRAIN)
    assert f"Comes next after Stranda and Rauma. “{SAYS}”" in seen(page)


def test_an_order_becomes_a_citation_once_both_ends_are_accepted(app: Flask, ingrid: Visitor) -> None:
    saved = save_all(ingrid)
    with app.app_context():
        assert len(db.session.scalars(select(SightingOrder)).all()) == 2
        assert cited(db.session) == []
    rome = re.findall(r"\d+", saved.partition("ids=")[2])[-1]
    assert f"Rome came next after Stranda. “{SAYS}”" in seen(ingrid.get(f"/sightings/{rome}"))
    assert f"Rome came next after Stranda. “{SAYS}”" in seen(
        signed_in(app, "Solveig").get(f"/moderation/{rome}")
    )

    decide(app, "Rome")
    with app.app_context():
        assert cited(db.session) == []
    decide(app, "Rauma")
    with app.app_context():
        assert cited(db.session) == [("Rome", Relation.NEXT.value, "Rauma", SAYS)]
    decide(app, "Stranda", yes=False)
    with app.app_context():
        assert cited(db.session) == [("Rome", Relation.NEXT.value, "Rauma", SAYS)]


def test_an_order_without_its_tick_is_left_out(app: Flask, ingrid: Visitor) -> None:
    save_all(ingrid, order=False)
    with app.app_context():
        assert db.session.scalars(select(SightingOrder)).all() == []


def test_the_order_decides_the_route_where_the_dates_do_not(app: Flask, ingrid: Visitor) -> None:
    save_all(ingrid)
    for name in ("Stranda", "Rauma", "Rome"):
        decide(app, name)
    route = ingrid.get("/productions/mission-impossible-7/route.json").get_json()
    clusters = [
        sorted(stop["place"]["name"] for stop in cluster["stops"])
        for cluster in route["lanes"][0]["clusters"]
    ]
    assert clusters == [["Rauma", "Stranda"], ["Rome"]]
    assert route["lanes"][0]["legs"][0]["planned"] is True
