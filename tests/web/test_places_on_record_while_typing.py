"""Places of the record while one is typed, on either database: by their beginning, told by what is public."""

from __future__ import annotations

from flask import Flask

from tests.cast import film, owner, place, shoot
from tests.web.visitors import signed_in
from tracker.extensions import db
from tracker.places.models import Privacy


def test_places_on_record_are_found_by_the_beginning_of_their_name(app: Flask) -> None:
    with app.app_context():
        owner(db.session)
        ranch = place(db.session, "Øvre Qzxv 100% Ranch", 34.1, -118.8, kind="studio", country="US")
        place(db.session, "Øvre Qzxv Home", 34.0312, -118.7654, country="US", privacy=Privacy.OBSCURED)
        place(db.session, "Øvre Qzxv Villa", 34.0312, -118.7654, country="US", privacy=Privacy.PRIVATE)
        shoot(db.session, film(db.session, "One"), ranch)
        db.session.commit()
    ingrid = signed_in(app, "Ingrid")
    answer = ingrid.get("/geocode/candidates?q=ovre qzxv")
    assert answer.json is not None
    assert [(row["name"], row["lat"], row["why"]) for row in answer.json["candidates"]] == [
        ("Øvre Qzxv Home", 34.1, "Already in the record; shown as a grid cell"),
        ("Øvre Qzxv 100% Ranch", 34.1, "Already in the record, 1 shoot"),
    ]
    whole = ingrid.get("/geocode/candidates?q=øvre qzxv 100% ranch")
    assert whole.json is not None
    assert whole.json["preselected"] == whole.json["candidates"][0]["id"]
