"""A hundred places that are not public are looked for in every answer that this site gives: none is found.

Every address of the application is opened, also those that will be added: an address whose parts this test
cannot fill in fails it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.cast import film, moderator, owner, place, say, shoot, source, stranger
from tests.photos.making import SECRET, telling_jpeg
from tests.web.leaks import Finder, Secret
from tests.web.visitors import Visitor, signed_in
from tracker.accounts.operations import find_user
from tracker.exchange.exporting.formats import FORMATS
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.dates import parse_period
from tracker.foundation.geo import Point
from tracker.geocoding import open_gazetteer
from tracker.history.models import Change
from tracker.history.recording import change
from tracker.photos.licences import Licence
from tracker.photos.picture import make_picture
from tracker.places.editing import set_whereabouts
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.operations import PlaceDraft
from tracker.productions.models import Production, Shoot, Status
from tracker.productions.photographing import PhotoDraft, PictureFile, add_photo, open_photo
from tracker.productions.photos import Photo
from tracker.sightings.delay import held_back
from tracker.sightings.moderation import accept
from tracker.sightings.notes import NoteDraft, leave_note
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import Source, SourceKind
from tracker.web.photos.folders import store

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
MANY = 100
LETTERS = "bcdfghklmn"
# Addresses that write, or that are a program's own: nothing of the record is in their answers.
SILENT = {"static"}


def secret_number(number: int) -> Secret:
    """Answer the secret of that number: somewhere in Germany, on a street that there is only once."""
    lat = 48.01353 + number * 0.0573 + 0.00437 * (number % 7)
    lon = 8.31287 + number * 0.0391 + 0.00613 * (number % 11)
    street = f"Q{LETTERS[number // 10]}x{LETTERS[number % 10]}ygasse"
    return Secret(round(lat, 5), round(lon, 5), street)


SECRETS = [secret_number(number) for number in range(MANY)]


def plant(session: Session, gazetteer_path: Path) -> Production:
    """Add a film with a shoot at each secret: a third obscured, a third private, a third happening now."""
    production = film(session, "The Secret Film", year=2021)
    ingrid, solveig = owner(session), moderator(session)
    stranger(session)
    diary = source(session, "Diary", SourceKind.TRADE_PRESS, published="2021-01-01")
    gazetteer = open_gazetteer(gazetteer_path)
    for number, secret in enumerate(SECRETS):
        name = f"{secret.street} {number + 1}"
        if number % 3 == 2:
            draft = SightingDraft(
                production_title=production.title,
                production=production,
                place_text=name,
                place=PlaceDraft(
                    name=name, kind=PlaceKind.BUILDING, country="DE", point=Point(secret.lat, secret.lon)
                ),
                period=parse_period(today().isoformat()),
                address=f"https://social.example/{secret.street}",
                seen_by_sender=True,
                note=f"At {name}, {secret.lat}, {secret.lon}",
            )
            sighting = submit(session, draft, by=ingrid)
            held = held_back(sighting, delay_hours=24, gazetteer=gazetteer)
            assert held is not None
            accept(session, sighting, by=solveig, kind=SourceKind.EYEWITNESS_MEDIA, held=held)
            continue
        home = place(session, name, secret.lat, secret.lon, country="DE", municipality="Musterstadt")
        here = shoot(session, production, home, note=f"At {name}")
        told = f"{secret.lat}, {secret.lon}, {name}"
        say(session, diary, here, Status.CONFIRMED, "2020-09-01", "2020-09-03", note=told, locator=name)
        with change(session, by=ingrid, comment=f"Edit {name}"):
            home.geometry = ring_around(secret)
            set_whereabouts(session, home, privacy=Privacy.OPEN)
        with change(session, by=solveig, comment=f"Hide {name}"):
            set_whereabouts(session, home, privacy=Privacy.PRIVATE if number % 3 else Privacy.OBSCURED)
    note = NoteDraft(
        words=f"Somebody lives in {SECRETS[0].street}", point=Point(SECRETS[0].lat, SECRETS[0].lon)
    )
    leave_note(session, note, network="")
    return production


def plant_photos(session: Session) -> list[str]:
    """Add photos whose camera wrote where it stood to hidden homes, one opened; answer their files."""
    ingrid, solveig = find_user(session, "Ingrid"), find_user(session, "Solveig")
    assert ingrid is not None
    digests = []
    for number, secret in enumerate(SECRETS[:6]):
        home = session.scalar(select(Place).where(Place.name == f"{secret.street} {number + 1}"))
        if home is None:
            continue
        camera = telling_jpeg(shade=number, point=(secret.lat, secret.lon))
        made = make_picture(camera, today=today())
        store().keep(made)
        digests.append(made.digest)
        file = PictureFile(made.digest, made.width, made.height)
        seen = PhotoDraft(
            author="Ingrid",
            licence=Licence.CC_BY_4,
            alt=f"The house in {secret.street}" if number else "A house",
            point=Point(secret.lat, secret.lon),
            heading=181.5,
        )
        with change(session, by=ingrid, comment="A photo"):
            photo = add_photo(session, file, seen, by=ingrid, place=home, at_once=True)
        if number == 0:
            with change(session, by=solveig, comment="It shows no number"):
                open_photo(session, photo, opened=True)
    return digests


def ring_around(secret: Secret) -> dict[str, object]:
    near = 0.0004
    corners = [(-near, -near), (near, -near), (near, near), (-near, near), (-near, -near)]
    ring = [[round(secret.lon + east, 5), round(secret.lat + north, 5)] for east, north in corners]
    return {"type": "Polygon", "coordinates": [ring]}


def addresses(app: Flask, production: Production) -> Iterator[str]:
    """Yield every address that answers to GET, filled in with what is there, and questions about places."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in SILENT and "GET" in (rule.methods or set()):
            yield from filled_in(app, rule, production)
    yield from questions()


def filled_in(app: Flask, rule: Rule, production: Production) -> Iterator[str]:
    numbers = db.session.scalars(select(Place.id).order_by(Place.id)).all()
    few = numbers[:9]
    known: dict[str, list[object]] = {
        "place_id": list(numbers if rule.endpoint in ("places.show", "api.place") else few),
        "slug": [production.slug] if rule.rule.startswith(("/productions", "/embed", "/api")) else ["x"],
        "shoot_id": list(db.session.scalars(select(Shoot.id).order_by(Shoot.id).limit(6))),
        "change_id": list(db.session.scalars(select(Change.id).order_by(Change.id))),
        "source_id": list(db.session.scalars(select(Source.id).order_by(Source.id).limit(6))),
        "sighting_id": [1, 2],
        "citation_id": [1, 2, 3],
        "ending": [one for one in FORMATS if one != "geojson" or not rule.arguments & {"slug", "place_id"}],
        "name": ["Ingrid", "Solveig"],
        "kind": ["place", "shoot"],
        "secret": ["not-the-one"],
        "signed": ["not-the-one"],
        "token": ["not-the-one"],
        "photo_id": list(db.session.scalars(select(Photo.id))),
        "digest": list(db.session.scalars(select(Photo.digest))),
        **{
            other: [1, 2]
            for other in [
                "partner_id",
                "role_id",
                "token_id",
                "offered_id",
                "order_id",
                "loser_id",
                "survivor_id",
                "note_id",
                "flag_id",
                "removal_id",
                "upload_id",
            ]
        },
    }
    if rule.endpoint == "photos.file":
        known["ending"] = ["jpg", "960.webp", "320.webp"]
    missing = set(rule.arguments) - known.keys()
    assert not missing, f"say here what {missing} of {rule.rule} may be"
    if rule.endpoint in ("changes.revert", "changes.redact", "merging.undo"):
        known["change_id"] = known["change_id"][-3:]
    names = sorted(rule.arguments)
    view = {"bbox": "-180,-85,180,85", "zoom": "3"}
    asked = {"api.search": {"q": "film"}, "api.cells": view, "exports.world": view}
    query = view if rule.endpoint.startswith("world.") else asked.get(rule.endpoint, {})
    adapter = app.url_map.bind("localhost")
    for values in itertools.product(*(known[name] for name in names)):
        yield adapter.build(rule.endpoint, {**dict(zip(names, values, strict=True)), **query})


def questions() -> Iterator[str]:
    """Yield what somebody would ask who looks for a hidden place: by its name, and in a box around it."""
    for secret in SECRETS[::9]:
        # The answer may repeat the question, which is taken out of it below.
        for path in (
            "/search?q=",
            "/places?q=",
            "/search.csv?q=",
            "/places.geojson?q=",
            "/api/v1/search?q=",
            "/api/v1/places?q=",
            "/geocode/candidates?place=",
            "/productions/titles.json?q=",
        ):
            yield f"{path}{secret.street}"
        box = (
            f"{secret.lon - 0.01:.2f},{secret.lat - 0.01:.2f},{secret.lon + 0.01:.2f},{secret.lat + 0.01:.2f}"
        )
        for path in ("/map/cells.json", "/map", "/map.geojson", "/map.csv", "/api/v1/places", "/api/v1/map"):
            yield f"{path}?bbox={box}&zoom=14"
    yield from ("/api/v1/changes?since=0&limit=100", "/places?country=DE", "/search?q=Germany")
    yield from ("/places/99999-x", "/productions/no-such", "/api/v1/places/99999", "/no/such/page")


def given_by(visitor: Visitor, address: str) -> str:
    """Answer all that somebody gets who opens an address, but for the question itself."""
    answer = visitor.client.get(address, follow_redirects=True)
    assert answer.status_code < 500, address
    headers = " ".join(
        f"{name}: {value}"
        for one in (*answer.history, answer)
        for name, value in one.headers
        if name != "Date"
    )
    asked = address.partition("q=")[2] or address.partition("place=")[2]
    text = f"{answer.data.decode('utf-8', 'replace')} {headers}"
    return text.replace(asked, "").replace(asked.casefold(), "") if asked else text


@pytest.mark.parametrize("who", ["anonymous", "contributor"])
def test_no_answer_and_no_log_gives_a_hidden_place_away(
    app: Flask, gazetteer_path: Path, capfd: pytest.CaptureFixture[str], who: str
) -> None:
    with app.app_context():
        production = plant(db.session, gazetteer_path)
        digests = plant_photos(db.session)
        db.session.commit()
        wanted = sorted(set(addresses(app, production)))
    finder = Finder(SECRETS)
    visitor = Visitor(app) if who == "anonymous" else signed_in(app, "Marcello")
    if who == "contributor":
        # Notes are for contributors, and for nobody else.
        wanted = [address for address in wanted if not address.startswith("/notes")]
    found = {address: hits for address in wanted if (hits := finder.found(given_by(visitor, address)))}
    assert "\n".join(f"{address}: {hits[0]}" for address, hits in found.items()) == ""
    assert len(wanted) > 500
    for digest in digests:
        for ending in ("jpg", "960.webp", "320.webp"):
            content = visitor.client.get(f"/photos/files/{digest}.{ending}").data
            assert not any(mark in content for mark in (b"Exif", b"GPS", b"8BIM", SECRET.encode()))
    assert finder.found(capfd.readouterr().err) == []


def test_old_addresses_of_hidden_places_lead_on_without_the_name(app: Flask, gazetteer_path: Path) -> None:
    with app.app_context():
        plant(db.session, gazetteer_path)
        db.session.commit()
        slugs = {one.id: one.slug for one in db.session.scalars(select(Place)) if "gasse" in one.slug}
    assert len(slugs) == MANY - MANY // 3
    finder, visitor = Finder(SECRETS), Visitor(app)
    for number, slug in list(slugs.items())[:12]:
        for address in (f"/places/{number}-{slug}", f"/places/{number}-{slug}.geojson"):
            answer = visitor.get(address)
            assert answer.status_code == 301
            assert finder.found(answer.headers["Location"]) == []
        # Where only the number is right, the address that was asked for is not in the answer either.
        text = visitor.get(f"/places/{number}-{slug}.csv").text.replace(slug, "")
        assert finder.found(text) == []


def test_a_planted_leak_is_found(app: Flask) -> None:
    """The canary: what is open is found, so that finding nothing means something."""
    secret = SECRETS[0]
    with app.app_context():
        production = film(db.session, "The Open Film")
        kind = PlaceKind.PARK
        there = place(db.session, f"{secret.street} gardens", secret.lat, secret.lon, country="DE", kind=kind)
        say(db.session, source(db.session, "Diary"), shoot(db.session, production, there), start="2020")
        db.session.commit()
        number, slug = there.id, production.slug
    finder, visitor = Finder(SECRETS), Visitor(app)
    told = {
        f"/places/{number}-x": {"degrees", "street"},
        f"/productions/{slug}": {"street"},
        f"/productions/{slug}/route.json": {"degrees", "street"},
        f"/productions/{slug}.gpx": {"degrees", "street"},
        f"/api/v1/places/{number}": {"degrees", "street"},
        "/map/cells.json?bbox=-180,-85,180,85&zoom=3": {"degrees", "street"},
        "/changes": {"street"},
    }
    for address, wanted in told.items():
        assert {hit.partition(":")[0] for hit in finder.found(given_by(visitor, address))} >= wanted, address


@pytest.mark.usefixtures("engine_url")
def test_the_finder_reads_every_plausible_writing_of_a_coordinate() -> None:
    secret = Secret(48.27659, 8.51343, "Qbxbygasse")
    finder = Finder([secret])
    for text in (
        "48.277 8.513",
        "48.276, 8.513",
        '"lon":8.513,"lat":48.277',
        '"lat":48.27659',
        "[8.51343, 1]",
        "48,2766 8,5134",
        "48.2765900001",
        "48°16′36″ N 8°30′48″ E",
        "48° 16' 35.7\" N, 8° 30' 48.3\" E",
        "48° 16.595′ 8° 30.806′",
        "48276590 8513430",
        "geo:48.27659,8.51343",
        "lat%3D48.27659",
        "at QBXBYGASSE 4",
        "q%62xbygasse",
    ):
        assert finder.found(text), text
    for text in ("48.3 8.5", "48.28 8.51", "148.277 8.513", "48.2787 8.5134", "48.277", "Qbgasse"):
        assert not finder.found(text), text
