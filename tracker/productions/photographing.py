"""Adding photos, changing what is said of them, deciding on those that wait, taking them away.

All run inside an open change. Files are the caller's: they are written before, and removed after the commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.dates import UNKNOWN, DateBound
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.foundation.geo import Point
from tracker.foundation.text import clean, clean_line
from tracker.history.models import Change, Revision
from tracker.photos.licences import Licence
from tracker.places.models import Place
from tracker.productions.models import Shoot
from tracker.productions.photos import Photo, PhotoRole, PhotoState
from tracker.sources.addresses import check_address

LONGEST_ALT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoDraft:
    """What is said of a photo. `point` is where the camera stood, exact to `uncertainty_m`."""

    author: str
    licence: Licence | None
    alt: str = ""
    role: PhotoRole = PhotoRole.NOW
    taken: DateBound = UNKNOWN
    point: Point | None = None
    uncertainty_m: int | None = None
    heading: float | None = None
    spoiler: int = 0
    source_address: str = ""
    then: Photo | None = None


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A stored picture: its name and its size in pixels."""

    digest: str
    width: int
    height: int


def add_photo(
    session: Session,
    file: PictureFile,
    draft: PhotoDraft,
    *,
    by: User,
    place: Place | None,
    shoot: Shoot | None = None,
    at_once: bool = False,
) -> Photo:
    """Add a photo, published `at_once` or waiting. Without a place it waits for a sighting's.

    Raises InvalidValueError naming what is missing, ConflictError if the same picture is there already.
    """
    if place is not None:
        _check_new(session, file.digest, place)
    photo = Photo(
        digest=file.digest,
        width=file.width,
        height=file.height,
        sent_by_id=by.id,
        place_id=place.id if place else None,
        shoot_id=shoot.id if shoot else None,
        state=PhotoState.PUBLISHED if at_once and place is not None else PhotoState.PENDING,
    )
    _say(photo, draft, shoot=shoot)
    session.add(photo)
    session.flush()
    return photo


def change_photo(session: Session, photo: Photo, draft: PhotoDraft, *, shoot: Shoot | None) -> None:
    """Change what is said of a photo. Raises InvalidValueError naming what is missing."""
    _say(photo, draft, shoot=shoot)
    photo.shoot_id = shoot.id if shoot else None
    session.flush()
    session.expire(photo, ["shoot"])


def publish_photo(session: Session, photo: Photo, *, by: User, alone: bool = False) -> None:
    """Let a photo that waits be seen; `alone` there is nobody else to decide about one's own.

    Raises NotAllowedError for one's own, ConflictError if it is decided.
    """
    _decide(session, photo, PhotoState.PUBLISHED, by=by, alone=alone)


def reject_photo(session: Session, photo: Photo, *, by: User, words: str, alone: bool = False) -> None:
    """Turn a photo down, in words for its sender."""
    told = clean(words)[:2000]
    if not told:
        raise InvalidValueError("Say in a sentence why, so that the sender can answer.")
    photo.words = told
    _decide(session, photo, PhotoState.REJECTED, by=by, alone=alone)


def remove_photo(session: Session, photo: Photo, *, why: str) -> None:
    """Take a photo off the pages; a revert brings it back. Raises ConflictError if it is gone already."""
    if photo.state not in (PhotoState.PUBLISHED, PhotoState.PENDING):
        raise ConflictError(f"Photo {photo.id} is {photo.state.value} already.")
    photo.state, photo.words = PhotoState.REMOVED, clean(why)[:2000]
    session.flush()


def open_photo(session: Session, photo: Photo, *, opened: bool) -> None:
    """Show a photo although its place is hidden, or no longer."""
    photo.opened = opened
    session.flush()


def withhold_photos(session: Session, opened: Change, photo_ids: Sequence[int]) -> list[str]:
    """Redact photos: no word, point or file of them stays, today or in the history.

    Answers the digests of the files to remove after the commit. `opened` is the change that says so.
    """
    digests: list[str] = []
    for photo in session.scalars(select(Photo).where(Photo.id.in_(photo_ids))):
        if photo.digest is not None:
            digests.append(photo.digest)
        photo.digest, photo.state, photo.then_id = None, PhotoState.REDACTED, None
        photo.author = photo.alt = photo.words = ""
        photo.source_address = photo.lat = photo.lon = photo.uncertainty_m = photo.heading = None
        photo.taken = UNKNOWN
    session.flush()
    session.execute(
        update(Revision)
        .where(Revision.table_name == "photo", Revision.row_id.in_(photo_ids))
        .values(label="", before=None, after=None, redaction_id=opened.id)
        .execution_options(synchronize_session=False)
    )
    return digests


def _say(photo: Photo, draft: PhotoDraft, *, shoot: Shoot | None) -> None:
    author = clean_line(draft.author)[:300]
    if not author:
        raise InvalidValueError("Say who took the photo.")
    if draft.licence is None:
        raise InvalidValueError("Choose the licence under which the photo may be shown.")
    if draft.heading is not None and not 0 <= draft.heading < 360:
        raise InvalidValueError(f"{draft.heading} is no direction: write degrees from 0 to 359.")
    if shoot is not None and photo.place_id is not None and shoot.place_id != photo.place_id:
        raise InvalidValueError(f"Shoot {shoot.id} was at another place. Choose one of this place.")
    then = draft.then
    if then is not None and (draft.role is not PhotoRole.NOW or then.place_id != photo.place_id):
        raise InvalidValueError("Only a photo of now can be put to one of then, of the same place.")
    photo.author, photo.licence = author, draft.licence
    photo.alt = clean(draft.alt)[:LONGEST_ALT]
    photo.role, photo.then_id = draft.role, then.id if then else None
    photo.taken, photo.spoiler = draft.taken, draft.spoiler
    photo.lat = draft.point.lat if draft.point else None
    photo.lon = draft.point.lon if draft.point else None
    photo.uncertainty_m = draft.uncertainty_m if draft.point else None
    photo.heading = draft.heading if draft.point else None
    photo.source_address = check_address(draft.source_address) if draft.source_address else None


def _check_new(session: Session, digest: str, place: Place) -> None:
    there = (PhotoState.PENDING, PhotoState.PUBLISHED)
    same = select(Photo.id).where(Photo.digest == digest, Photo.place_id == place.id, Photo.state.in_(there))
    number = session.scalar(same.limit(1))
    if number is not None:
        raise ConflictError(f"This very picture is at this place already: it is photo {number}.")


def _decide(session: Session, photo: Photo, to: PhotoState, *, by: User, alone: bool) -> None:
    if photo.sent_by_id == by.id and not alone:
        raise NotAllowedError("This photo is yours: somebody else decides.")
    if photo.state is not PhotoState.PENDING:
        raise ConflictError(f"Photo {photo.id} is {photo.state.value} already; the first decision counts.")
    photo.state, photo.decided_by_id, photo.decided_at = to, by.id, now()
    session.flush()
