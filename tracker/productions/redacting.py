"""Which columns of the record hold people's own words, and redacting what a change holds of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.history import redacting
from tracker.history.bulk import reopened
from tracker.history.models import Change, Revision
from tracker.history.redacting import Words
from tracker.places.models import Place
from tracker.productions.distinct import DistinctPair
from tracker.productions.evidence import Citation, OrderCitation, Settlement
from tracker.productions.models import Production, Shoot, Title
from tracker.productions.partners import Partner, PartnerRole
from tracker.productions.photographing import withhold_photos
from tracker.productions.photos import Photo
from tracker.sources.models import Source

_OF_SHOOT = ("scene", "story_place", "note", "refuted_reason")
_OF_CITATION = ("quote", "locator", "note", "story_place", "closed_reason")
_OF_SOURCE = ("author", "outlet", "address", "address_key", "archive_address", "note")

WORDS = {
    "production": Words(Production, ("title",)),
    "title": Words(Title, ("text", "slug")),
    "place": Words(Place, ("name", "slug", "lat", "lon")),
    "shoot": Words(Shoot, _OF_SHOOT, _OF_SHOOT),
    "citation": Words(Citation, _OF_CITATION, _OF_CITATION),
    "order_citation": Words(OrderCitation, ("words", "closed_reason"), ("words", "closed_reason")),
    "settlement": Words(Settlement, ("reason",), ("reason",)),
    "distinct_pair": Words(DistinctPair, ("reason",), ("reason",)),
    "partner": Words(Partner, ("name", "slug", "address", "site"), ("address", "site")),
    "partner_role": Words(PartnerRole, ("note",), ("note",)),
    # A photo goes as a whole, with its file: see `redact_change`.
    "photo": Words(Photo, ("author", "alt", "source_address", "words")),
    "source": Words(Source, ("title", *_OF_SOURCE), _OF_SOURCE),
}


def redact_change(
    session: Session,
    target: Change,
    *,
    by: User,
    reason: str,
    revision_ids: Sequence[int],
    comment_too: bool,
    live_too: bool,
) -> Change:
    """Blank what a change holds; answer the change that says so. See `history.redacting.redact`.

    Of photos among it nothing stays; their files (`files_in`) are the caller's to remove after the commit.
    """
    photos = _photos_in(session, target, revision_ids)
    opened = redacting.redact(
        session,
        target,
        by=by,
        reason=reason,
        revision_ids=revision_ids,
        comment_too=comment_too,
        live_too=live_too,
        words=WORDS,
    )
    if photos:
        with reopened(session, opened.id):
            withhold_photos(session, opened, [photo.id for photo in photos])
    return opened


def files_in(session: Session, target: Change, revision_ids: Sequence[int]) -> list[str]:
    """Answer the digests of the pictures that redacting these rows of a change would take away."""
    return [photo.digest for photo in _photos_in(session, target, revision_ids) if photo.digest]


def _photos_in(session: Session, target: Change, revision_ids: Sequence[int]) -> list[Photo]:
    written = select(Revision.row_id).where(
        Revision.table_name == "photo", Revision.change_id == target.id, Revision.id.in_(revision_ids)
    )
    return list(session.scalars(select(Photo).where(Photo.id.in_(written))))
