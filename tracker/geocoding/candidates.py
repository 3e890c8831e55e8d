"""What the geocoder answers: candidates, best first, and what it did with the words it was given."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from tracker.geocoding.provenance import provenance_of

OWN_LICENCE = "CC0"
# How the ids of the offline gazetteer begin; online providers' ids begin with the provider's name.
_OFFLINE = frozenset(
    {"geonames", "municipality", "region", "country", "between", "airport", "station", "landmark"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Offer one real place for what somebody wrote.

    `country` is ISO 3166-1 alpha-2; `confidence` lies in 0..1. `approximate` says that the text named
    something finer than this place, and that `uncertainty_m` was widened to contain it; `mended` that it is
    spelt otherwise. `licence` is that of the position; left out, it is the gazetteer's.
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
    mended: bool = False
    licence: str = ""

    def __post_init__(self) -> None:
        if not self.licence:
            # The only way into a frozen dataclass.
            object.__setattr__(self, "licence", licence_of(self.id))

    @property
    def label(self) -> str:
        """Return the name with what tells it from its namesakes."""
        wider = [part for part in (self.municipality, self.region) if part and part != self.name]
        return ", ".join([self.name, *dict.fromkeys(wider), self.country])

    def as_record(self) -> dict[str, object]:
        """Return plain values, ready for JSON."""
        return {**asdict(self), "label": self.label}


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold the candidates for one query, best first, with the words that were used and the others.

    `ambiguous` says that a namesake is as likely; `guessed` that the candidates rest on nothing but a
    likeness of spelling: something to ask back ("did you mean"), never to pin. `note` says in a sentence what
    its reader should know of how the answer came about: the online provider could not be reached.
    """

    query: str
    candidates: tuple[Candidate, ...] = ()
    ambiguous: bool = False
    guessed: bool = False
    used: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_settled(self) -> bool:
        """Say whether one place is meant, exactly and beyond doubt."""
        return self.pin is not None and not self.ambiguous and not self.pin.approximate

    @property
    def best(self) -> Candidate | None:
        """Return the first candidate, if any; `ambiguous` says whether a namesake is as likely."""
        return self.candidates[0] if self.candidates else None

    @property
    def pin(self) -> Candidate | None:
        """Return the first candidate if it may stand on a map unasked: it is more than a guess."""
        return None if self.guessed else self.best


def provider_of(candidate_id: str) -> str:
    """Answer who a candidate of that id comes from: "gazetteer", or the name of an online provider."""
    first = candidate_id.partition(":")[0]
    return "gazetteer" if first in _OFFLINE else first


def licence_of(candidate_id: str) -> str:
    """Answer the licence of a row of the gazetteer: see `provenance`."""
    return provenance_of(candidate_id).licence
