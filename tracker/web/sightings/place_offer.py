"""The places that a typed name may mean, as a form offers them; nothing is ever chosen silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import clean_line, fold
from tracker.geocoding import Candidate, Gazetteer
from tracker.geocoding.cascade import Cascade
from tracker.places.models import PlaceKind
from tracker.places.offered import RECORD, gazetteer_id_of
from tracker.places.operations import PlaceDraft
from tracker.web.places.words import place_line

MOST_ROWS = 6
# What a form posts instead of a candidate's id.
NO_PIN, OWN_PIN = "no-pin", "own-pin"
# A pin set by hand on a small map is no survey.
PIN_UNCERTAINTY_M = 500
_NEIGHBOUR_M = 300_000
_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six")

Stops = Sequence[tuple[str, Point]]


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate as it is shown: `where` tells it from its namesakes, `why` says what speaks for it."""

    candidate: Candidate
    where: str
    why: str

    def as_record(self) -> dict[str, object]:
        found = self.candidate
        return {
            "id": found.id,
            "name": found.name,
            "kind": found.kind,
            "where": self.where,
            "why": self.why,
            "lat": found.lat,
            "lon": found.lon,
            "uncertainty_m": found.uncertainty_m,
            "provider": found.provider,
            "licence": found.licence,
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered for the words typed; `preselected` is the id of the one clear answer, if any.

    `note` tells what became of asking online, "" if nothing is to be told.
    """

    query: str
    rows: tuple[Row, ...] = ()
    ambiguous: bool = False
    preselected: str = ""
    sentence: str = ""
    note: str = ""

    def with_note(self, note: str) -> Offer:
        return replace(self, note=note)

    def row(self, candidate_id: str) -> Row | None:
        return next((row for row in self.rows if row.candidate.id == candidate_id), None)

    def as_record(self) -> dict[str, object]:
        return {
            "query": self.query,
            "ambiguous": self.ambiguous,
            "preselected": self.preselected,
            "sentence": self.sentence,
            "note": self.note,
            "candidates": [row.as_record() for row in self.rows],
        }


def offer_places(
    places: Cascade,
    text: str,
    *,
    stops: Stops = (),
    context: str = "",
    country: str | None = None,
    further: bool = False,
) -> Offer:
    """Offer candidates for a typed place; the film's other stops order namesakes and never decide.

    With `further`, what an online provider is remembered to have said is added to a clear answer too.
    """
    query = clean_line(text)[:300]
    if not query:
        return Offer("")
    alone = places.resolve(query, context=context, country=country, limit=MOST_ROWS, further=further)
    near = _nearest_stop(alone.candidates, stops)
    if near is None:
        candidates = alone.candidates
    else:
        at = (near.lat, near.lon)
        candidates = places.resolve(
            query, context=context, country=country, near=at, limit=MOST_ROWS, further=further
        ).candidates
    if not candidates and places.gazetteer is None:
        return Offer(query, sentence="Places cannot be looked up just now. The words are kept.")
    guessed = alone.guessed or not candidates
    if not candidates:
        candidates = tuple(places.suggest(query, country=country, limit=MOST_ROWS))
    best = candidates[0] if candidates else None
    clear = best is not None and not alone.ambiguous and not guessed and not best.approximate
    return Offer(
        query,
        rows=tuple(_row(candidate, stops) for candidate in candidates),
        ambiguous=alone.ambiguous,
        preselected=best.id if best and clear else "",
        sentence=_sentence(query, candidates, ambiguous=alone.ambiguous, guessed=guessed),
        note=f"{alone.note[:1].upper()}{alone.note[1:]}." if alone.note else "",
    )


def draft_of(candidate: Candidate, text: str) -> PlaceDraft:
    """Answer a candidate as a place that can be saved.

    One that only stands for something finer keeps the words typed as its name and is a place of its own: an
    area, as wide as the candidate's uncertainty.
    """
    known = {kind.value for kind in PlaceKind}
    kind = PlaceKind(candidate.kind) if candidate.kind in known else PlaceKind.POINT
    return PlaceDraft(
        name=text if candidate.approximate else candidate.name,
        kind=PlaceKind.AREA if candidate.approximate else kind,
        country=candidate.country or None,
        region=candidate.region or "",
        municipality=candidate.municipality or "",
        point=Point(candidate.lat, candidate.lon),
        uncertainty_m=round(candidate.uncertainty_m),
        gazetteer_id=gazetteer_id_of(candidate),
        provider=candidate.provider,
    )


def draft_of_pin(gazetteer: Gazetteer | None, name: str, point: Point) -> PlaceDraft:
    """Answer a pin set by hand as a place, in the country, region and municipality where it lies."""
    here = gazetteer.locate(point.lat, point.lon) if gazetteer else None
    return PlaceDraft(
        name=name,
        kind=PlaceKind.POINT,
        country=(here.country_code or None) if here else None,
        region=here.region.place.name if here and here.region else "",
        municipality=here.municipality.place.name if here and here.municipality else "",
        point=point,
        uncertainty_m=PIN_UNCERTAINTY_M,
        provider="contributor",
    )


def _nearest_stop(candidates: Sequence[Candidate], stops: Stops) -> Point | None:
    measured = [
        (distance_m(Point(candidate.lat, candidate.lon), point), name, point)
        for candidate in candidates
        for name, point in stops
    ]
    if not measured:
        return None
    metres, _, point = min(measured, key=lambda found: found[:2])
    return point if metres <= _NEIGHBOUR_M else None


def _row(candidate: Candidate, stops: Stops) -> Row:
    parts = (candidate.municipality, candidate.region)
    wider = [part for part in parts if part != candidate.name]
    kind = candidate.kind
    if candidate.kind == "town" and candidate.population >= 1000:
        kind = f"town of {round(candidate.population, -3):,}"
    where = place_line(kind, *wider, country=candidate.country)
    return Row(candidate, where, _why(candidate, stops))


def _why(candidate: Candidate, stops: Stops) -> str:
    here = Point(candidate.lat, candidate.lon)
    distances = [(distance_m(here, point), name) for name, point in stops]
    # Of stops right here the one of the same name says most.
    measured = sorted(distances, key=lambda d: (d[0] >= 1000, d[0] < 1000 and d[1] != candidate.name, *d))
    words = []
    if candidate.approximate:
        words.append("Stands for something finer that is not listed")
    if candidate.provider not in (RECORD, "gazetteer"):
        words.append(f"From {candidate.provider} ({candidate.licence})")
    if measured:
        metres, name = measured[0]
        words.append(
            f"{name} is a stop of this film already"
            if metres < 1000 and name == candidate.name
            else f"Where {name} is pinned, a stop of this film"
            if metres < 1000
            else f"{round(metres / 1000):,} km from {name}, this film’s nearest other stop"
        )
    if candidate.provider == RECORD and (not measured or measured[0][0] >= 1000):
        words.insert(0, "On record here")
    return ". ".join(words)


def _sentence(query: str, candidates: Sequence[Candidate], *, ambiguous: bool, guessed: bool) -> str:
    if not candidates:
        return f"No place called “{query}” was found. Add the country, set a pin, or keep the words."
    if guessed:
        return f"No place called “{query}” was found. Did you mean one of these?"
    if not ambiguous:
        return ""
    namesakes = {(c.region, c.country) for c in candidates if fold(c.name) == fold(candidates[0].name)}
    count = len(namesakes)
    if 1 < count < len(_COUNTS):
        return f"{_COUNTS[count]} places are called {candidates[0].name}. Choose one."
    return f"“{query}” may be one of several places. Choose one."
