"""What would become of a sighting: the claim that its source would make, and what would be known then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from tracker.foundation.dates import UNKNOWN, DateBound
from tracker.productions.claims import Claim
from tracker.productions.knowledge import Knowledge, knowledge_of
from tracker.sightings.further import further_sources
from tracker.sightings.models import Sighting
from tracker.sightings.moderation import citation_of, further_citation
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import find_source

# No row has this id: it stands for what is not saved yet.
UNSAVED = 0


def likely_kind(sighting: Sighting) -> SourceKind:
    """Answer what kind of source a sighting's seems to be; a moderator may know better."""
    if sighting.address is None:
        return SourceKind.OWN_KNOWLEDGE
    return SourceKind.EYEWITNESS_MEDIA if sighting.seen_by_sender else SourceKind.TRADE_PRESS


def claim_from(sighting: Sighting, kind: SourceKind, source: Source | None = None) -> Claim:
    """Answer the claim that a sighting's source would make; `source` is the one known at that address."""
    said = citation_of(sighting)
    return Claim(
        id=UNSAVED,
        source_id=source.id if source else UNSAVED,
        root_id=source.root_id if source else UNSAVED,
        kind=source.kind if source else (kind if sighting.address else SourceKind.OWN_KNOWLEDGE),
        title=source.title if source else _outlet(sighting),
        author=source.author if source else "",
        by_cast=source.by_cast if source else False,
        status=said.status,
        manner=said.manner,
        start=said.period.start,
        end=said.period.end,
        attested=said.attested,
        known_from=source.known_from if source else sighting.submitted_at.date(),
    )


def further_claims(session: Session, sighting: Sighting) -> list[Claim]:
    """Answer the claims that a sighting's further sources would make beside its own."""
    claims = []
    for further in further_sources(session, sighting):
        source = find_source(session, further.address)
        said = further_citation(sighting, further)
        claims.append(
            Claim(
                # No row has a negative id: each stands for a source that is not saved yet.
                id=-further.id,
                source_id=source.id if source else -further.id,
                root_id=source.root_id if source else -further.id,
                kind=source.kind if source else further.kind,
                title=source.title if source else urlsplit(further.address).hostname or "",
                author=source.author if source else "",
                by_cast=source.by_cast if source else False,
                status=said.status,
                manner=said.manner,
                start=said.period.start,
                end=said.period.end,
                known_from=source.known_from if source else further.added_at.date(),
            )
        )
    return claims


def _outlet(sighting: Sighting) -> str:
    """Answer what a source that is not saved yet is called: the host of its address."""
    return (urlsplit(sighting.address).hostname or "") if sighting.address else "the sender"


def known_with(
    claim: Claim,
    others: Sequence[Claim] = (),
    *,
    today: date,
    released: DateBound = UNKNOWN,
    refuted_reason: str | None = None,
) -> Knowledge:
    """Answer what would be known of a shoot with the claim beside its others.

    A source that speaks of the shoot already is heard once, so that it changes nothing.
    """
    heard = any(c.source_id == claim.source_id and c.stance is claim.stance for c in others)
    known = knowledge_of(
        [*others] if heard and claim.source_id != UNSAVED else [*others, claim],
        on=today,
        as_known=False,
        released=released,
        refuted_reason=refuted_reason,
    )
    if known is None:
        raise AssertionError("only a replay of the past can find nothing")
    return known
