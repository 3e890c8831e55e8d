"""Places on record as candidates for a typed name. Only open ones, at their public point."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.text import fold
from tracker.geocoding.candidates import OWN_LICENCE, Candidate, licence_of, provider_of
from tracker.geocoding.providers import licence_of_provider
from tracker.places.models import Place, Privacy

RECORD = "record"
_MOST = 20


def candidates_named(session: Session, name: str) -> Sequence[Candidate]:
    """Answer the open, located places of exactly that name, spelling aside; oldest first.

    The position of one that came from a gazetteer or a provider stays under their licence.
    """
    key = fold(name)[:300]
    if not key:
        return ()
    rows = session.execute(
        select(
            Place.id,
            Place.name,
            Place.kind,
            Place.country,
            Place.region,
            Place.municipality,
            Place.public_lat,
            Place.public_lon,
            Place.public_uncertainty_m,
            Place.provider,
            Place.gazetteer_id,
        )
        .where(Place.name_key == key, Place.privacy == Privacy.OPEN, Place.public_lat.is_not(None))
        .order_by(Place.id)
        .limit(_MOST)
    )
    return [
        Candidate(
            id=row.gazetteer_id or f"{RECORD}:{row.id}",
            name=row.name,
            kind=row.kind.value,
            country=row.country or "",
            region=row.region or None,
            municipality=row.municipality or None,
            lat=row.public_lat,
            lon=row.public_lon,
            uncertainty_m=float(row.public_uncertainty_m or 0),
            confidence=0.9,
            population=0,
            approximate=False,
            provider=RECORD,
            why="on record here",
            licence=_licence(row.provider, row.gazetteer_id),
        )
        for row in rows
    ]


def gazetteer_id_of(candidate: Candidate) -> str | None:
    """Answer the row that a candidate is in the gazetteer or with a provider; None if only on record."""
    return None if candidate.id.startswith(f"{RECORD}:") or candidate.approximate else candidate.id


def _licence(provider: str, gazetteer_id: str | None) -> str:
    if gazetteer_id is None:
        # A landmark that is only known to lie in some town has that town's position.
        return licence_of("") if provider == "gazetteer" else OWN_LICENCE
    name = provider_of(gazetteer_id)
    return licence_of(gazetteer_id) if name == "gazetteer" else licence_of_provider(name)
