"""Photos in the database, SQLite and PostgreSQL alike: who may what, what a revert and a redaction leave."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import cast
from tracker.accounts.models import User
from tracker.foundation.dates import parse_period
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.foundation.geo import Point
from tracker.history.models import Change, Revision
from tracker.history.recording import change
from tracker.photos.licences import Licence
from tracker.places.models import Place
from tracker.productions.photo_queries import is_file_needed, photos_at
from tracker.productions.photographing import PhotoDraft, PictureFile, add_photo, publish_photo, remove_photo
from tracker.productions.photos import Photo, PhotoState
from tracker.productions.redacting import files_in, redact_change
from tracker.productions.reverting import revert_changes
from tracker.sightings.operations import SightingDraft, submit
from tracker.sightings.photos import SightingPhoto, send_with, waiting_photos

DIGEST = "ab" * 32


def added(session: Session, by: User, place: Place | None, *, at_once: bool = True) -> Photo:
    draft = PhotoDraft(author="Ingrid", licence=Licence.CC_BY_4, alt="A bridge", point=Point(62.5, 7.6))
    with change(session, by=by, comment="Added a photo"):
        return add_photo(session, PictureFile(DIGEST, 640, 480), draft, by=by, place=place, at_once=at_once)


def last_change(session: Session) -> Change:
    return session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()


def test_a_photo_that_waits_is_shown_to_nobody_until_somebody_else_agrees(session: Session) -> None:
    ingrid, solveig = cast.owner(session), cast.moderator(session)
    place = cast.place(session, "Bridge", 62.5, 7.6)
    photo = added(session, ingrid, place, at_once=False)
    assert photos_at(session, place.id) == [] and waiting_photos(session) == [photo]
    with change(session, by=ingrid, comment="Mine"), pytest.raises(NotAllowedError):
        publish_photo(session, photo, by=ingrid)
    with change(session, by=solveig, comment="Agreed"):
        publish_photo(session, photo, by=solveig)
        with pytest.raises(ConflictError, match="published already; the first decision counts"):
            publish_photo(session, photo, by=solveig)
    assert photos_at(session, place.id) == [photo] and waiting_photos(session) == []


def test_reverting_its_adding_takes_a_photo_away_with_its_tie_to_a_sighting(session: Session) -> None:
    solveig = cast.moderator(session)
    draft = SightingDraft(production_title="A Film", place_text="Bridge", period=parse_period("2020"))
    sighting = submit(session, draft, by=solveig)
    photo = added(session, solveig, None)
    send_with(session, sighting, photo)
    assert photo.state is PhotoState.PENDING
    session.commit()
    revert_changes(session, [last_change(session)], by=solveig, comment="Sent by mistake")
    session.commit()
    assert session.scalars(select(Photo)).all() == []
    assert session.scalars(select(SightingPhoto)).all() == []
    assert not is_file_needed(session, DIGEST)


def test_a_redacted_photo_is_blank_today_and_in_all_its_history(session: Session) -> None:
    solveig = cast.moderator(session)
    place = cast.place(session, "Bridge", 62.5, 7.6)
    photo = added(session, solveig, place)
    first = last_change(session)
    with change(session, by=solveig, comment="Removed"):
        remove_photo(session, photo, why="A person can be seen")
    rows = list(session.scalars(select(Revision.id).where(Revision.change_id == first.id)))
    assert files_in(session, first, rows) == [DIGEST]
    redact_change(
        session, first, by=solveig, reason="Asked", revision_ids=rows, comment_too=False, live_too=False
    )
    session.commit()
    assert (photo.state, photo.digest, photo.author, photo.lat) == (PhotoState.REDACTED, None, "", None)
    kept = session.scalars(select(Revision).where(Revision.table_name == "photo")).all()
    assert len(kept) == 3
    assert {(row.label, row.before, row.after) for row in kept} == {("", None, None)}
    assert not is_file_needed(session, DIGEST)


def test_the_same_picture_may_be_of_two_places_but_twice_of_none(
    session: Session,
) -> None:
    solveig = cast.moderator(session)
    here, there = cast.place(session, "Bridge", 62.5, 7.6), cast.place(session, "Pier", 62.3, 6.9)
    added(session, solveig, here), added(session, solveig, there)
    with pytest.raises(ConflictError, match="it is photo 1"):
        added(session, solveig, here)
    assert is_file_needed(session, DIGEST)


@pytest.mark.parametrize(("author", "licence"), [("  ", Licence.CC0), ("Ingrid", None)])
def test_author_and_licence_are_required(session: Session, author: str, licence: Licence | None) -> None:
    solveig = cast.moderator(session)
    draft = PhotoDraft(author=author, licence=licence)
    with change(session, by=solveig, comment="Add"), pytest.raises(InvalidValueError):
        add_photo(session, PictureFile(DIGEST, 1, 1), draft, by=solveig, place=None)


def test_the_database_itself_keeps_no_published_photo_without_a_place(session: Session) -> None:
    solveig = cast.moderator(session)
    photo = added(session, solveig, None)
    refused = pytest.raises(IntegrityError, match="published_has_place")
    with refused, change(session, by=solveig, comment="No"):
        photo.state = PhotoState.PUBLISHED
        session.flush()
