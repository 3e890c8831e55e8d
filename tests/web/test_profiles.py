"""Profiles: numbers for everybody, places only of what became part of the record."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import PASSWORD, moderator, owner
from tests.web.visitors import Visitor, seen, signed_in
from tracker.accounts.operations import find_user
from tracker.extensions import db
from tracker.foundation.dates import parse_period
from tracker.people.leaving import delete_account
from tracker.sightings.models import Reason
from tracker.sightings.moderation import accept, reject
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import SourceKind

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def fill(app: Flask) -> None:
    """Let Ingrid send in four sightings: two accepted, one turned down, one waiting."""
    with app.app_context():
        ingrid, solveig = owner(db.session), moderator(db.session)
        for number, where in enumerate(("Rauma", "Stranda", "Ann Lee's house", "Secret Bay")):
            draft = SightingDraft(production_title="A Film", place_text=where, period=parse_period("2020"))
            sighting = submit(db.session, draft, by=ingrid)
            if number < 2:
                accept(db.session, sighting, by=solveig, kind=SourceKind.EYEWITNESS_MEDIA)
            elif number == 2:
                reject(db.session, sighting, by=solveig, reason=Reason.SOMEONES_HOME, words="A home.")
        db.session.commit()


def test_a_profile_counts_what_was_decided_and_names_only_what_was_accepted(app: Flask) -> None:
    fill(app)
    for visitor in (Visitor(app), signed_in(app, "Solveig"), signed_in(app, "Ingrid")):
        page = seen(visitor.get("/users/Ingrid"))
        for told in (
            "sightings accepted 2",
            "2 of 3 that were decided 67 %",
            "turned down 1",
            "waiting 1",
            "Rauma",
            "Stranda",
        ):
            assert told in page, told
        assert "Ann Lee" not in page
        assert "Secret Bay" not in page


@SQLITE
def test_the_name_is_found_however_it_is_spelt_and_an_unknown_one_is_said(app: Flask) -> None:
    fill(app)
    assert Visitor(app).get("/users/INGRID").status_code == 200
    assert Visitor(app).get("/users/Nobody").status_code == 404


@SQLITE
def test_who_contributed_nothing_has_an_empty_page(app: Flask) -> None:
    Visitor(app).post("/sign-up", name="Kari", password=PASSWORD)
    page = seen(Visitor(app).get("/users/Kari"))
    assert "Nothing contributed yet" in page
    assert "%" not in page


def test_after_a_deletion_profile_feed_and_changes_are_gone_and_the_history_names_nobody(app: Flask) -> None:
    fill(app)
    with app.app_context():
        user = find_user(db.session, "Solveig")
        assert user is not None
        delete_account(db.session, user, password=PASSWORD)
        db.session.commit()
    visitor = Visitor(app)
    gone = ("/users/Solveig", "/users/Solveig/changes", "/changes.atom?author=Solveig")
    assert [visitor.get(one).status_code for one in gone] == [404, 404, 404]
    assert visitor.get("/users/Former contributor").status_code == 410
    page = visitor.get("/changes")
    assert "Former contributor" in seen(page)
    assert "Solveig" not in page.text
    assert 'href="/users/Former' not in page.text
    assert "Solveig" not in visitor.get("/changes.atom").text
