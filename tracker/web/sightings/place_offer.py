"""The places that a typed name may mean, as a form offers them; nothing is ever chosen silently."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tracker.foundation.geo import Point, distance_m
from tracker.foundation.geometry import representative
from tracker.foundation.text import clean_line, fold
from tracker.geocoding import Candidate, Gazetteer
from tracker.geocoding.cascade import Cascade
from tracker.geocoding.sphere import distance_m as on_sphere
from tracker.places.models import PlaceKind
from tracker.places.offered import RECORD, gazetteer_id_of
from tracker.places.operations import PlaceDraft
from tracker.web.places.precision import sign_of
from tracker.web.places.words import place_line
from tracker.web.sightings.offer_words import sentence_on
from tracker.web.sightings.place_guesses import (
    MOST_ROWS,
    MOST_TYPED,
    Known,
    Stops,
    arranged,
    begun_by,
    named_by,
    parted,
    with_recorded,
)
from tracker.web.sightings.recorded_places import Recorded

# What a form posts instead of a candidate's id.
NO_PIN, OWN_PIN, OWN_AREA = "no-pin", "own-pin", "own-area"
# A pin set by hand on a small map is no survey.
PIN_UNCERTAINTY_M = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate as it is shown: `where` tells it from its namesakes, `why` says what speaks for it.

    `text` is what the field says once the row is chosen: what was typed, or the whole name of what was begun.
    """

    candidate: Candidate
    where: str
    why: str
    text: str
    sign: str

    def as_record(self) -> dict[str, object]:
        found = self.candidate
        return {
            "id": found.id,
            "name": found.name,
            "kind": found.kind,
            "country": found.country,
            "where": self.where,
            "why": self.why,
            "text": self.text,
            "sign": self.sign,
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
    places: Cascade, text: str, known: Known | None = None, *, typing: bool = False, further: bool = False
) -> Offer:
    """Offer candidates for a typed place; while `typing`, also places that the words may be the beginning of.

    Those of the record come first. Of several that bear the whole name none is preselected. With `further`,
    what an online provider is remembered to have said is added to a clear answer too.
    """
    query, known = clean_line(text)[:300], known or Known()
    if not query:
        return Offer("")
    alone, whole = named_by(places, query, known, further=further)
    begun = begun_by(places.gazetteer, query, known) if typing or not whole else []
    named, others = arranged(query, alone, whole, begun) if typing else parted(alone, whole, begun)
    named, others, recorded = with_recorded(query, known, named, others, typing or not whole)
    if places.gazetteer is None and not (named or others):
        return Offer(query, sentence="Places cannot be looked up just now. The words are kept.")
    in_doubt = alone.ambiguous or bool(whole and alone.best and whole[0].id != alone.best.id)
    best = None if in_doubt else _clear(named, recorded)
    if typing and best and fold(best.name) != fold(query.partition(",")[0]):
        best = None
    named.sort(key=lambda found: (found.id not in recorded, not best and found.country != known.lately))
    others.sort(key=lambda found: found.id not in recorded)
    offered = [*named, *others][: MOST_TYPED if typing else MOST_ROWS]
    as_typed = {found.id for found in (*named, *whole) if not (typing and found.mended)}
    rows = tuple(
        _row(found, known.stops, recorded.get(found.id), query if found.id in as_typed else found.name)
        for found in offered
    )
    ambiguous = best is None and (len(named) > 1 or (alone.guessed and not typing))
    return Offer(
        query,
        rows=rows,
        ambiguous=ambiguous,
        preselected=best.id if best and not best.approximate else "",
        sentence=sentence_on(query, offered, named, ambiguous=ambiguous, typing=typing),
        note=f"{alone.note[:1].upper()}{alone.note[1:]}." if alone.note else "",
    )


def _clear(named: list[Candidate], recorded: dict[str, Recorded]) -> Candidate | None:
    """Answer the likeliest place of that name, unless a namesake of it is the one in our record."""
    rivals = {found.id for found in named[1:]} & recorded.keys()
    return named[0] if named and not rivals else None


def with_bearer(gazetteer: Gazetteer | None, offer: Offer, candidate_id: str, known: Known) -> Offer:
    """Answer the offer with one more place that bears the name, where the list was too short to show it."""
    if gazetteer is None or not candidate_id or not offer.query or offer.row(candidate_id):
        return offer
    bearer = gazetteer.bearer(offer.query, candidate_id)
    if bearer is None:
        return offer
    return replace(offer, rows=(_row(bearer, known.stops, None, offer.query), *offer.rows))


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


def draft_of_pin(
    gazetteer: Gazetteer | None, name: str, point: Point, *, accuracy_m: int = PIN_UNCERTAINTY_M
) -> PlaceDraft:
    """Answer a pin set by hand as a place, in the country, region and municipality where it lies."""
    here = gazetteer.locate(point.lat, point.lon) if gazetteer else None
    return PlaceDraft(
        name=name,
        kind=PlaceKind.POINT,
        country=(here.country_code or None) if here else None,
        region=here.region.place.name if here and here.region else "",
        municipality=here.municipality.place.name if here and here.municipality else "",
        point=point,
        uncertainty_m=accuracy_m,
        provider="contributor",
    )


def draft_of_area(gazetteer: Gazetteer | None, name: str, shape: dict[str, Any]) -> PlaceDraft:
    """Answer an area drawn by hand as a place: its point and how far it reaches follow from the shape."""
    found = representative(shape)
    around = draft_of_pin(gazetteer, name, found.point, accuracy_m=round(found.reach_m))
    return replace(around, kind=PlaceKind.AREA, geometry=shape)


def _row(candidate: Candidate, stops: Stops, recorded: Recorded | None, text: str) -> Row:
    parts = (candidate.municipality, candidate.region)
    wider = [part for part in parts if part != candidate.name]
    kind = candidate.kind
    if candidate.kind == "town" and candidate.population >= 1000:
        kind = f"town of {round(candidate.population, -3):,}"
    where = place_line(kind, *wider, country=candidate.country)
    why = ". ".join(filter(None, (recorded.sentence if recorded else "", _why(candidate, stops))))
    hidden = recorded is not None and recorded.obscured
    sign = sign_of(candidate.kind, candidate.uncertainty_m, obscured=hidden)
    return Row(candidate, where, why, text, sign)


def _why(candidate: Candidate, stops: Stops) -> str:
    here = Point(candidate.lat, candidate.lon)
    # On a sphere, to find the nearest: a geodesic for each would take longer than all the rest.
    distances = [(on_sphere(here.lat, here.lon, stop.lat, stop.lon), name, stop) for name, stop in stops]
    # Of stops right here the one of the same name says most.
    measured = sorted(
        distances, key=lambda d: (d[0] >= 1000, d[0] < 1000 and d[1] != candidate.name, d[0], d[1])
    )
    words = []
    if candidate.approximate:
        words.append("Stands for something finer that is not listed")
    if candidate.provider not in (RECORD, "gazetteer"):
        words.append(f"From {candidate.provider} ({candidate.licence})")
    if measured:
        _, name, stop = measured[0]
        metres = _metres_between(here, stop)
        words.append(
            f"{name} is a stop of this film already"
            if metres < 1000 and name == candidate.name
            else f"Where {name} is pinned, a stop of this film"
            if metres < 1000
            else f"{round(metres / 1000):,} km from {name}, this film’s nearest other stop"
        )
    return ". ".join(words)


@lru_cache(maxsize=4096)
def _metres_between(here: Point, stop: Point) -> float:
    """Answer the geodesic; the next letter typed asks for many of the same."""
    return distance_m(here, stop)
