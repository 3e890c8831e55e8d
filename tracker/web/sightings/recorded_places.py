"""Places of our own record for somebody who types one, and which row of the gazetteer is the same place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.geocoding import Candidate
from tracker.places.offered import RECORD, recorded_beginning
from tracker.productions.at_places import shoot_counts

MOST_RECORDED = 4
_SAME_PLACE_M = 2_000


@dataclass(frozen=True, slots=True)
class Recorded:
    """A place of the record and how many shoots it has; `candidate` holds its public columns alone."""

    candidate: Candidate
    shoots: int
    obscured: bool

    @property
    def is_tied(self) -> bool:
        """Tell whether it is known which row of the gazetteer, or which answer of a provider, it is."""
        return not self.candidate.id.startswith(f"{RECORD}:")

    @property
    def sentence(self) -> str:
        shoots = f", {self.shoots} shoot{'' if self.shoots == 1 else 's'}" if self.shoots else ""
        hidden = "; shown as a grid cell" if self.obscured else ""
        return f"Already in the record{shoots}{hidden}"

    def same_among(self, candidates: Iterable[Candidate]) -> Candidate | None:
        """Answer what is offered of this very place already; of an obscured one that is not told."""
        offered = list(candidates)
        same = next((each for each in offered if each.id == self.candidate.id), None)
        if same is not None or self.obscured or self.is_tied:
            return same
        return self._namesake(offered, _SAME_PLACE_M)

    def double_among(self, candidates: Iterable[Candidate]) -> Candidate | None:
        """Answer the gazetteer's row whose point differs, but lies within the accuracy of ours."""
        if self.obscured or self.is_tied:
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
    found = recorded_beginning(session, text.partition(",")[0], limit=MOST_RECORDED)
    counts = shoot_counts(session, [place.number for place in found])
    return [Recorded(place.candidate, counts.get(place.number, 0), place.obscured) for place in found]
