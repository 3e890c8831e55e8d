"""A small record with something in nearly every table, rows that point to each other in circles, secrets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from tests.cast import PASSWORD, film, film_case, owner, place, say, shoot, source
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.accounts.tokens import Scope, make_token
from tracker.exchange.models import ImportedRow, ImportRun, ImportState
from tracker.foundation.dates import parse_period
from tracker.foundation.geo import Point
from tracker.geocoding.models import AnswerState, RememberedAnswer
from tracker.history.recording import change
from tracker.photos.licences import Licence
from tracker.places.editing import set_whereabouts
from tracker.places.models import PlaceKind, Privacy
from tracker.productions.evidence import AttestedDay
from tracker.productions.models import Production, Status
from tracker.productions.partnering import PartnerDraft, RoleDraft, add_role, find_or_add_partner
from tracker.productions.partners import Help, PartnerKind
from tracker.productions.photographing import PhotoDraft, PictureFile, add_photo
from tracker.productions.photos import PhotoRole
from tracker.productions.redacting import redact_change
from tracker.sightings.merging import MergeKind, merge_rows
from tracker.sightings.models import Sighting
from tracker.sightings.operations import SightingDraft, submit
from tracker.sightings.photos import send_with
from tracker.sightings.presence import touch
from tracker.sightings.second_person import Asked, ask_for
from tracker.sightings.thread import keep_as_note
from tracker.sightings.trust import revoke_trust
from tracker.sightings.unattributed import UnattributedPlace, UnattributedSighting

SQUARE = {"type": "Polygon", "coordinates": [[[7.0, 62.0], [8.0, 62.0], [8.0, 63.0], [7.0, 62.0]]]}
VILLA, FLAT = "Villa Solbakken", "Rue Cachée 12"
# Latitudes and longitudes of both, and of a double of the first; then words that only some may read.
EXACT = ("59.9137", "10.7523", "48.8567", "2.3522", "59.9138", "10.7524")
SECRET = (
    *EXACT,
    FLAT,
    "rue-cachee",
    "Diary of the neighbour",
    "Film That Waits",
    "behind the blue door",
    "Somebody lives there",
    "Owner of the flat",
    "Photographer at the door",
    "She dies at the end",
    "only a remark",
    "her very words",
    "kept for the desk alone",
    "she guesses",
    "asked of a second one",
    "Ingrid",
    "Solveig",
    "argon2",
    "shothere_",
)


def fill(session: Session) -> None:
    """Add a film with its sources, hidden homes, a merge, a redaction, imports and accounts."""
    case = film_case(session)
    desk, ingrid = sign_up(session, name="Solveig", password=PASSWORD, role=Role.ADMIN), owner(session)
    make_token(session, ingrid, name="Script", scopes=[Scope.CITE])
    draft = SightingDraft(
        production_title="Film That Waits", place_text="behind the blue door", period=parse_period("2020")
    )
    sighting = submit(session, draft, by=ingrid)
    _on_the_desk(session, sighting, ingrid, desk)
    _photos(session, sighting, ingrid)
    _hidden_homes(session, case.production, desk)
    _unreleased(session)
    _machine_data(session)


def _on_the_desk(session: Session, sighting: Sighting, sender: User, desk: User) -> None:
    keep_as_note(session, sighting.id, "kept for the desk alone", by=desk)
    touch(session, sighting.id, by=desk)
    revoke_trust(session, sender, by=desk, reason="she guesses")
    ask_for(session, Asked.CITATION, 1, label="A post", reason="asked of a second one", by=desk)


def upload(folder: Path) -> None:
    """Put a few files among the uploads of an instance."""
    for name, content in (("ab/cd.jpg", bytes(range(256)) * 9000), ("ab/ef.webp", b"\x00\xff"), ("x", b"")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _photos(session: Session, sighting: Sighting, by: User) -> None:
    """Add a photo of then with one of now put to it, and one that waits with a sighting."""
    bridge = place(session, "Bridge", 62.5, 7.7)
    said = PhotoDraft(author="Photographer at the door", licence=Licence.CC_BY_4)
    with change(session, by=by, comment="Photos"):
        then, now, waits = (PictureFile(letter * 64, 640, 480) for letter in "abc")
        draft = replace(said, role=PhotoRole.THEN, point=Point(62.51, 7.71), heading=225.5)
        first = add_photo(session, then, draft, by=by, place=bridge, at_once=True)
        add_photo(session, now, replace(said, then=first), by=by, place=bridge, at_once=True)
        send_with(session, sighting, add_photo(session, waits, said, by=by, place=None))


def _hidden_homes(session: Session, production: Production, desk: User) -> None:
    villa = place(session, VILLA, 59.9137, 10.7523, country="NO", municipality="Oslo")
    double = place(session, f"{VILLA}, Oslo", 59.9138, 10.7524, country="NO", municipality="Oslo")
    flat = place(session, FLAT, 48.8567, 2.3522, country="FR", municipality="Paris")
    inside = place(session, "Møre", 62.5, 7.5, kind=PlaceKind.AREA)
    diary, paper = source(session, "Diary of the neighbour"), source(session, "Paper", published="2021")
    with change(session, by=None, comment="Told") as told:
        inside.geometry = SQUARE
        inside.within_id = place(session, "Norway", 62.0, 10.0, kind=PlaceKind.COUNTRY).id
        at_villa, at_flat = shoot(session, production, villa), shoot(session, production, flat)
        say(session, diary, at_flat, Status.CONFIRMED, "2020-09-01", "2020-09-01")
        say(session, paper, at_villa, note="only a remark", quote="her very words")
        session.add(AttestedDay(citation_id=1, day=date(2020, 10, 5)))
        owner_of = find_or_add_partner(
            session, PartnerDraft(name="Owner of the flat", kind=PartnerKind.OWNER)
        )
        add_role(session, owner_of, production, RoleDraft(help=Help.PERMISSION), shoot=at_flat, source=diary)
        railway = find_or_add_partner(session, PartnerDraft(name="Bane", kind=PartnerKind.RAILWAY))
        add_role(session, railway, production, RoleDraft(help=Help.RAILWAY), source=paper)
    merge_rows(session, MergeKind.PLACE, survivor_id=villa.id, loser_id=double.id, by=desk)
    with change(session, by=desk, comment="Somebody lives there"):
        set_whereabouts(session, villa, privacy=Privacy.OBSCURED)
        set_whereabouts(session, flat, privacy=Privacy.PRIVATE)
    redact_change(
        session, told, by=desk, reason="Asked for", revision_ids=[], comment_too=True, live_too=False
    )


def _unreleased(session: Session) -> None:
    coming = film(session, "Coming", year=2199)
    end = shoot(session, coming, place(session, "Rauma", 62.57, 7.69))
    with change(session, by=None, comment="The end"):
        end.spoiler, end.scene = 2, "She dies at the end"


def _machine_data(session: Session) -> None:
    with change(session, by=None, comment="Permits") as opened:
        permits = source(session, "Permits")
        session.flush()
        run = ImportRun(
            file_name="permits.csv",
            digest="ab" * 16,
            mapping="nyc",
            source_id=permits.id,
            change_id=opened.id,
            state=ImportState.DONE,
            counts={"read": 3},
            resolved={"Rauma": [62.57, 7.69], "Ålesund 東京": None, "tab\t": 1e-7},
        )
        sighting = UnattributedSighting(source_id=permits.id, number="1", category="TV")
        session.add_all([run, sighting])
        session.flush()
        session.add(UnattributedPlace(sighting_id=sighting.id, place_id=1))
        for key in ("b", "A", "é", "a"):
            session.add(
                ImportedRow(
                    source_id=permits.id,
                    key=key,
                    content="c",
                    run_id=run.id,
                    table_name="unattributed_sighting",
                    row_id=sighting.id,
                )
            )
    session.add(RememberedAnswer(key="k", provider="nominatim", query="Rauma", state=AnswerState.NOTHING))
    session.flush()
