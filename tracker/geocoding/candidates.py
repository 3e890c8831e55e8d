"""What the geocoder answers: candidates, best first, and what it did with the words it was given."""

from __future__ import annotations

from dataclasses import asdict, dataclass

LICENCE = "GeoNames, CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Offer one real place for what somebody wrote.

    `country` is ISO 3166-1 alpha-2; `confidence` lies in 0..1. `approximate` says that the text named
    something finer than this place, and that `uncertainty_m` was widened to contain it.
    """

    id: str
    name: str
    kind: str
    country: str
    region: str | None
    municipality: str | None
    lat: float
    lon: float
    uncertainty_m: float
    confidence: float
    population: int
    approximate: bool
    provider: str = "gazetteer"
    why: str = ""

    @property
    def label(self) -> str:
        """Return the name with what tells it from its namesakes."""
        wider = [part for part in (self.municipality, self.region) if part and part != self.name]
        return ", ".join([self.name, *dict.fromkeys(wider), self.country])

    def as_record(self) -> dict[str, object]:
        """Return plain values, ready for JSON."""
        return {**asdict(self), "label": self.label, "licence": LICENCE}


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold the candidates for one query, best first, with the words that were used and the others.

    `ambiguous` says that a namesake is as likely; `guessed` that the candidates rest on nothing but a
    likeness of spelling: something to ask back ("did you mean"), never to pin.
    """

    query: str
    candidates: tuple[Candidate, ...] = ()
    ambiguous: bool = False
    guessed: bool = False
    used: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """Return the first candidate, if any; `ambiguous` says whether a namesake is as likely."""
        return self.candidates[0] if self.candidates else None

    @property
    def pin(self) -> Candidate | None:
        """Return the first candidate if it may stand on a map unasked: it is more than a guess."""
        return None if self.guessed else self.best
