"""On the page of a source only those who may change a citation are offered to."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import film, moderator, owner, place, shoot, source, stranger
from tests.web.visitors import seen, signed_in
from tracker.extensions import db
from tracker.history.recording import change
from tracker.productions.evidence import Citation
from tracker.productions.operations import CitationDraft, cite

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def test_change_is_offered_to_the_citer_and_to_moderators_alone(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        ingrid, report = owner(db.session), source(db.session, "Report")
        stranger(db.session), moderator(db.session)
        story = film(db.session)
        for name, by in (("Rauma", ingrid), ("Rome", None)):
            stop = shoot(db.session, story, place(db.session, name, 60, 10))
            with change(db.session, by=by, comment="Cite"):
                cite(db.session, stop, report, CitationDraft())
        address = f"/sources/{report.id}"
        own, other = db.session.scalars(select(Citation.id).order_by(Citation.id))
        db.session.commit()

    def offered(page: str) -> list[int]:
        return [number for number in (own, other) if f'href="/citations/{number}"' in page]

    assert offered(client.get(address).text) == []
    pages = {name: signed_in(app, name).get(address) for name in ("Ingrid", "Marcello", "Solveig")}
    assert {name: offered(page.text) for name, page in pages.items()} == {
        "Ingrid": [own],
        "Marcello": [],
        "Solveig": [own, other],
    }
    assert "Change what it says of Rauma" in seen(pages["Ingrid"])
