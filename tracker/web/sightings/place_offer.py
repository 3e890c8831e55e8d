"""The places that a typed name may mean, as a form offers them; nothing is ever chosen silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import clean_line, fold
from tracker.geocoding import Answer, Candidate, Gazetteer
from tracker.places.models import PlaceKind
from tracker.places.operations import PlaceDraft
from tracker.web.places.precision import sign_of
from tracker.web.places.words import place_line
from tracker.web.sightings.offer_words import sentence_on
from tracker.web.sightings.recorded_places import RECORDED, Recorded

MOST_ROWS = 6
MOST_TYPED = 8
# What a form posts instead of a candidate's id.
NO_PIN, OWN_PIN = "no-pin", "own-pin"
# A pin set by hand on a small map is no survey.
PIN_UNCERTAINTY_M = 500
_NEIGHBOUR_M = 300_000
# So few letters are the whole name of some hamlet, and the beginning of what is meant.
_SHORT = 3
_MOST_OF_SHORT = 2

Stops = Sequence[tuple[str, Point]]


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
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered for the words typed; `preselected` is the id of the one clear answer, if any."""

    query: str
    rows: tuple[Row, ...] = ()
    ambiguous: bool = False
    preselected: str = ""
    sentence: str = ""

    def row(self, candidate_id: str) -> Row | None:
        return next((row for row in self.rows if row.candidate.id == candidate_id), None)

    def as_record(self) -> dict[str, object]:
        return {
            "query": self.query,
            "ambiguous": self.ambiguous,
            "preselected": self.preselected,
            "sentence": self.sentence,
            "candidates": [row.as_record() for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the words typed.

    The `stops` of the film order namesakes; `context` and `country` narrow; `recorded` are our own places
    whose name begins so. `lately` is the country of the place chosen last: it orders and never decides.
    """

    stops: Stops = ()
    context: str = ""
    country: str | None = None
    recorded: Sequence[Recorded] = ()
    lately: str = ""


def offer_places(
    gazetteer: Gazetteer | None, text: str, known: Known | None = None, *, typing: bool = False
) -> Offer:
    """Offer candidates for a typed place; while `typing`, also places that the words may be the beginning of.

    Those of the record come first. Of several that bear the whole name none is preselected.
    """
    query, known = clean_line(text)[:300], known or Known()
    if not query:
        return Offer("")
    if gazetteer is None:
        return Offer(query, sentence="Places cannot be looked up just now. The words are kept.")
    alone, whole, near = _read(gazetteer, query, known)
    # Half a word is no misspelling, and what it stands for comes after what it may become.
    named = [found for found in whole if not (typing and (found.mended or found.approximate))]
    if typing and len(query) <= _SHORT:
        named = named[:_MOST_OF_SHORT]
    begun = _begun(gazetteer, query, known, near) if typing or not whole else []
    named, others, recorded = _with_recorded(query, known, named, [*begun, *whole], typing or not whole)
    ambiguous = alone.ambiguous or len(named) > len(whole) > 0
    ambiguous |= bool(whole and alone.best and whole[0].id != alone.best.id)
    named.sort(
        key=lambda found: (found.id not in recorded, bool(ambiguous and found.country != known.lately))
    )
    others.sort(key=lambda found: found.id not in recorded)
    rows = tuple(
        _row(
            found,
            known.stops,
            recorded.get(found.id),
            query if found in named or found in whole else found.name,
        )
        for found in [*named, *others][: MOST_TYPED if typing else MOST_ROWS]
    )
    best = named[0] if named else None
    clear = best is not None and not ambiguous and not best.approximate
    return Offer(
        query,
        rows=rows,
        ambiguous=ambiguous and len(named) > 1,
        preselected=best.id if best and clear else "",
        sentence=sentence_on(
            query, [row.candidate for row in rows], named, ambiguous=ambiguous, typing=typing
        ),
    )


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
        gazetteer_id=None if candidate.approximate or candidate.id.startswith(RECORDED) else candidate.id,
        provider=candidate.provider,
    )


def draft_of_pin(gazetteer: Gazetteer | None, name: str, point: Point) -> PlaceDraft:
    """Answer a pin set by hand as a place; municipality, region and country are those of the nearest town."""
    around = gazetteer.around(point.lat, point.lon, limit=1) if gazetteer else []
    nearest = around[0] if around else None
    return PlaceDraft(
        name=name,
        kind=PlaceKind.POINT,
        country=nearest.country if nearest else None,
        region=(nearest.region or "") if nearest else "",
        municipality=(nearest.municipality or "") if nearest else "",
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


def _read(
    gazetteer: Gazetteer, query: str, known: Known
) -> tuple[Answer, tuple[Candidate, ...], tuple[float, float] | None]:
    """Answer what the words mean by themselves, the same places in the film's order, and its stop nearby."""
    alone = gazetteer.resolve(query, context=known.context, country=known.country, limit=MOST_ROWS)
    stop = _nearest_stop(alone.candidates, known.stops)
    if stop is None:
        return alone, alone.candidates, None
    near = (stop.lat, stop.lon)
    ordered = gazetteer.resolve(
        query, context=known.context, country=known.country, near=near, limit=MOST_ROWS
    )
    return alone, ordered.candidates, near


def _begun(
    gazetteer: Gazetteer, query: str, known: Known, near: tuple[float, float] | None
) -> list[Candidate]:
    """Answer places that the words up to the first comma are the beginning of; what follows it narrows."""
    beginning, _, qualifiers = query.partition(",")
    if near is None and known.stops:
        first = known.stops[0][1]
        near = (first.lat, first.lon)
    context = qualifiers.strip() or known.context
    prefer = [known.lately] if known.lately else []
    return gazetteer.suggest(
        beginning, country=known.country, near=near, context=context, prefer=prefer, limit=MOST_TYPED
    )


def _with_recorded(
    query: str,
    known: Known,
    named: list[Candidate],
    others: list[Candidate],
    unfinished: bool,
) -> tuple[list[Candidate], list[Candidate], dict[str, Recorded]]:
    """Mark the candidates that are in the record, and add places of the record that the gazetteer has not."""
    found = {candidate.id: candidate for candidate in [*named, *others]}
    others = [candidate for candidate in found.values() if candidate not in named]
    recorded: dict[str, Recorded] = {}
    beginning, _, qualifiers = query.partition(",")
    countries = {candidate.country for candidate in found.values()} if qualifiers.strip() else set()
    for own in known.recorded:
        twin = next((candidate for candidate in found.values() if own.is_same_as(candidate)), None)
        if twin is not None:
            recorded[twin.id] = own
            continue
        place = own.candidate
        if (known.country and place.country != known.country) or (
            countries and place.country not in countries
        ):
            continue
        if fold(place.name) == fold(beginning):
            named = [*named, place]
        elif unfinished:
            others = [*others, place]
        recorded[place.id] = own
    return named, others, recorded


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
    distances = [(distance_m(here, point), name) for name, point in stops]
    # Of stops right here the one of the same name says most.
    measured = sorted(distances, key=lambda d: (d[0] >= 1000, d[0] < 1000 and d[1] != candidate.name, *d))
    words = []
    if candidate.approximate:
        words.append("Stands for something finer that is not listed")
    if measured:
        metres, name = measured[0]
        words.append(
            f"{name} is a stop of this film already"
            if metres < 1000 and name == candidate.name
            else f"Where {name} is pinned, a stop of this film"
            if metres < 1000
            else f"{round(metres / 1000):,} km from {name}, this film’s nearest other stop"
        )
    return ". ".join(words)
