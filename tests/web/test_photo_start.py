"""A sighting from a photo, without scripts: the question, the filled form, what is kept of either answer."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import cast
from tests.photos.making import bomb, picture, saved, telling_jpeg
from tests.photos.test_pictures import TELLING
from tests.web.visitors import Visitor, checked_in, seen, signed_in, value_of
from tracker.extensions import db
from tracker.productions.photos import Photo, PhotoRole, PhotoState
from tracker.sightings.models import Sighting

pytestmark = [
    pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("gazetteer_path"),
]
QUESTION = "Use the date and point in this photo? Both are removed from what we publish."


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    with app.app_context():
        cast.film_case(db.session)
        cast.owner(db.session), cast.stranger(db.session), cast.moderator(db.session)
        db.session.commit()
    return signed_in(app, "Ingrid")


def upload(who: Visitor, *pictures: bytes, **said: Any) -> TestResponse:
    """Choose pictures on the form and press the button."""
    files = [(io.BytesIO(content), f"IMG_{number}.jpg") for number, content in enumerate(pictures)]
    fields = {"csrf_token": who.token(), "title": "MI7", **said, "photos": files}
    return who.client.post("/sightings/photos", data=fields, content_type="multipart/form-data")


def tokens_in(page: TestResponse) -> list[str]:
    return re.findall(r'name="photo" value="([^"]+)"', page.text)


def form_in(page: TestResponse) -> dict[str, Any]:
    """Answer what a browser would send of the page."""
    names = ("title", "place", "when", "lat", "lon", "offered_for", "shown_when", "photo_author")
    return {name: value_of(page, name) for name in names} | {
        "photo": tokens_in(page),
        "photo_use": checked_in(page, "photo_use"),
        "candidate": checked_in(page, "candidate"),
        "status": "confirmed",
        "photo_licence": "cc-by-4.0",
    }


def send(who: Visitor, address: str, fields: dict[str, Any]) -> TestResponse:
    return who.client.post(address, data={"csrf_token": who.token(), **fields})


def folder(app: Flask) -> Path:
    return Path(app.config["SETTINGS"].uploads_path)


def waiting_files(app: Flask) -> list[Path]:
    return [file for file in folder(app).glob(".waiting/*/*/*") if file.is_file()]


def answered(who: Visitor, answer: str) -> TestResponse:
    """Upload a photo and answer the question; answer the form that comes back."""
    asked = upload(who, telling_jpeg())
    assert QUESTION in seen(asked)
    return send(who, "/sightings/photos", {**form_in(asked), "photo_use": answer})


def stored(app: Flask) -> tuple[Sighting, Photo]:
    with app.app_context():
        sighting = db.session.scalars(select(Sighting)).one()
        photo = db.session.scalars(select(Photo)).one()
        return sighting, photo


def test_yes_fills_date_pin_and_the_name_of_the_place_and_the_saved_photo_keeps_them(
    app: Flask, ingrid: Visitor
) -> None:
    page = answered(ingrid, "yes")
    form = form_in(page)
    assert (form["when"], form["lat"], form["lon"]) == ("5 September 2020", "62.56750", "7.68700")
    assert form["place"] and form["title"] == "MI7"
    assert (form["candidate"], form["shown_when"]) == ("own-pin", form["when"])
    assert "Means: Saturday, 5 September 2020" in seen(page)
    said = {**form, f"photo-alt-{form['photo'][0]}": "A train on a bridge"}
    done = send(ingrid, "/sightings/new", said)
    assert done.status_code == 303
    sighting, photo = stored(app)
    assert sighting.place_lat == pytest.approx(62.5675, abs=1e-4)
    assert sighting.start.earliest == date(2020, 9, 5)
    assert (photo.state, photo.place_id, photo.role) == (PhotoState.PENDING, None, PhotoRole.THEN)
    assert (photo.author, photo.licence.value, photo.alt) == ("Ingrid", "cc-by-4.0", "A train on a bridge")
    assert (photo.lat, photo.lon) == pytest.approx((62.5675, 7.687), abs=1e-5)
    assert (photo.uncertainty_m, photo.heading, photo.taken.edtf) == (13, 225.0, "2020-09-05")
    assert waiting_files(app) == []
    published = [file for file in folder(app).rglob("*") if file.is_file()]
    assert len(published) == 3 and not any(TELLING.search(file.read_bytes()) for file in published)


@pytest.mark.parametrize("answer", ["no", ""])
def test_no_or_no_answer_uses_neither_and_keeps_neither(app: Flask, ingrid: Visitor, answer: str) -> None:
    page = answered(ingrid, answer)
    form = form_in(page)
    assert (form["when"], form["lat"], form["place"]) == ("", "", "")
    said = {
        **form,
        "place": "Rome",
        "when": "2020",
        "candidate": "no-pin",
        "offered_for": "Rome",
        "shown_when": "2020",
    }
    assert send(ingrid, "/sightings/new", said).status_code == 303
    sighting, photo = stored(app)
    assert (sighting.place_lat, sighting.start.edtf) == (None, "2020")
    assert (photo.lat, photo.heading, photo.taken.edtf) == (None, None, "")


def test_what_was_typed_already_is_not_replaced(ingrid: Visitor) -> None:
    asked = upload(ingrid, telling_jpeg(), when="early Sept 2020", place="By the bridge")
    page = send(ingrid, "/sightings/photos", {**form_in(asked), "photo_use": "yes"})
    form = form_in(page)
    assert (form["when"], form["place"], form["lat"]) == ("early Sept 2020", "By the bridge", "62.56750")


def test_several_photos_tell_their_days_together(ingrid: Visitor) -> None:
    page = upload(ingrid, telling_jpeg(), telling_jpeg(shade=9, taken="2020:09:08 09:00:00"))
    assert "Use the date and point in these photos?" in seen(page)
    assert "Taken 5 September 2020 to 8 September 2020." in seen(page)
    far = upload(ingrid, telling_jpeg(), telling_jpeg(shade=9, point=(41.9, 12.5)))
    assert "taken in different places: the point of the first is meant here" in seen(far)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"point": (0.0, 0.0)}, "it did not know where it was"),
        ({"taken": "2031:05:03 10:00:00"}, "3 May 2031, which is still to come"),
        ({"taken": "0000:00:00 00:00:00", "point": None}, "clock was not set"),
    ],
)
def test_what_the_camera_got_wrong_is_told_and_the_photo_is_kept(
    ingrid: Visitor, written: dict[str, Any], said: str
) -> None:
    page = upload(ingrid, telling_jpeg(**written))
    assert said in seen(page) and len(tokens_in(page)) == 1


def test_a_photo_that_tells_nothing_asks_nothing(ingrid: Visitor) -> None:
    page = upload(ingrid, saved(picture()))
    assert "removed from what we publish" not in seen(page) and len(tokens_in(page)) == 1


def test_what_cannot_be_read_is_told_by_name_and_nothing_typed_or_sent_is_lost(ingrid: Visitor) -> None:
    whole = telling_jpeg()
    page = upload(
        ingrid, b"<html><script>alert(1)</script>", whole, whole[: len(whole) // 2], bomb(), place="Bridge"
    )
    words = seen(page)
    assert "IMG_0.jpg: This is no JPEG, PNG or WebP picture" in words
    assert "IMG_2.jpg: The picture breaks off" in words
    assert "IMG_3.jpg: The picture has 9,000 × 9,000 pixels" in words
    assert len(tokens_in(page)) == 1 and value_of(page, "place") == "Bridge"


def test_the_same_photo_twice_is_kept_once_and_a_seventh_is_left_out(ingrid: Visitor) -> None:
    page = upload(ingrid, telling_jpeg(), telling_jpeg(), *(telling_jpeg(shade=n) for n in range(1, 8)))
    assert "IMG_1.jpg is there already: it is kept once." in seen(page)
    assert len(tokens_in(page)) == 6 and "At most 6 photos" in seen(page)


def test_a_photo_can_be_left_out_again(app: Flask, ingrid: Visitor) -> None:
    page = upload(ingrid, telling_jpeg(), telling_jpeg(shade=9))
    first, second = tokens_in(page)
    left = send(ingrid, "/sightings/photos", {**form_in(page), "photo_drop": first})
    assert tokens_in(left) == [second]
    assert len(waiting_files(app)) == 4


def test_author_and_licence_are_asked_for_and_everything_is_kept(ingrid: Visitor) -> None:
    form = form_in(answered(ingrid, "yes"))
    said = {
        **form,
        "photo_author": " ",
        "photo_licence": "",
        "shown_when": form["when"],
        "candidate": "own-pin",
    }
    refused = send(ingrid, "/sightings/new", said)
    assert refused.status_code == 422
    assert "Say who took the photos." in seen(refused)
    assert "Choose the licence under which the photos may be shown." in seen(refused)
    assert tokens_in(refused) == form["photo"] and value_of(refused, "when") == "5 September 2020"


def test_a_file_that_was_only_chosen_and_not_sent_is_asked_for(ingrid: Visitor) -> None:
    answer = send(
        ingrid, "/sightings/new", {"title": "MI7", "place": "Rome", "when": "2020", "photos": "IMG.jpg"}
    )
    assert answer.status_code == 422 and "The photo was not sent along." in seen(answer)


def test_what_waits_is_its_senders_alone_and_for_a_day(app: Flask, ingrid: Visitor) -> None:
    token = tokens_in(upload(ingrid, telling_jpeg()))[0]
    address = f"/sightings/photos/{token}.webp"
    assert ingrid.get(address).status_code == 200
    assert TELLING.search(ingrid.get(address).data) is None
    marcello = signed_in(app, "Marcello")
    assert marcello.get(address).status_code == 404
    assert tokens_in(send(marcello, "/sightings/photos", {"photo": token})) == []
    for other in ("..", "a" * 22, "../../1"):
        assert ingrid.get(f"/sightings/photos/{other}.webp").status_code == 404


def test_what_is_on_the_disk_while_it_waits_holds_no_words_of_the_camera_but_date_and_point(
    app: Flask, ingrid: Visitor
) -> None:
    upload(ingrid, telling_jpeg())
    files = waiting_files(app)
    assert sorted(file.name for file in files) == ["320", "960", "about.json", "full"]
    assert not any(TELLING.search(file.read_bytes()) for file in files)


def _saved_with_photo(ingrid: Visitor) -> None:
    form = form_in(answered(ingrid, "yes"))
    said = {**form, "candidate": "own-pin", "shown_when": form["when"]}
    assert send(ingrid, "/sightings/new", said).status_code == 303


def test_the_photo_of_an_accepted_sighting_shows_at_its_place_and_film(app: Flask, ingrid: Visitor) -> None:
    _saved_with_photo(ingrid)
    solveig = signed_in(app, "Solveig")
    assert "Photos sent with it" in seen(ingrid.get("/sightings/1"))
    desk = solveig.get("/moderation/1")
    assert "Photos sent with it" in seen(desk) and "Camera at 62.56750, 7.68700" in seen(desk)
    assert Visitor(app).get("/photos/1").status_code == 404
    solveig.post("/moderation/1/decision", action="accept")
    sighting, photo = stored(app)
    assert (photo.state, photo.shoot_id) == (PhotoState.PUBLISHED, sighting.shoot_id)
    page = Visitor(app).get("/photos/1")
    assert "Camera 62.56750, 7.68700, within 13 m" in seen(page)
    film = Visitor(app).get("/productions/mission-impossible-dead-reckoning-part-one")
    assert "Photo: Ingrid, CC BY 4.0" in seen(film)


@pytest.mark.parametrize("decision", ["withdrawal", "rejection"])
def test_the_photo_of_a_sighting_that_comes_to_nothing_is_nobodys_but_its_senders(
    app: Flask, ingrid: Visitor, decision: str
) -> None:
    _saved_with_photo(ingrid)
    solveig = signed_in(app, "Solveig")
    if decision == "withdrawal":
        ingrid.post("/sightings/1/withdrawal")
    else:
        solveig.post("/moderation/1/decision", action="reject", reason="no_source", words="No source.")
    _, photo = stored(app)
    assert photo.state is PhotoState.REJECTED
    assert Visitor(app).get(f"/photos/files/{photo.digest}.jpg").status_code == 404
