"""Places on record as candidates for a typed name: by their public columns, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.text import fold
from tracker.geocoding.candidates import OWN_LICENCE, Candidate, licence_of, provider_of
from tracker.geocoding.providers import licence_of_provider
from tracker.places.models import Place, Privacy
from tracker.places.privacy import public_name
from tracker.places.queries import places_beginning

RECORD = "record"
_MOST = 20


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A place of the record as a candidate; `obscured` says that its point is that of a grid cell."""

    number: int
    candidate: Candidate
    obscured: bool


def candidates_named(session: Session, name: str) -> Sequence[Candidate]:
    """Answer the open, located places of exactly that name, spelling aside; oldest first.

    The position of one that came from a gazetteer or a provider stays under their licence.
    """
    key = fold(name)[:300]
    if not key:
        return ()
    places = session.scalars(
        select(Place)
        .where(Place.name_key == key, Place.privacy == Privacy.OPEN, Place.public_lat.is_not(None))
        .order_by(Place.id)
        .limit(_MOST)
    )
    return [_candidate(place) for place in places]


def recorded_beginning(session: Session, text: str, *, limit: int) -> list[OnRecord]:
    """Answer open and obscured places whose name begins so, shortest first; located ones alone."""
    return [
        OnRecord(place.id, _candidate(place), place.privacy is not Privacy.OPEN)
        for place in places_beginning(session, text, limit=limit)
    ]


def _candidate(place: Place) -> Candidate:
    """Answer a place as a candidate; of an obscured one neither region, nor town, nor where it is from."""
    is_open = place.privacy is Privacy.OPEN
    return Candidate(
        id=(is_open and place.gazetteer_id) or f"{RECORD}:{place.id}",
        name=public_name(place),
        kind=place.kind.value,
        country=place.country or "",
        region=(place.region or None) if is_open else None,
        municipality=(place.municipality or None) if is_open else None,
        lat=place.public_lat or 0.0,
        lon=place.public_lon or 0.0,
        uncertainty_m=float(place.public_uncertainty_m or 0),
        confidence=0.9,
        population=0,
        approximate=False,
        provider=RECORD,
        why="on record here",
        licence=_licence(place.provider, place.gazetteer_id) if is_open else OWN_LICENCE,
    )


def gazetteer_id_of(candidate: Candidate) -> str | None:
    """Answer the row that a candidate is in the gazetteer or with a provider; None if only on record."""
    return None if candidate.id.startswith(f"{RECORD}:") or candidate.approximate else candidate.id


def _licence(provider: str, gazetteer_id: str | None) -> str:
    if gazetteer_id is None:
        # A landmark that is only known to lie in some town has that town's position.
        return licence_of("") if provider == "gazetteer" else OWN_LICENCE
    name = provider_of(gazetteer_id)
    return licence_of(gazetteer_id) if name == "gazetteer" else licence_of_provider(name)
