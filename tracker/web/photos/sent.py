"""The photos that a sighting starts from: what waits, what is said of it, what it fills in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import request
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.dates import DateBound
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import clean_line
from tracker.geocoding import Gazetteer
from tracker.history.recording import change
from tracker.photos.licences import Licence
from tracker.photos.waiting import Waiting
from tracker.productions.models import Shoot
from tracker.productions.photographing import LONGEST_ALT, PhotoDraft, PictureFile, add_photo
from tracker.productions.photos import PhotoRole
from tracker.sightings.models import Sighting
from tracker.sightings.photos import MOST_PHOTOS, publish_with, send_with
from tracker.web.photos.folders import store, waiting_room
from tracker.web.sightings.place_offer import OWN_PIN

YES, NO = "yes", "no"
# Photos of one place are not farther apart than this.
_ONE_PLACE_M = 1_000
# Farther off than this nobody says that it was in the town.
_IN_TOWN_M = 10_000
_NOT_SENT = "The photo was not sent along. Choose it again and press “Read the photos” first."
_GONE = "A photo waited too long and is gone. Choose it again."


@dataclass(frozen=True, slots=True)
class Found:
    """What the photos tell together: days in words, the camera's point, and the name of what lies there."""

    when: str = ""
    point: Point | None = None
    accuracy_m: int | None = None
    place: str = ""
    notes: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        return bool(self.when) or self.point is not None


@dataclass(slots=True)
class SentPhotos:
    """The photos of a form as they were sent; `use` is "yes", "no", or "" while nobody answered."""

    waiting: list[Waiting] = field(default_factory=list)
    author: str = ""
    licence: str = ""
    alts: dict[str, str] = field(default_factory=dict)
    use: str = ""
    found: Found = field(default_factory=Found)
    errors: list[str] = field(default_factory=list)

    @property
    def licences(self) -> Sequence[Licence]:
        return tuple(Licence)

    def alt(self, waiting: Waiting) -> str:
        return self.alts.get(waiting.token, "")


def sent_photos(user: User, gazetteer: Gazetteer | None) -> SentPhotos:
    """Read which photos of the user's wait with the form that was posted, and what is said of them."""
    room, posted = waiting_room(), request.form
    sent = SentPhotos(
        author=clean_line(posted.get("photo_author", user.name))[:300],
        licence=posted.get("photo_licence", ""),
        use=posted.get("photo_use", ""),
    )
    tokens = list(dict.fromkeys(posted.getlist("photo")))
    for token in tokens[:MOST_PHOTOS]:
        waiting = room.find(token, owner_id=user.id)
        if waiting is None:
            sent.errors.append(_GONE)
            continue
        sent.waiting.append(waiting)
        sent.alts[token] = posted.get(f"photo-alt-{token}", "")[:LONGEST_ALT]
    if any(posted.getlist("photos")):
        # Without scripts the form itself sends names only, no files.
        sent.errors.append(_NOT_SENT)
    sent.found = found_in(sent.waiting, gazetteer)
    return sent


def check(sent: SentPhotos) -> None:
    """Say what is missing for the photos to be saved."""
    if sent.waiting and not sent.author:
        sent.errors.append("Say who took the photos.")
    if sent.waiting and sent.licence not in list(Licence):
        sent.errors.append("Choose the licence under which the photos may be shown.")


def found_in(waiting: Sequence[Waiting], gazetteer: Gazetteer | None) -> Found:
    """Answer what photos tell together: all their days, the first one's point."""
    days = sorted({one.facts.taken for one in waiting if one.facts.taken is not None})
    points = [(one.facts.point, one.facts.accuracy_m) for one in waiting if one.facts.point is not None]
    notes = [note for one in waiting for note in one.facts.notes]
    point, accuracy_m = points[0] if points else (None, None)
    if point is not None and any(p and distance_m(point, p) > _ONE_PLACE_M for p, _ in points):
        notes.append("The photos were taken in different places: the point of the first is meant here.")
    return Found(
        when=_days(days),
        point=point,
        accuracy_m=accuracy_m,
        place=_name_at(gazetteer, point) if point else "",
        notes=tuple(dict.fromkeys(notes)),
    )


def fill(form: FlaskForm, sent: SentPhotos) -> None:
    """Fill what is empty in the sighting's form with date and point of the photos, if that was agreed to."""
    found = sent.found
    if sent.use != YES:
        return
    if found.when and not clean_line(form.when.data):
        form.when.data = found.when
    if found.point is None or form.candidate.data or form.lat.data:
        return
    form.place.data = clean_line(form.place.data) or found.place
    form.lat.data, form.lon.data = f"{found.point.lat:.5f}", f"{found.point.lon:.5f}"
    form.candidate.data, form.offered_for.data = OWN_PIN, form.place.data


def keep_files(sent: SentPhotos, *, by: User) -> None:
    """Write the photos where they are published from; before the transaction that names them."""
    for waiting in sent.waiting:
        store().keep(waiting_room().picture(waiting, owner_id=by.id))


def save(session: Session, sighting: Sighting, sent: SentPhotos, *, by: User) -> None:
    """Let the photos wait with a sighting; date and point of the camera only if that was agreed to."""
    if not sent.waiting:
        return
    with change(session, by=by, comment=f"Sent in photos with sighting {sighting.id}"):
        for waiting in sent.waiting:
            file = PictureFile(waiting.digest, waiting.width, waiting.height)
            photo = add_photo(session, file, _draft(waiting, sent), by=by, place=None)
            send_with(session, sighting, photo)
        shoot = session.get(Shoot, sighting.shoot_id) if sighting.shoot_id is not None else None
        if shoot is not None and sighting.exact_from is None:
            # What a trusted contributor sends in counts at once, and its photos with it.
            publish_with(session, sighting, shoot, by=by)


def forget(sent: SentPhotos, user: User) -> None:
    """Clear away what waited, once it is saved."""
    for waiting in sent.waiting:
        waiting_room().drop(waiting.token, owner_id=user.id)


def _draft(waiting: Waiting, sent: SentPhotos) -> PhotoDraft:
    if sent.licence not in list(Licence):
        raise InvalidValueError("Choose the licence under which the photos may be shown.")
    said = PhotoDraft(
        author=sent.author, licence=Licence(sent.licence), alt=sent.alt(waiting), role=PhotoRole.THEN
    )
    if sent.use != YES:
        return said
    facts = waiting.facts
    return PhotoDraft(
        author=said.author,
        licence=said.licence,
        alt=said.alt,
        role=said.role,
        taken=DateBound.from_edtf(facts.taken.isoformat() if facts.taken else ""),
        point=facts.point,
        uncertainty_m=facts.accuracy_m,
        heading=facts.heading,
    )


def _days(days: Sequence[date]) -> str:
    if not days:
        return ""
    first, last = days[0], days[-1]
    return f"{first:%-d %B %Y}" if first == last else f"{first:%-d %B %Y} to {last:%-d %B %Y}"


def _name_at(gazetteer: Gazetteer | None, point: Point) -> str:
    """Answer the name of the narrowest place around a point that is known offline."""
    if gazetteer is None:
        return ""
    here = gazetteer.locate(point.lat, point.lon)
    town = here.town if here.town and here.town.distance_m <= _IN_TOWN_M else None
    around = town or here.municipality or here.region
    return around.place.name if around else ""
