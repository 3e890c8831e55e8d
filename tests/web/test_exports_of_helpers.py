"""Downloads tell who helped and what is in the film, and a place's also what was known on a past day."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film_case, say, source
from tracker.extensions import db
from tracker.history.recording import change
from tracker.productions.evidence import Manner
from tracker.productions.models import InFilm
from tracker.productions.partnering import PartnerDraft, RoleDraft, add_role, find_or_add_partner
from tracker.productions.partners import Help, PartnerKind

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
FILM = "/productions/mission-impossible-dead-reckoning-part-one"


def rows_in(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv"), answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def helped(app: Flask) -> str:
    """Let Rauma's municipality have permitted a shoot that is in the film; answer the place's address."""
    with app.app_context():
        case = film_case(db.session)
        stop = case.shoots["Rauma"]
        draft = PartnerDraft(name="Rauma municipality", kind=PartnerKind.MUNICIPALITY, country="NO")
        with change(db.session, by=None, comment="Thanks"):
            partner = find_or_add_partner(db.session, draft)
            how = RoleDraft(help=Help.PERMISSION, manner=Manner.IMPLIES)
            add_role(db.session, partner, case.production, how, shoot=stop, source=case.post)
        say(
            db.session,
            source(db.session, "The film", published="2023"),
            stop,
            None,
            in_film=InFilm.IN_THE_FILM,
        )
        db.session.commit()
        return f"/places/{stop.place_id}-rauma"


def test_who_helped_and_whether_it_is_in_the_film_travel_along(app: Flask, client: FlaskClient) -> None:
    address = helped(app)
    (row,) = rows_in(client, f"{address}.csv")
    thanks = "Rauma municipality (probably gave permission)"
    assert (row["in_film"], row["partners"]) == ("in_the_film", thanks)
    (feature,) = json.loads(client.get(f"{address}.geojson?download=1").text)["features"]
    assert feature["properties"]["in_film"] == "in_the_film"
    assert [one["name"] for one in feature["properties"]["partners"]] == ["Rauma municipality"]
    (work,) = json.loads(client.get(f"{address}.jsonld").text)["@graph"]
    assert work["contributor"][0]["contributor"]["name"] == "Rauma municipality"
    by_film = {row["place"]: row["partners"] for row in rows_in(client, f"{FILM}.csv")}
    assert by_film["Rauma"] == thanks
    assert by_film["Rome"] == ""


def test_a_places_file_of_a_past_day_tells_what_was_known_then(app: Flask, client: FlaskClient) -> None:
    address = helped(app)
    (now,) = rows_in(client, f"{address}.csv")
    (then,) = rows_in(client, f"{address}.csv?as_of=2020-10-05")
    assert (now["start"], then["start"]) == ("2020-08/2020-10", "")
    assert (then["in_film"], then["grade"]) == ("", "B")
    assert rows_in(client, f"{address}.csv?as_of=2019-01-01") == []
    assert client.get(f"{address}.csv?as_of=soon").status_code == 400
