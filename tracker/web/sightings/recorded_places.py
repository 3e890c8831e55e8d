"""Places of our own record for somebody who types one: known by what is public of them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.geocoding import Candidate
from tracker.places.models import Place, Privacy
from tracker.places.queries import places_beginning
from tracker.productions.at_places import shoot_counts

# Before the number of a place in an id that a form posts; the gazetteer's own ids begin otherwise.
RECORDED = "place:"
_SAME_PLACE_M = 2_000


@dataclass(frozen=True, slots=True)
class Recorded:
    """A place of the record and how many shoots it has; `candidate` holds its public columns alone."""

    candidate: Candidate
    shoots: int
    obscured: bool
    gazetteer_id: str | None

    @property
    def sentence(self) -> str:
        shoots = f", {self.shoots} shoot{'' if self.shoots == 1 else 's'}" if self.shoots else ""
        hidden = "; shown as a grid cell" if self.obscured else ""
        return f"Already in the record{shoots}{hidden}"

    def same_among(self, candidates: Iterable[Candidate]) -> Candidate | None:
        """Answer the gazetteer's row for this very place; of an obscured one that is not told."""
        if self.obscured:
            return None
        if self.gazetteer_id:
            return next((each for each in candidates if each.id == self.gazetteer_id), None)
        return self._namesake(candidates, _SAME_PLACE_M)

    def double_among(self, candidates: Iterable[Candidate]) -> Candidate | None:
        """Answer the gazetteer's row whose point differs, but lies within the accuracy of ours."""
        if self.obscured or self.gazetteer_id:
            return None
        return self._namesake(candidates, self.candidate.uncertainty_m)

    def _namesake(self, candidates: Iterable[Candidate], within_m: float) -> Candidate | None:
        own = self.candidate
        for other in candidates:
            alike = (own.kind, own.country) == (other.kind, other.country)
            if alike and fold(own.name) == fold(other.name):
                apart = distance_m(Point(own.lat, own.lon), Point(other.lat, other.lon))
                if apart <= within_m:
                    return other
        return None


def recorded_places(session: Session, text: str) -> list[Recorded]:
    """Answer places of the record whose name begins as the text up to its first comma does."""
    places = places_beginning(session, text.partition(",")[0])
    counts = shoot_counts(session, [place.id for place in places])
    return [_recorded(place, counts.get(place.id, 0)) for place in places]


def _recorded(place: Place, shoots: int) -> Recorded:
    obscured = place.privacy is not Privacy.OPEN
    candidate = Candidate(
        id=f"{RECORDED}{place.id}",
        name=place.name,
        kind=place.kind.value,
        country=place.country or "",
        region=None if obscured else place.region or None,
        municipality=None if obscured else place.municipality or None,
        lat=place.public_lat or 0.0,
        lon=place.public_lon or 0.0,
        uncertainty_m=float(place.public_uncertainty_m or 0),
        confidence=0.9,
        population=0,
        approximate=False,
        provider="record",
        why="recorded",
    )
    return Recorded(candidate, shoots, obscured, None if obscured else place.gazetteer_id)
