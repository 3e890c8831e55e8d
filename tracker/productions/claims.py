"""Claims: citations as plain values, ready to be weighed without a database."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.foundation.dates import UNKNOWN, DateBound
from tracker.productions.evidence import Citation, Manner, Shows, Stance
from tracker.productions.models import InFilm, Status
from tracker.sources.models import SourceKind

OFFICIAL = frozenset(
    {
        SourceKind.OFFICIAL_POST,
        SourceKind.PRODUCTION_STATEMENT,
        SourceKind.FILM_COMMISSION,
        SourceKind.MUNICIPALITY,
    }
)
FIRST_HAND = OFFICIAL | {
    SourceKind.PERMIT,
    SourceKind.EYEWITNESS_MEDIA,
    SourceKind.OWN_REPORTING,
    SourceKind.INTERVIEW,
}


class Scope(enum.StrEnum):
    """How the place that a source names lies to the shoot's own place."""

    HERE = "here"
    NARROWER = "narrower"
    WIDER = "wider"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says of one shoot. `root_id` is the source that it counts as."""

    id: int
    source_id: int
    root_id: int
    kind: SourceKind
    title: str
    author: str = ""
    by_cast: bool = False
    stance: Stance = Stance.SUPPORTS
    manner: Manner = Manner.STATES
    shows: Shows = Shows.WORK
    scope: Scope = Scope.HERE
    status: Status | None = None
    start: DateBound = UNKNOWN
    end: DateBound = UNKNOWN
    attested: tuple[date, ...] = ()
    known_from: date | None = None
    live: bool = True
    speaks_of_id: int | None = None
    story_place: str = ""
    in_film: InFilm | None = None

    @property
    def is_repeat(self) -> bool:
        return self.root_id != self.source_id or self.kind is SourceKind.REPEATED_REPORTING

    @property
    def is_official(self) -> bool:
        return self.kind in OFFICIAL and not self.by_cast and not self.is_repeat

    @property
    def is_first_hand(self) -> bool:
        return self.kind in FIRST_HAND and not self.is_repeat

    @property
    def counts(self) -> bool:
        """Whether the claim can prove the shoot: live, in favour, and of this place or a part of it."""
        return self.live and self.stance is Stance.SUPPORTS and self.scope in (Scope.HERE, Scope.NARROWER)

    @property
    def counts_against(self) -> bool:
        """Whether the claim speaks against the shoot; what is refuted of a wider place is refuted here."""
        return self.live and self.stance is Stance.REFUTES and self.scope in (Scope.HERE, Scope.WIDER)

    @property
    def who(self) -> str:
        return self.author or self.title


def known_by(claims: Iterable[Claim], day: date | None) -> list[Claim]:
    """Answer the claims whose source was published by a day; without a day, all of them."""
    if day is None:
        return list(claims)
    return [claim for claim in claims if claim.known_from is not None and claim.known_from <= day]


def claim_of(
    citation: Citation,
    *,
    place_id: int,
    wider: Mapping[int, tuple[int, ...]],
    attested: tuple[date, ...] = (),
) -> Claim:
    """Answer a loaded citation as a claim. `wider` holds, by place id, the ids of the places around it."""
    source = citation.source
    return Claim(
        id=citation.id,
        source_id=source.id,
        root_id=source.root_id,
        kind=source.kind,
        title=source.title,
        author=source.author or source.outlet,
        by_cast=source.by_cast,
        stance=citation.stance,
        manner=citation.manner,
        shows=citation.shows,
        scope=_scope(citation.speaks_of_id, place_id, wider),
        status=citation.status,
        start=citation.start,
        end=citation.end,
        attested=attested,
        known_from=source.known_from,
        live=citation.is_live,
        speaks_of_id=citation.speaks_of_id,
        story_place=citation.story_place,
        in_film=citation.in_film,
    )


def _scope(speaks_of: int | None, place_id: int, wider: Mapping[int, tuple[int, ...]]) -> Scope:
    if speaks_of is None or speaks_of == place_id:
        return Scope.HERE
    if speaks_of in wider.get(place_id, ()):
        return Scope.WIDER
    if place_id in wider.get(speaks_of, ()):
        return Scope.NARROWER
    return Scope.ELSEWHERE
