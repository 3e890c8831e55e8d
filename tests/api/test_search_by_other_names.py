"""The API's search knows places by the names that only the gazetteer has, as the page's search does."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film_case, place
from tracker.extensions import db
from tracker.places.models import PlaceKind, Privacy

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def test_roma_is_rome_and_what_is_private_is_not_found(
    app: Flask, client: FlaskClient, gazetteer_path: Path
) -> None:
    assert gazetteer_path.is_file()
    with app.app_context():
        film_case(db.session)
        place(db.session, "Milan", 45.46, 9.19, kind=PlaceKind.TOWN, country="IT", privacy=Privacy.PRIVATE)
        db.session.commit()

    def found(words: str) -> list[str]:
        answer = client.get(f"/api/v1/search?q={words}")
        assert answer.status_code == 200
        return [one["name"] for one in answer.get_json()["places"]]

    assert found("Roma") == ["Rome"]
    assert found("Venezia")[0] == "Piazza Venezia"
    assert "Venice" in found("Venezia")
    assert found("Milano") == []
