"""Which places typed words may mean: those that bear the name, those that it begins, those of our record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.foundation.geo import Point
from tracker.foundation.text import fold
from tracker.geocoding import Answer, Candidate, Gazetteer
from tracker.geocoding.sphere import distance_m
from tracker.web.sightings.recorded_places import Recorded

MOST_ROWS = 6
MOST_TYPED = 8
_NEIGHBOUR_M = 300_000
_SHORT = 3
_KNOWN_BY_FEW_LETTERS = 50_000
_MOST_SMALL = 2
_BEFORE_SMALL = 5

Stops = Sequence[tuple[str, Point]]


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


def nearest_stop(candidates: Sequence[Candidate], stops: Stops) -> Point | None:
    """Answer the film's stop that is nearest to any of the candidates, if it is in their neighbourhood."""
    measured = [
        (distance_m(candidate.lat, candidate.lon, point.lat, point.lon), name, point)
        for candidate in candidates
        for name, point in stops
    ]
    if not measured:
        return None
    metres, _, point = min(measured, key=lambda found: found[:2])
    return point if metres <= _NEIGHBOUR_M else None


def named_by(gazetteer: Gazetteer, query: str, known: Known) -> tuple[Answer, tuple[Candidate, ...]]:
    """Answer what the words mean by themselves, and the same places in the order of the film's stops."""
    alone = gazetteer.resolve(query, context=known.context, country=known.country, limit=MOST_ROWS)
    stop = nearest_stop(alone.candidates, known.stops)
    if stop is None:
        return alone, alone.candidates
    near = (stop.lat, stop.lon)
    ordered = gazetteer.resolve(
        query, context=known.context, country=known.country, near=near, limit=MOST_ROWS
    )
    return alone, ordered.candidates


def begun_by(gazetteer: Gazetteer, query: str, known: Known) -> list[Candidate]:
    """Answer places that the words up to the first comma are the beginning of; what follows it narrows."""
    beginning, _, qualifiers = query.partition(",")
    begun = gazetteer.suggest(
        beginning,
        country=known.country,
        context=qualifiers.strip() or known.context,
        prefer=[known.lately] if known.lately else [],
        limit=2 * MOST_TYPED,
    )
    begun.sort(key=lambda candidate: nearest_stop([candidate], known.stops) is None)
    return begun[:MOST_TYPED]


def arranged(
    query: str, whole: Sequence[Candidate], begun: Sequence[Candidate]
) -> tuple[list[Candidate], list[Candidate]]:
    """Part what bears the whole name from the rest, for words that are still being typed.

    Half a word is no misspelling; what it might stand for comes last. A few letters are the name of some
    hamlet, and far more often the beginning of what is meant.
    """
    named = [found for found in whole if not (found.mended or found.approximate)]
    small: list[Candidate] = []
    if len(query) <= _SHORT:
        small = [found for found in named if found.population < _KNOWN_BY_FEW_LETTERS][:_MOST_SMALL]
        named = [found for found in named if found.population >= _KNOWN_BY_FEW_LETTERS]
    loose = [found for found in whole if found.mended or found.approximate]
    return named, [*begun[:_BEFORE_SMALL], *small, *begun[_BEFORE_SMALL:], *loose]


def with_recorded(
    query: str,
    known: Known,
    named: list[Candidate],
    others: list[Candidate],
    unfinished: bool,
) -> tuple[list[Candidate], list[Candidate], dict[str, Recorded]]:
    """Mark the candidates that are in the record, and add places of the record that the gazetteer has not."""
    bearers = {candidate.id: candidate for candidate in named}
    begun = {candidate.id: candidate for candidate in others if candidate.id not in bearers}
    recorded: dict[str, Recorded] = {}
    beginning, _, qualifiers = query.partition(",")
    countries = {candidate.country for candidate in named or others} if qualifiers.strip() else set()
    for own in known.recorded:
        place = own.candidate
        same = own.same_among([*bearers.values(), *begun.values()])
        if same is not None:
            recorded[same.id] = own
        elif (double := own.double_among([*bearers.values(), *begun.values()])) is not None:
            # One row for both, and it is the record's: what is chosen must come back to that place.
            group = bearers if double.id in bearers else begun
            group[double.id] = place
            recorded[place.id] = own
        elif known.country in (None, place.country) and (not countries or place.country in countries):
            is_whole = fold(place.name) == fold(beginning)
            if is_whole or unfinished:
                (bearers if is_whole else begun)[place.id] = place
                recorded[place.id] = own
    return list(bearers.values()), list(begun.values()), recorded
