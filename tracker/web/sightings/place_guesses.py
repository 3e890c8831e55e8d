"""Which places typed words may mean: those that bear the name, those that it begins, those of our record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from tracker.foundation.geo import Point
from tracker.foundation.text import fold
from tracker.geocoding import Answer, Candidate, Gazetteer
from tracker.geocoding.cascade import Cascade
from tracker.geocoding.sphere import distance_m
from tracker.places.offered import RECORD
from tracker.web.sightings.recorded_places import MOST_RECORDED, Recorded

MOST_ROWS = 6
MOST_TYPED = 8
_NEIGHBOUR_M = 300_000
_NEIGHBOUR_DEGREES = 3.0
_SHORT = 3
_KNOWN_BY_FEW_LETTERS = 50_000
_MOST_SMALL = 2
_BEFORE_SMALL = 5

Stops = Sequence[tuple[str, Point]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the words typed.

    The `stops` of the film order namesakes; `context` and `country` narrow; `recorded` are our own places
    whose name begins so, None where nobody looked. `lately` is the country of the place chosen last: it
    orders and never decides.
    """

    stops: Stops = ()
    context: str = ""
    country: str | None = None
    recorded: Sequence[Recorded] | None = None
    lately: str = ""


def nearest_stop(candidates: Sequence[Candidate], stops: Stops) -> Point | None:
    """Answer the film's stop that is nearest to any of the candidates, if it is in their neighbourhood."""
    measured = [
        (distance_m(candidate.lat, candidate.lon, point.lat, point.lon), name, point)
        for candidate in candidates
        for name, point in stops
        # Most stops are ruled out without measuring: there are some hundred pairs at each letter typed.
        if abs(candidate.lat - point.lat) <= _NEIGHBOUR_DEGREES
    ]
    if not measured:
        return None
    metres, _, point = min(measured, key=lambda found: found[:2])
    return point if metres <= _NEIGHBOUR_M else None


def named_by(
    places: Cascade, query: str, known: Known, *, further: bool
) -> tuple[Answer, tuple[Candidate, ...]]:
    """Answer what the words mean by themselves, and the same places in the order of the film's stops."""

    own = partial(_on_record, places, known, query.partition(",")[0])

    def answer(near: tuple[float, float] | None) -> Answer:
        return replace(places, own=own).resolve(
            query,
            context=known.context,
            country=known.country,
            near=near,
            limit=MOST_ROWS,
            further=further,
        )

    alone = answer(None)
    stop = nearest_stop(alone.candidates, known.stops)
    return alone, alone.candidates if stop is None else answer((stop.lat, stop.lon)).candidates


def _on_record(places: Cascade, known: Known, beginning: str, name: str) -> Sequence[Candidate]:
    """Answer the open places of that name; what was found by its beginning is not asked for again."""
    found, key = known.recorded, fold(name)
    if found is None or len(found) >= MOST_RECORDED or not key.startswith(fold(beginning)):
        return places.own(name)
    return [own.candidate for own in found if not own.obscured and fold(own.candidate.name) == key]


def begun_by(gazetteer: Gazetteer | None, query: str, known: Known) -> list[Candidate]:
    """Answer places that the words up to the first comma are the beginning of; what follows it narrows."""
    if gazetteer is None:
        return []
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


def parted(
    alone: Answer, whole: Sequence[Candidate], begun: Sequence[Candidate]
) -> tuple[list[Candidate], list[Candidate]]:
    """Part what the words name from the rest, for words that are written out; a guess names nothing."""
    return ([], [*whole, *begun]) if alone.guessed else (list(whole), list(begun))


def arranged(
    query: str, alone: Answer, whole: Sequence[Candidate], begun: Sequence[Candidate]
) -> tuple[list[Candidate], list[Candidate]]:
    """Part what bears the whole name from the rest, for words that are still being typed.

    Half a word is no misspelling; what it might stand for comes last. A few letters are the name of some
    hamlet, and far more often the beginning of what is meant.
    """
    named = [found for found in whole if not (found.mended or found.approximate)]
    beginning = query.partition(",")[0]
    if len(beginning) <= _SHORT and fold(beginning) not in map(fold, alone.used):
        # "R, Norway" names Norway alone, and its namesakes: what is meant is some place there.
        named = []
    small: list[Candidate] = []
    if len(query) <= _SHORT:
        small = [found for found in named if not _is_known_by_few_letters(found)][:_MOST_SMALL]
        named = [found for found in named if _is_known_by_few_letters(found)]
    loose = [found for found in whole if found.mended or found.approximate]
    return named, [*begun[:_BEFORE_SMALL], *small, *begun[_BEFORE_SMALL:], *loose]


def _is_known_by_few_letters(candidate: Candidate) -> bool:
    return candidate.provider == RECORD or candidate.population >= _KNOWN_BY_FEW_LETTERS


def with_recorded(
    query: str,
    known: Known,
    named: list[Candidate],
    others: list[Candidate],
    unfinished: bool,
) -> tuple[list[Candidate], list[Candidate], dict[str, Recorded]]:
    """Mark the candidates that are in the record, and add places of the record that are not among them.

    The open ones that bear the whole name are among them already where they fit what narrows it.
    """
    bearers = {candidate.id: candidate for candidate in named}
    begun = {candidate.id: candidate for candidate in others if candidate.id not in bearers}
    recorded: dict[str, Recorded] = {}
    beginning, _, qualifiers = query.partition(",")
    countries = {candidate.country for candidate in named or others} if qualifiers.strip() else set()
    for own in known.recorded or ():
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
            if own.obscured if is_whole else unfinished:
                (bearers if is_whole else begun)[place.id] = place
                recorded[place.id] = own
    return list(bearers.values()), list(begun.values()), recorded
