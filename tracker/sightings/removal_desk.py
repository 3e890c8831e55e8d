"""Deciding on requests for removal: granted, the place and its history tell no more; refused, two agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.foundation.text import clean, clean_line, fold, slugify
from tracker.history.merging import WITH_MERGED
from tracker.history.models import Change, ChangeSubject, Revision
from tracker.history.queries import author_of_row
from tracker.history.recording import change
from tracker.places.editing import set_whereabouts
from tracker.places.merging import hide_merged
from tracker.places.models import Place, Privacy
from tracker.places.privacy import stricter
from tracker.productions.evidence import Citation
from tracker.productions.models import Shoot
from tracker.productions.photographing import withhold_photos
from tracker.productions.photos import Photo
from tracker.productions.redacting import redact_change
from tracker.sightings.models import Sighting
from tracker.sightings.photos import SightingPhoto
from tracker.sightings.removals import (
    HIDING,
    Removal,
    RemovalContact,
    RemovalState,
    place_of_removal,
)

KEEP_CONTACT = timedelta(days=30)


def grant(
    session: Session,
    removal: Removal,
    *,
    by: User,
    words: str,
    name: str = "",
    privacy: Privacy = Privacy.OBSCURED,
    texts_too: bool = False,
) -> list[str]:
    """Let a request stand: the place stays hidden under a name that tells nothing, its history is blanked.

    Its photos go; answers the digests of their files, which are the caller's to remove after the commit.
    With `texts_too` scenes, notes and quotes of its shoots go, too. Raises InvalidValueError without words.
    """
    told = _told(words)
    _check_state(removal, RemovalState.PENDING)
    place = place_of_removal(session, removal)
    if privacy is Privacy.OPEN:
        raise InvalidValueError("A place whose removal is granted is obscured or private.")
    files: list[str] = []
    with change(session, by=by, comment=f"Granted removal request {removal.id}") as opened:
        if place is not None:
            files = withhold_photos(session, opened, _photos_at(session, place))
            _clean(session, place, removal, by=by, name=name, privacy=privacy, texts_too=texts_too)
        _decide(session, removal, RemovalState.GRANTED, by=by, words=told)
    if removal.hidden_at is None and place is not None:
        removal.hidden_at = now()
    session.flush()
    return files


def refuse(session: Session, removal: Removal, *, by: User, words: str) -> None:
    """Refuse a request; nothing is shown before a second moderator agrees.

    Raises NotAllowedError if whoever entered the place decides, InvalidValueError without words.
    """
    told = _told(words)
    _check_state(removal, RemovalState.PENDING)
    _check_not_own(session, removal, by)
    _decide(session, removal, RemovalState.REFUSED, by=by, words=told)


def confirm(session: Session, removal: Removal, *, by: User) -> None:
    """Agree with a refusal: the place becomes what it was before. Not for whoever refused, or entered it."""
    _check_state(removal, RemovalState.REFUSED)
    if removal.decided_by_id == by.id:
        raise NotAllowedError("You refused this yourself: another moderator has to agree.")
    _check_not_own(session, removal, by)
    place = place_of_removal(session, removal)
    removal.state, removal.confirmed_by_id, removal.confirmed_at = RemovalState.KEPT, by.id, now()
    session.flush()
    if place is None or removal.hidden_at is None or _is_hidden_by_others(session, removal, place):
        return
    before = removal.privacy_before or Privacy.OBSCURED
    with change(session, by=by, comment="Shown again: the request for its removal was refused by two"):
        set_whereabouts(session, place, privacy=before)
        hide_merged(session, place, before)


def send_back(session: Session, removal: Removal, *, by: User) -> None:
    """Disagree with a refusal: the request waits for a decision again."""
    _check_state(removal, RemovalState.REFUSED)
    if removal.decided_by_id == by.id:
        raise NotAllowedError("You refused this yourself: another moderator looks at it.")
    removal.state, removal.decided_by_id, removal.decided_at = RemovalState.PENDING, None, None
    _keep_contact_until(session, removal, None)
    session.flush()


def check_still_hidden(session: Session) -> None:
    """Raise ConflictError if what was written so far shows a place that a request hides."""
    session.flush()
    shown = session.scalar(
        select(Removal.id)
        .join(Place, Place.id == Removal.place_id)
        .where(
            Removal.state.in_(HIDING),
            Removal.hidden_at.is_not(None),
            Place.privacy == Privacy.OPEN,
        )
        .limit(1)
        .execution_options(**WITH_MERGED)
    )
    if shown is not None:
        raise ConflictError(
            f"Somebody asked for the removal of this place (request {shown}). It is shown again when two "
            "moderators have refused that."
        )


def next_forgotten(session: Session) -> datetime | None:
    """Answer when the next address is to be deleted; None where none is kept beyond a decision."""
    return session.scalar(select(func.min(RemovalContact.delete_after)))


def forget_contacts(session: Session, *, at: datetime) -> int:
    """Delete the addresses whose time is over at a moment; answer how many."""
    gone = (
        delete(RemovalContact).where(RemovalContact.delete_after <= at).returning(RemovalContact.removal_id)
    )
    return len(session.execute(gone).all())


def _clean(
    session: Session,
    place: Place,
    removal: Removal,
    *,
    by: User,
    name: str,
    privacy: Privacy,
    texts_too: bool,
) -> None:
    rows = [place, *_merged_into(session, place)]
    old_names = {fold(row.name) for row in rows}
    new_name = clean_line(name)[:300] or "Place removed on request"
    for row in rows:
        row.name, row.name_key = new_name, fold(new_name)[:300]
        row.slug = slugify(new_name, fallback="place")
    set_whereabouts(session, place, privacy=stricter(place.privacy, privacy))
    hide_merged(session, place, place.privacy)
    shoots = session.scalars(select(Shoot.id).where(Shoot.place_id == place.id)).all()
    _forget_reports(session, shoots, new_name)
    told = {"place": {row.id for row in rows}, "sighting": _sightings(session, shoots)}
    if texts_too:
        told["shoot"] = set(shoots)
        told["citation"] = set(session.scalars(select(Citation.id).where(Citation.shoot_id.in_(shoots))))
    _blank(session, told, old_names, by=by, reason=f"removal request {removal.id}", texts_too=texts_too)


def _blank(
    session: Session,
    told: dict[str, set[int]],
    old_names: set[str],
    *,
    by: User,
    reason: str,
    texts_too: bool,
) -> None:
    """Blank all revisions of the rows, and the comments that call the place by a name of its own."""
    of_rows = or_(
        *((Revision.table_name == table) & Revision.row_id.in_(ids) for table, ids in told.items() if ids)
    )
    by_change: dict[int, list[int]] = {}
    for number, change_id in session.execute(
        select(Revision.id, Revision.change_id).where(of_rows).order_by(Revision.id)
    ):
        by_change.setdefault(change_id, []).append(number)
    about = select(ChangeSubject.change_id).where(
        ChangeSubject.kind == "place", ChangeSubject.subject_id.in_(told["place"])
    )
    for change_id in sorted({*by_change, *session.scalars(about)}):
        target = session.get_one(Change, change_id)
        names_it = any(old in fold(target.comment) for old in old_names)
        if change_id in by_change or names_it:
            redact_change(
                session,
                target,
                by=by,
                reason=reason,
                revision_ids=by_change.get(change_id, ()),
                comment_too=names_it,
                live_too=texts_too,
            )


def _merged_into(session: Session, place: Place) -> list[Place]:
    merged = select(Place).where(Place.merged_into_id == place.id).execution_options(**WITH_MERGED)
    return list(session.scalars(merged))


def _photos_at(session: Session, place: Place) -> list[int]:
    """Answer the photos of a place and of what was shot there, also those of a sighting that wait still."""
    there = [place.id, *(row.id for row in _merged_into(session, place))]
    shoots = select(Shoot.id).where(Shoot.place_id.in_(there))
    came = (
        select(SightingPhoto.photo_id)
        .join(Sighting, Sighting.id == SightingPhoto.sighting_id)
        .where(Sighting.shoot_id.in_(shoots))
    )
    of_place = or_(Photo.place_id.in_(there), Photo.shoot_id.in_(shoots), Photo.id.in_(came))
    return list(session.scalars(select(Photo.id).where(of_place)))


def _sightings(session: Session, shoots: Sequence[int]) -> set[int]:
    return set(session.scalars(select(Sighting.id).where(Sighting.shoot_id.in_(shoots))))


def _forget_reports(session: Session, shoots: Sequence[int], new_name: str) -> None:
    """Let the reports behind the shoots forget where it was: all else of them is kept as it was sent in."""
    for sighting in session.scalars(select(Sighting).where(Sighting.shoot_id.in_(shoots))):
        sighting.place_text, sighting.place_name = new_name, ""
        sighting.place_lat = sighting.place_lon = sighting.place_uncertainty_m = None
        sighting.place_gazetteer_id, sighting.note = None, ""
    session.flush()


def _is_hidden_by_others(session: Session, removal: Removal, place: Place) -> bool:
    others = select(Removal.id).where(
        Removal.place_id.in_({place.id, removal.place_id}),
        Removal.id != removal.id,
        Removal.state.in_(HIDING),
    )
    return session.scalar(others.limit(1)) is not None


def _check_state(removal: Removal, wanted: RemovalState) -> None:
    if removal.state is not wanted:
        raise ConflictError(f"Request {removal.id} is {removal.state.value} already; look at it again.")


def _check_not_own(session: Session, removal: Removal, by: User) -> None:
    place = place_of_removal(session, removal)
    if place is not None and author_of_row(session, "place", place.id) == by.id:
        raise NotAllowedError("You entered this place yourself: another moderator decides.")


def _decide(session: Session, removal: Removal, to: RemovalState, *, by: User, words: str) -> None:
    removal.state, removal.decided_by_id, removal.decided_at = to, by.id, now()
    removal.decision = words
    _keep_contact_until(session, removal, now() + KEEP_CONTACT)
    session.flush()


def _keep_contact_until(session: Session, removal: Removal, moment: datetime | None) -> None:
    session.execute(
        update(RemovalContact)
        .where(RemovalContact.removal_id == removal.id)
        .values(delete_after=moment)
        .execution_options(synchronize_session=False)
    )


def _told(words: str) -> str:
    told = clean(words)[:2000]
    if not told:
        raise InvalidValueError("Say in a sentence why; whoever asked reads it.")
    return told
