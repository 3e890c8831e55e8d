"""Photos of places: who sees which, what pages and files tell, and what of a hidden place never does."""

from __future__ import annotations

import io
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import cast
from tests.photos.making import RAUMA, SECRET, telling_jpeg
from tests.photos.test_pictures import TELLING
from tests.web.visitors import Visitor, errors_in, seen, signed_in
from tracker.accounts.models import Role
from tracker.accounts.operations import find_user, sign_up
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.dates import parse_bound, parse_period
from tracker.history.models import Change, Revision
from tracker.history.recording import change
from tracker.photos.licences import Licence
from tracker.photos.picture import make_picture
from tracker.photos.storing import Store
from tracker.places.editing import set_whereabouts
from tracker.places.models import Place, Privacy
from tracker.productions.models import Production, Shoot
from tracker.productions.photographing import PhotoDraft, PictureFile, add_photo
from tracker.productions.photos import Photo, PhotoState
from tracker.productions.reverting import revert_changes
from tracker.sightings.merging import MergeKind, merge_rows, unmerge
from tracker.sightings.operations import SightingDraft, submit
from tracker.sightings.photos import send_with

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)

SAID = {
    "role": "now",
    "author": "Ingrid Foto",
    "licence": "cc-by-sa-4.0",
    "spoiler": "0",
    "shoot": "",
    "then": "",
}
POINT = {"lat": "62.5675", "lon": "7.6870", "uncertainty": "12", "heading": "225"}
ALT = "A train on a bridge with a man on its roof"


@dataclass(frozen=True)
class Scene:
    """A place of a film, and who comes by."""

    app: Flask
    place: int
    address: str
    shoot: int
    ingrid: Visitor
    solveig: Visitor
    passer_by: Visitor

    def send(
        self, who: Visitor, content: bytes | None = None, name: str = "IMG_1.jpg", **said: str
    ) -> TestResponse:
        fields: dict[str, Any] = {**SAID, **said, "csrf_token": who.token()}
        if content is not None:
            fields["picture"] = (io.BytesIO(content), "holiday.jpg")
        return who.client.post(
            f"/places/{self.place}/photos/new", data=fields, content_type="multipart/form-data"
        )

    def publish(self, content: bytes | None = None, **said: str) -> int:
        """Add a photo as a moderator; answer its number."""
        answer = self.send(
            self.solveig, content or telling_jpeg(), **{"alt": ALT, "taken": "5 Sep 2020", **POINT, **said}
        )
        assert answer.status_code == 303, errors_in(answer)
        return int(answer.headers["Location"].rpartition("/")[2])

    def row(self, number: int) -> Photo:
        with self.app.app_context():
            return db.session.get_one(Photo, number)

    def hide(self, privacy: Privacy) -> None:
        with self.app.app_context():
            place = db.session.get_one(Place, self.place)
            with change(db.session, by=None, comment="Hide it"):
                set_whereabouts(db.session, place, privacy=privacy)
            db.session.commit()

    def read(self, output: str, photo: int) -> str:
        """Open one of OUTPUTS as somebody without an account."""
        address = output.format(photo=photo, place=self.address, number=self.place)
        return self.passer_by.client.get(address, follow_redirects=True).text

    def files(self) -> list[Path]:
        uploads = Path(self.app.config["SETTINGS"].uploads_path)
        return sorted(file for file in uploads.rglob("*") if file.is_file())


@pytest.fixture
def scene(app: Flask) -> Scene:
    with app.app_context():
        cast.owner(db.session), cast.stranger(db.session), cast.moderator(db.session)
        sign_up(db.session, name="Admin", password=cast.PASSWORD, role=Role.ADMIN)
        film = cast.film(db.session, "The Train", year=2023)
        place = cast.place(db.session, "Rauma bridge", *RAUMA, uncertainty_m=50)
        shoot = cast.shoot(db.session, film, place)
        db.session.commit()
        at, slug, number = place.id, place.slug, shoot.id
    ingrid, solveig = signed_in(app, "Ingrid"), signed_in(app, "Solveig")
    return Scene(app, at, f"/places/{at}-{slug}", number, ingrid, solveig, Visitor(app))


def digest_in(page: TestResponse) -> str:
    found = re.search(r"/photos/files/([0-9a-f]{64})\.jpg", page.text)
    assert found, page.text
    return found[1]


def test_a_photo_shows_with_author_licence_and_where_the_camera_stood(scene: Scene) -> None:
    number = scene.publish(taken="5 Sep 2020", shoot=str(scene.shoot))
    page = scene.passer_by.get(f"/photos/{number}")
    words = seen(page)
    assert "Taken by Ingrid Foto Licence CC BY-SA 4.0 Taken 5 Sep 2020 Place Rauma bridge" in words
    assert "62.56750, 7.68700, within 12 m, looking south-west (225°)" in words
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/" rel="license noopener"' in page.text
    for address in (scene.address, "/productions/the-train"):
        shown = scene.passer_by.get(address)
        assert "Photo: Ingrid Foto, CC BY-SA 4.0" in seen(shown)
        assert f'alt="{ALT}"' in shown.text


def test_a_photo_without_a_description_says_so_plainly(scene: Scene) -> None:
    number = scene.publish(alt="")
    page = scene.passer_by.get(f"/photos/{number}")
    assert 'alt="No description yet."' in page.text and "No description yet." in seen(page)


def test_the_file_has_a_fixed_type_is_kept_for_good_and_holds_no_word_of_the_camera(scene: Scene) -> None:
    number = scene.publish()
    digest = digest_in(scene.passer_by.get(f"/photos/{number}"))
    for ending, kind in (("jpg", "image/jpeg"), ("960.webp", "image/webp"), ("320.webp", "image/webp")):
        answer = scene.passer_by.get(f"/photos/files/{digest}.{ending}")
        assert answer.status_code == 200 and answer.mimetype == kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == "inline"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
        assert TELLING.search(answer.data) is None
    assert all(TELLING.search(file.read_bytes()) is None for file in scene.files())


def test_the_same_picture_is_one_file_however_often_it_is_sent(scene: Scene) -> None:
    scene.publish()
    assert len(scene.files()) == 3
    again = scene.send(scene.solveig, telling_jpeg(point=(1, 1)))
    assert again.status_code == 409 and "This very picture is at this place already: it is photo 1." in seen(
        again
    )
    assert len(scene.files()) == 3


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"author": " "}, "Write who took the photo."),
        ({"licence": ""}, "Choose a licence."),
        ({"licence": "all rights reserved"}, "Not a valid choice."),
        ({"lat": "95", "lon": "7"}, "Latitude 95.0 is not between -90 and 90."),
        ({"lat": "62"}, "Latitude and longitude go together: write both or neither."),
        ({"heading": "500"}, "'500' is no direction. Write degrees from 0 (north) to 359."),
        ({"taken": "31 September 2020"}, "September has 30 days"),
        ({"taken": "2099"}, "'2099' is still to come. Write when the photo was taken."),
        ({"source_address": "javascript:alert(1)"}, "javascript:alert(1)"),
    ],
)
def test_what_is_missing_or_cannot_be_is_told_at_its_field(
    scene: Scene, said: dict[str, str], refused: str
) -> None:
    answer = scene.send(scene.ingrid, telling_jpeg(), **said)
    assert answer.status_code == 422
    assert refused in " ".join(errors_in(answer))
    assert scene.files() == []


def test_what_is_no_picture_is_refused_and_nothing_is_kept(scene: Scene) -> None:
    html = b"<!doctype html><script>alert(1)</script>"
    for content in (None, b"", html, html + telling_jpeg()):
        answer = scene.send(scene.solveig, content)
        assert answer.status_code == 422 and errors_in(answer)
    assert scene.files() == []


def test_a_body_larger_than_64_megabytes_is_refused(scene: Scene) -> None:
    said = {"CONTENT_LENGTH": str(65 * 1024 * 1024), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    address = f"/places/{scene.place}/photos/new"
    assert scene.solveig.client.post(address, environ_overrides=said).status_code == 413
    # Where no photos are sent, far less is taken.
    said["CONTENT_LENGTH"] = str(3 * 1024 * 1024)
    assert scene.solveig.client.post("/sightings/new", environ_overrides=said).status_code == 413


def test_a_newcomers_photo_waits_until_a_moderator_agrees(scene: Scene) -> None:
    sent = scene.send(scene.ingrid, telling_jpeg(), alt=ALT)
    number = int(sent.headers["Location"].rpartition("/")[2])
    digest = digest_in(scene.ingrid.get(f"/photos/{number}"))
    file = f"/photos/files/{digest}.jpg"
    for who, expected in (
        (scene.passer_by, 404),
        (signed_in(scene.app, "Marcello"), 404),
        (scene.ingrid, 200),
    ):
        assert (who.get(f"/photos/{number}").status_code, who.get(file).status_code) == (expected, expected)
    assert scene.ingrid.get(file).headers["Cache-Control"] == "private, no-store"
    assert digest not in scene.passer_by.get(scene.address).text
    assert "Sent in a photo" not in scene.passer_by.get("/changes").text
    assert ALT in seen(scene.solveig.get("/moderation/photos"))

    assert scene.ingrid.post(f"/moderation/photos/{number}", action="accept").status_code == 403
    assert scene.solveig.post(f"/moderation/photos/{number}", action="accept").status_code == 303
    assert scene.passer_by.get(file).status_code == 200
    second = scene.solveig.post(f"/moderation/photos/{number}", action="reject", words="no")
    assert second.status_code == 409 and "the first decision counts" in seen(second)


def test_a_photo_is_turned_down_with_words_for_its_sender(scene: Scene) -> None:
    sent = scene.send(scene.ingrid, telling_jpeg())
    number = int(sent.headers["Location"].rpartition("/")[2])
    assert scene.solveig.post(f"/moderation/photos/{number}", action="reject").status_code == 422
    scene.solveig.post(f"/moderation/photos/{number}", action="reject", words="That is another bridge.")
    assert "Turned down. That is another bridge." in seen(scene.ingrid.get(f"/photos/{number}"))
    assert scene.passer_by.get(f"/photos/{number}").status_code == 404


# Then and now -------------------------------------------------------------------------------------------


def test_a_photo_of_now_stands_beside_the_one_of_then_that_it_repeats(scene: Scene) -> None:
    then = scene.publish(role="then", alt="The train, then")
    scene.publish(telling_jpeg(shade=20), role="now", then=str(then), alt="The track, now")
    page = " ".join(scene.passer_by.get(scene.address).text.split())
    pair = page.partition('role="group" aria-label="Then and now"')[2].partition("</div>")[0]
    assert re.findall(r'alt="([^"]+)"', pair) == ["Then: The train, then", "Now: The track, now"]


# Hidden places ------------------------------------------------------------------------------------------


def tells_where(text: str) -> list[str]:
    """Answer what of the camera's point and direction a page gives away."""
    return re.findall(r'62\.5[67]\d*|7\.68[67]\d*|south-west|\b225\b|"camera": ?\{|: ?"camera"', text)


OUTPUTS = (
    "/photos/{photo}",
    "{place}",
    "{place}.geojson",
    "{place}.jsonld",
    "{place}.csv",
    "/productions/the-train",
    "/productions/the-train.geojson",
    "/api/v1/places/{number}/photos",
    "/changes?kind=photo",
    "/changes.atom",
    "/api/v1/changes",
)


@pytest.mark.parametrize("privacy", [Privacy.OBSCURED, Privacy.PRIVATE])
def test_a_photo_of_a_hidden_place_is_in_no_output(scene: Scene, privacy: Privacy) -> None:
    photo = scene.publish(shoot=str(scene.shoot))
    digest = digest_in(scene.passer_by.get(f"/photos/{photo}"))
    told = "".join(scene.read(each, photo) for each in OUTPUTS)
    assert tells_where(told) and ALT in told and digest in told, "there is something that could leak"

    scene.hide(privacy)
    for each in OUTPUTS:
        page = scene.read(each, photo)
        leaked = [*tells_where(page), *(word for word in (ALT, digest, "Ingrid Foto") if word in page)]
        assert leaked == [], each
    for ending in ("jpg", "960.webp", "320.webp"):
        assert scene.passer_by.get(f"/photos/files/{digest}.{ending}").status_code == 404
    assert scene.solveig.get(f"/photos/files/{digest}.jpg").headers["Cache-Control"] == "private, no-store"
    assert scene.send(scene.ingrid, telling_jpeg(shade=5)).status_code == 403


def test_a_moderator_may_open_one_and_even_then_its_camera_point_is_nobodys_business(scene: Scene) -> None:
    photo = scene.publish()
    scene.hide(Privacy.OBSCURED)
    assert scene.ingrid.post(f"/photos/{photo}/opening", opened="yes").status_code == 403
    assert scene.solveig.post(f"/photos/{photo}/opening", opened="yes").status_code == 303
    for each in OUTPUTS:
        page = scene.read(each, photo)
        assert tells_where(page) == [], each
    assert ALT in scene.passer_by.get(f"/photos/{photo}").text
    assert scene.passer_by.get(scene.address).text.count(ALT) == 1
    scene.solveig.post(f"/photos/{photo}/opening", opened="no")
    assert scene.passer_by.get(f"/photos/{photo}").status_code == 404


def test_what_was_taken_just_now_does_not_tell_where_the_camera_stands(scene: Scene) -> None:
    photo = scene.publish(taken=today().isoformat())
    page = scene.passer_by.get(f"/photos/{photo}")
    assert page.status_code == 200 and tells_where(page.text) == []
    assert 'role":"camera' not in scene.passer_by.get(f"{scene.address}.geojson").text.replace(" ", "")


# Spoilers -----------------------------------------------------------------------------------------------


def test_a_photo_that_gives_the_story_away_is_left_out_until_release_with_its_alt_text(scene: Scene) -> None:
    with scene.app.app_context():
        film = db.session.scalars(select(Production)).one()
        with change(db.session, by=None, comment="Not out yet"):
            film.year, film.released = 2099, parse_bound("2099-07-01")
        db.session.commit()
    photo = scene.publish(spoiler="2", shoot=str(scene.shoot), role="then")
    for each in OUTPUTS:
        page = scene.read(each, photo)
        assert ALT not in page and not re.search(r"photos/files/[0-9a-f]{64}", page), each
    shown = scene.passer_by.get(f"/photos/{photo}?story=show")
    assert ALT in shown.text and digest_in(shown)
    with scene.app.app_context():
        with change(db.session, by=None, comment="Out"):
            db.session.scalars(select(Production)).one().released = parse_bound("2020-07-01")
        db.session.commit()
    assert ALT in scene.passer_by.get(f"/photos/{photo}").text


# Changing and taking away -------------------------------------------------------------------------------


def test_its_sender_and_moderators_change_what_is_said_and_nobody_else(scene: Scene) -> None:
    sent = scene.send(scene.ingrid, telling_jpeg(), alt="First", **POINT)
    number = int(sent.headers["Location"].rpartition("/")[2])
    scene.solveig.post(f"/moderation/photos/{number}", action="accept")
    said = {**SAID, **POINT, "alt": "Second", "heading": "0"}
    assert signed_in(scene.app, "Marcello").post(f"/photos/{number}/edit", **said).status_code == 403
    assert 'value="62.5675"' in scene.ingrid.get(f"/photos/{number}/edit").text
    assert scene.ingrid.post(f"/photos/{number}/edit", **said).status_code == 303
    assert (scene.row(number).alt, scene.row(number).heading) == ("Second", 0.0)
    history = seen(scene.passer_by.get("/changes?kind=photo"))
    assert "What can be seen" in history and "Second" in history


def test_a_removed_photo_is_gone_everywhere_and_a_revert_brings_it_back(scene: Scene) -> None:
    photo = scene.publish()
    digest = digest_in(scene.passer_by.get(f"/photos/{photo}"))
    assert scene.ingrid.post(f"/photos/{photo}/removal", reason="x").status_code == 403
    assert scene.solveig.post(f"/photos/{photo}/removal", reason="Somebody asked").status_code == 303
    assert scene.passer_by.get(f"/photos/{photo}").status_code == 410
    assert scene.passer_by.get(f"/photos/files/{digest}.jpg").status_code == 410
    assert digest not in scene.passer_by.get(scene.address).text
    with scene.app.app_context():
        removal = db.session.scalars(select(Change).order_by(Change.id.desc())).first()
        solveig = find_user(db.session, "Solveig")
        assert removal is not None and solveig is not None
        revert_changes(db.session, [removal], by=solveig, comment="Back")
        db.session.commit()
    assert scene.passer_by.get(f"/photos/files/{digest}.jpg").status_code == 200


def test_redaction_takes_the_file_from_the_disk_and_every_word_from_the_history(scene: Scene) -> None:
    photo = scene.publish(author="Ingrid at home")
    digest = digest_in(scene.passer_by.get(f"/photos/{photo}"))
    admin = signed_in(scene.app, "Admin")
    with scene.app.app_context():
        added = db.session.scalars(select(Revision).where(Revision.table_name == "photo")).one()
        change_id, row = added.change_id, added.id
    page = admin.post(f"/changes/{change_id}/redaction", row=str(row), reason="A person can be seen")
    assert page.status_code == 303
    assert scene.files() == []
    assert scene.row(photo).state is PhotoState.REDACTED
    with scene.app.app_context():
        kept = " ".join(
            str((r.label, r.before, r.after))
            for r in db.session.scalars(select(Revision).where(Revision.table_name == "photo"))
        )
    assert not re.search(rf"{ALT}|Ingrid at home|62\.5|{digest}", kept)
    assert scene.passer_by.get(f"/photos/{photo}").status_code == 410
    for ending in ("jpg", "320.webp"):
        assert admin.get(f"/photos/files/{digest}.{ending}").status_code == 404


def test_redacting_one_photo_leaves_the_file_of_another_that_is_the_same_picture(scene: Scene) -> None:
    scene.publish()
    with scene.app.app_context():
        other = cast.place(db.session, "Stranda pier", 62.31, 6.95)
        db.session.commit()
        elsewhere = Scene(scene.app, other.id, "", 0, scene.ingrid, scene.solveig, scene.passer_by)
    elsewhere.publish()
    with scene.app.app_context():
        added = db.session.scalars(
            select(Revision).where(Revision.table_name == "photo").order_by(Revision.id)
        ).first()
        assert added is not None
        change_id, row = added.change_id, added.id
    signed_in(scene.app, "Admin").post(f"/changes/{change_id}/redaction", row=str(row), reason="Not this one")
    assert len(scene.files()) == 3


def test_cleaning_removes_what_nothing_names_and_nothing_else(scene: Scene) -> None:
    scene.publish()
    with scene.app.app_context():
        Store(scene.app.config["SETTINGS"].uploads_path).keep(
            make_picture(telling_jpeg(shade=50), today=today())
        )
    for file in scene.files():
        os.utime(file, (time.time() - 100_000,) * 2)
    assert len(scene.files()) == 6
    ran = scene.app.test_cli_runner().invoke(args=["photos", "clean"])
    assert ran.output.startswith("1 pictures that nothing needs")
    assert len(scene.files()) == 3


def test_the_api_lists_public_fields_alone(scene: Scene) -> None:
    then = scene.publish(role="then")
    now = scene.publish(telling_jpeg(shade=20), then=str(then), alt="")
    items = scene.passer_by.get(f"/api/v1/places/{scene.place}/photos").get_json()["items"]
    assert [(one["id"], one["role"], one["same_view_as"], one["alt"]) for one in items] == [
        (then, "then", None, ALT),
        (now, "now", then, None),
    ]
    assert items[0]["camera"] == {"lat": 62.5675, "lon": 7.687, "uncertainty_m": 12, "heading": 225.0}
    assert items[0]["licence"] == "CC BY-SA 4.0" and scene.passer_by.get(items[0]["image"]).status_code == 200
    assert SECRET not in str(items)


def test_photos_follow_when_their_places_are_merged(scene: Scene) -> None:
    photo = scene.publish()
    with scene.app.app_context():
        solveig = find_user(db.session, "Solveig")
        assert solveig is not None
        other = cast.place(db.session, "Bridge over the Rauma", 62.568, 7.688)
        merged = merge_rows(
            db.session, MergeKind.PLACE, survivor_id=other.id, loser_id=scene.place, by=solveig
        )
        db.session.commit()
        number, survivor, change_id = photo, other.id, merged.id
    assert scene.row(number).place_id == survivor
    with scene.app.app_context():
        solveig = find_user(db.session, "Solveig")
        assert solveig is not None
        unmerge(db.session, change_id, by=solveig)
        db.session.commit()
    assert scene.row(number).place_id == scene.place


def test_the_shoot_of_a_photo_is_one_of_its_place(scene: Scene) -> None:
    with scene.app.app_context():
        film = db.session.scalars(select(Production)).one()
        elsewhere = cast.shoot(db.session, film, cast.place(db.session, "Rome", 41.9, 12.5))
        db.session.commit()
        number = elsewhere.id
    answer = scene.send(scene.solveig, telling_jpeg(), shoot=str(number))
    assert answer.status_code == 422 and errors_in(answer) == ["Not a valid choice."]
    with scene.app.app_context():
        assert db.session.get(Shoot, scene.shoot) is not None


# With sightings, and with removals ----------------------------------------------------------------------


def sent_with_a_sighting(scene: Scene, *alts: str) -> tuple[int, list[int]]:
    """Let Ingrid send a sighting with photos in; answer its number and theirs."""
    picture = make_picture(telling_jpeg(), today=today())
    Store(scene.app.config["SETTINGS"].uploads_path).keep(picture)
    file = PictureFile(picture.digest, picture.width, picture.height)
    with scene.app.app_context():
        ingrid = find_user(db.session, "Ingrid")
        assert ingrid
        said = SightingDraft(production_title="Her Film", place_text="Bergen", period=parse_period("2020"))
        sighting = submit(db.session, said, by=ingrid)
        with change(db.session, by=ingrid, comment="Sent in photos"):
            photos = [
                add_photo(
                    db.session,
                    file,
                    PhotoDraft(author="Ingrid", licence=Licence.CC0, alt=alt),
                    by=ingrid,
                    place=None,
                )
                for alt in alts
            ]
            for photo in photos:
                send_with(db.session, sighting, photo)
        db.session.commit()
        return sighting.id, [photo.id for photo in photos]


def test_one_photo_of_a_sighting_is_turned_down_and_the_rest_goes_on(scene: Scene) -> None:
    number, (good, bad) = sent_with_a_sighting(scene, "A train", "A face")
    desk = scene.solveig.get(f"/moderation/{number}").text
    assert f'action="/moderation/photos/{bad}"' in desk
    own = scene.ingrid.post(f"/moderation/photos/{bad}", action="reject", words="no")
    assert own.status_code == 403
    wordless = scene.solveig.post(f"/moderation/photos/{bad}", action="reject")
    assert wordless.status_code == 422
    assert errors_in(wordless) == ["Say in a sentence why, so that the sender can answer."]
    early = scene.solveig.post(f"/moderation/photos/{good}", action="accept")
    assert early.status_code == 409 and f"waits with sighting {number}" in seen(early)
    answer = scene.solveig.post(f"/moderation/photos/{bad}", action="reject", words="A face is seen.")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/moderation/{number}")
    desk = seen(scene.solveig.get(f"/moderation/{number}"))
    assert "A train" in desk and "A face" not in desk
    scene.solveig.post(f"/moderation/{number}/decision", action="accept")
    assert scene.row(good).state is PhotoState.PUBLISHED
    assert (scene.row(bad).state, scene.row(bad).words) == (PhotoState.REJECTED, "A face is seen.")


def test_a_photo_that_is_left_when_its_sighting_was_accepted_is_decided_among_those_that_wait(
    scene: Scene,
) -> None:
    number, (left, other) = sent_with_a_sighting(scene, "A train", "A bridge")
    assert "A train" not in seen(scene.solveig.get("/moderation/photos"))
    scene.solveig.post(f"/moderation/{number}/decision", action="accept")
    with scene.app.app_context(), change(db.session, by=None, comment="As if they had come later"):
        for photo in (left, other):
            row = db.session.get_one(Photo, photo)
            row.state, row.place_id, row.shoot_id = PhotoState.PENDING, None, None
        db.session.commit()
    assert "A train" in seen(scene.solveig.get("/moderation/photos"))
    assert "Photo 1" in seen(scene.solveig.get("/moderation?kind=photo"))
    answer = scene.solveig.post(f"/moderation/photos/{left}", action="accept")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/moderation/photos")
    assert scene.solveig.post(f"/moderation/photos/{other}", action="reject", words="No.").status_code == 303
    published = scene.row(left)
    assert published.state is PhotoState.PUBLISHED and published.place_id and published.shoot_id
    assert scene.row(other).state is PhotoState.REJECTED
    assert "No photo waits." in seen(scene.solveig.get("/moderation/photos"))


def test_a_removal_that_is_granted_takes_the_photos_of_the_place_from_the_disk(scene: Scene) -> None:
    number = scene.publish(author="Ingrid at home")
    digest = digest_in(scene.passer_by.get(f"/photos/{number}"))
    words = {"about": "place", "asker": "resident", "words": "I live there.", "page": scene.address}
    asked = scene.ingrid.post("/removals/new", **words)
    assert asked.status_code == 303, errors_in(asked)
    assert scene.files() != []
    granted = scene.solveig.post("/moderation/removals/1", action="grant", words="You live there.")
    assert granted.status_code == 303
    assert scene.files() == []
    assert scene.row(number).state is PhotoState.REDACTED
    for who in (scene.passer_by, scene.ingrid, scene.solveig):
        assert who.get(f"/photos/{number}").status_code in (404, 410)
        for ending in ("jpg", "960.webp", "320.webp"):
            assert who.get(f"/photos/files/{digest}.{ending}").status_code == 404
    with scene.app.app_context():
        revisions = db.session.scalars(select(Revision).where(Revision.table_name == "photo"))
        kept = " ".join(f"{one.label} {one.before} {one.after}" for one in revisions)
    assert not re.search(rf"{ALT}|Ingrid at home|62\.5|{digest}", kept)
