"""Which columns of the record hold people's own words, and redacting what a change holds of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.history import redacting
from tracker.history.models import Change
from tracker.history.redacting import Words
from tracker.places.models import Place
from tracker.productions.distinct import DistinctPair
from tracker.productions.evidence import Citation, OrderCitation, Settlement
from tracker.productions.models import Production, Shoot, Title
from tracker.productions.partners import Partner, PartnerRole
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
    """Blank what a change holds; answer the change that says so. See `history.redacting.redact`."""
    return redacting.redact(
        session,
        target,
        by=by,
        reason=reason,
        revision_ids=revision_ids,
        comment_too=comment_too,
        live_too=live_too,
        words=WORDS,
    )
