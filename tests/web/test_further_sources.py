""" "I have one": a further source for a sighting that waits raises what it will be graded."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import moderator, owner, stranger
from tests.web.visitors import Visitor, seen, signed_in, value_of
from tracker.accounts.operations import find_user
from tracker.extensions import db
from tracker.foundation.dates import parse_period
from tracker.productions.models import Grade, Shoot
from tracker.sightings.models import Sighting
from tracker.sightings.moderation import accept
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import Source, SourceKind

PAPER, TOWN = "https://example.org/news/1", "https://rauma.example.org/film"


@pytest.fixture(autouse=True)
def sighting(app: Flask) -> int:
    with app.app_context():
        ingrid = owner(db.session)
        stranger(db.session), moderator(db.session)
        draft = SightingDraft(
            production_title="Inception", place_text="Rauma", period=parse_period("2009"), address=PAPER
        )
        number = submit(db.session, draft, by=ingrid).id
        db.session.commit()
        return number


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    return signed_in(app, "Ingrid")


def test_a_source_that_is_added_raises_the_grade_before_and_after_the_decision(
    app: Flask, ingrid: Visitor, sighting: int
) -> None:
    before = seen(ingrid.get(f"/sightings/{sighting}"))
    assert "Grade D once accepted." in before and "I have one" in before
    answer = ingrid.post(
        f"/sightings/{sighting}/sources", address=TOWN, kind="municipality", quote="We close the road."
    )
    assert answer.status_code == 303
    after = seen(ingrid.get(f"/sightings/{sighting}"))
    assert "Grade A once accepted." in after
    assert "Municipality" in after and "“We close the road.”" in after
    desk = seen(signed_in(app, "Solveig").get(f"/moderation/{sighting}"))
    assert TOWN in desk and "Grade A" in desk
    with app.app_context():
        boss = find_user(db.session, "Solveig")
        assert boss is not None
        waiting = db.session.get_one(Sighting, sighting)
        accept(db.session, waiting, by=boss, kind=SourceKind.TRADE_PRESS)
        db.session.commit()
        assert db.session.scalars(select(Shoot)).one().grade is Grade.A
        assert {source.address for source in db.session.scalars(select(Source))} == {PAPER, TOWN}


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("", 422, "Write the link of the source."),
        ("javascript:alert(1)", 422, "javascript"),
        (PAPER, 409, "This sighting has"),
    ],
)
def test_what_cannot_be_added_is_said_and_kept(
    ingrid: Visitor, sighting: int, address: str, status: int, sentence: str
) -> None:
    page = ingrid.post(f"/sightings/{sighting}/sources", address=address, kind="permit", quote="Words.")
    assert page.status_code == status
    assert sentence in seen(page)
    assert value_of(page, "quote") == "Words."


def test_nobody_else_adds_to_it(app: Flask, sighting: int) -> None:
    for name in ("Marcello", "Solveig"):
        answer = signed_in(app, name).post(f"/sightings/{sighting}/sources", address=TOWN, kind="permit")
        assert answer.status_code == 404
