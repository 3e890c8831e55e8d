"""The live delay as visitors meet it: the municipality first, the exact place by itself afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import film, moderator, owner
from tests.serving import application
from tests.web.visitors import Visitor, seen, signed_in
from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.clock import now, today
from tracker.foundation.dates import parse_period
from tracker.foundation.geo import Point
from tracker.history.recording import change
from tracker.places.models import PlaceKind
from tracker.places.operations import PlaceDraft
from tracker.sightings.models import Sighting
from tracker.sightings.operations import SightingDraft, submit

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
STATION = PlaceDraft(
    name="Åndalsnes stasjon",
    kind=PlaceKind.STATION,
    country="NO",
    point=Point(62.55219, 7.70894),
    uncertainty_m=50,
)
PAGES = (
    "/productions/the-train",
    "/productions/the-train/route.json",
    "/productions/the-train.geojson",
    "/productions/the-train.csv",
    "/productions/the-train.gpx",
    "/map/cells.json?bbox=-180,-85,180,85&zoom=9",
    "/places",
    "/changes",
    "/api/v1/places",
)


@pytest.fixture
def site(settings: Settings) -> Iterator[Flask]:
    """The application that looks before each request, and a sighting of today that waits."""
    with application(replace(settings, seconds_between_looks=0)) as (app, _):
        with app.app_context():
            ingrid = owner(db.session)
            moderator(db.session)
            draft = SightingDraft(
                production_title="The Train",
                production=film(db.session, "The Train"),
                place_text="stasjon",
                place=STATION,
                period=parse_period(today().isoformat()),
                seen_by_sender=True,
                address="https://social.example/stasjon",
            )
            submit(db.session, draft, by=ingrid)
            db.session.commit()
        yield app


@pytest.mark.usefixtures("gazetteer_path")
def test_the_municipality_shows_until_the_delay_is_over_and_the_place_by_itself_afterwards(
    site: Flask,
) -> None:
    solveig, visitor = signed_in(site, "Solveig"), Visitor(site)
    told = solveig.post("/moderation/1/decision", action="accept", kind="eyewitness_media")
    assert told.status_code == 303
    assert "It is happening now: its exact place shows from" in seen(solveig.get("/moderation/1"))
    before = {address: visitor.get(address) for address in PAGES}
    for address, answer in before.items():
        assert not [part for part in ("62.552", "7.708", "7.709", "stasjon") if part in answer.text], address
    assert "Rauma" in before["/productions/the-train"].text
    [stop] = before["/productions/the-train/route.json"].json["lanes"][0]["clusters"][0]["stops"]  # type: ignore[index]
    assert (stop["place"]["name"], stop["place"]["kind"], stop["grade"]) == ("Rauma", "municipality", "C")

    with site.app_context():
        sighting = db.session.get_one(Sighting, 1)
        with change(db.session, by=None, comment="The clock has moved on"):
            sighting.exact_from = now() - timedelta(seconds=1)
        db.session.commit()
    for address, answer in before.items():
        again = visitor.client.get(address, headers={"If-None-Match": answer.headers.get("ETag", "")})
        assert again.status_code == 200, address
        assert "Åndalsnes stasjon" in again.text or "62.552" in again.text, address
    assert "The delay of sighting 1 is over" in seen(visitor.get("/changes"))
