"""The draft of the form on the server: its writer's alone, newest first, gone once it is saved or too old."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.cast import owner, stranger
from tests.web.visitors import Visitor, signed_in
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.sightings.drafts import MOST_CHARACTERS, KeptDraft

FIELDS = [["title", "Inception"], ["place", "Rauma"], ["take", "where-1"], ["take", "where-9"]]


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    with app.app_context():
        owner(db.session), stranger(db.session)
        db.session.commit()


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    return signed_in(app, "Ingrid")


def keep(visitor: Visitor, body: Any, *, token: str | None = None) -> TestResponse:
    headers = {"X-CSRFToken": visitor.token() if token is None else token}
    return visitor.client.post("/sightings/draft/changes", json=body, headers=headers)


def found(visitor: Visitor) -> Any:
    return visitor.get("/sightings/draft").get_json()["fields"]


def test_a_draft_comes_back_as_it_was_and_no_proxy_keeps_it(ingrid: Visitor) -> None:
    kept = keep(ingrid, {"fields": [*FIELDS, ["csrf_token", "secret"]], "began": 0})
    assert (kept.status_code, kept.headers["Cache-Control"]) == (200, "no-store")
    assert kept.get_json()["fields"] == []
    answer = ingrid.get("/sightings/draft")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["fields"] == FIELDS
    assert answer.get_json()["saves"] == 1


def test_nobody_else_sees_it_or_throws_it_away(app: Flask, ingrid: Visitor) -> None:
    keep(ingrid, {"fields": FIELDS, "began": 0})
    other = signed_in(app, "Marcello")
    assert found(other) == []
    other.post("/sightings/draft/removal")
    assert found(ingrid) == FIELDS
    assert Visitor(app).get("/sightings/draft").status_code == 303


def test_without_the_forms_token_nothing_is_kept(ingrid: Visitor) -> None:
    assert keep(ingrid, {"fields": FIELDS, "began": 0}, token="wrong").status_code == 400
    assert found(ingrid) == []


def test_the_newer_of_two_browsers_wins_and_is_told(ingrid: Visitor) -> None:
    first = keep(ingrid, {"fields": FIELDS, "began": 0}).get_json()
    assert first["overtaken"] is None
    assert keep(ingrid, {"fields": FIELDS, "began": 1}).get_json()["overtaken"] is None
    late = keep(ingrid, {"fields": [["title", "Dune"]], "began": 1}).get_json()
    assert late["overtaken"] is not None
    assert found(ingrid) == [["title", "Dune"]]


def test_saving_the_sighting_takes_its_draft_away(ingrid: Visitor) -> None:
    keep(ingrid, {"fields": FIELDS, "began": 0})
    saved = ingrid.post(
        "/sightings/new",
        title="Inception",
        place="Rauma",
        when="2009",
        status="confirmed",
        candidate="no-pin",
        offered_for="Rauma",
        shown_when="2009",
    )
    assert saved.status_code == 303
    assert found(ingrid) == []


def test_a_draft_that_is_too_old_is_gone(app: Flask, ingrid: Visitor) -> None:
    keep(ingrid, {"fields": FIELDS, "began": 0})
    with app.app_context():
        draft = db.session.scalars(select(KeptDraft)).one()
        draft.expires_at = now() - timedelta(seconds=1)
        db.session.commit()
    assert found(ingrid) == []
    keep(signed_in(app, "Marcello"), {"fields": FIELDS, "began": 0})
    with app.app_context():
        assert len(db.session.scalars(select(KeptDraft)).all()) == 1


@pytest.mark.parametrize(
    "body",
    [None, [], {"fields": "x"}, {"fields": [["a"]]}, {"fields": [["a", 1]]}, {"fields": [[["a"], "b"]]}],
)
def test_what_is_no_draft_is_refused(ingrid: Visitor, body: Any) -> None:
    assert keep(ingrid, body).status_code == 400
    assert found(ingrid) == []


def test_what_no_form_can_hold_is_refused_with_the_reason(ingrid: Visitor) -> None:
    answer = keep(ingrid, {"fields": [["text", "x" * MOST_CHARACTERS]], "began": 0})
    assert answer.status_code == 422
    assert answer.get_json()["error"].startswith("This draft is too long to be kept.")


def test_hostile_words_in_a_draft_stay_words(ingrid: Visitor) -> None:
    words = "</script><img src=x onerror=alert(1)>{{7*7}}\u202e\0"
    keep(ingrid, {"fields": [["note", words]], "began": 0})
    answer = ingrid.get("/sightings/draft")
    assert answer.mimetype == "application/json"
    assert answer.get_json()["fields"] == [["note", words.replace("\0", "")]]


def test_signed_out_the_form_can_be_filled_in_but_not_saved(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.get("/sightings/new")
    assert page.status_code == 200
    assert 'href="/sign-in?next=/sightings/new"' in page.text
    answer = visitor.post(
        "/sightings/new",
        title="Inception",
        place="Rauma",
        when="2009",
        status="confirmed",
        candidate="no-pin",
        offered_for="Rauma",
        shown_when="2009",
    )
    assert answer.status_code == 403
    assert "Sign in before you save." in answer.text
    assert 'value="Inception"' in answer.text
