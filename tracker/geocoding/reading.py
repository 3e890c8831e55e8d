"""Read what somebody wrote as a place: split it into parts and see what each may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.geocoding.folding import LOST_LETTER, fold, fold_damaged
from tracker.geocoding.kindwords import (
    countries_of_kind_word,
    speaks_of_a_town,
    speaks_of_an_island,
    without_kind_word,
)
from tracker.geocoding.store import Hit, Store
from tracker.geocoding.words import (
    ARTICLES,
    NEAR_WORDS,
    STREET_WORDS,
    UNPLACEABLE,
    VICINITY_AFTER,
    VICINITY_BEFORE,
)

_SEPARATORS = re.compile(r"[,;|/()\[\]\n·•]+|\s[-–—]\s")
_HOUSE_NUMBER = re.compile(r"^\d+[\w-]{0,4}\s+\D")
_SHORTEST_MENDED = 5
_AREAS = frozenset({"municipality", "region", "country", "island"})
_BEYOND_DOUBT = 50_000
_MOST_PARTS = 8
_LONGEST_QUERY = 400


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the text with the places it may mean.

    `loose` says that words were left aside which named something finer ("airport" of "Prague Airport").
    """

    text: str
    hits: tuple[Hit, ...] = field(default=())
    loose: bool = False


def read(store: Store, text: str) -> list[Part]:
    """Return the parts of a text, or nothing when it names no place at all ("various locations")."""
    pieces = [piece for piece in (_tidy(piece) for piece in split(text[:_LONGEST_QUERY])) if piece]
    pieces = pieces[:_MOST_PARTS]
    if not pieces or all(_is_nowhere(fold(piece)) for piece in pieces):
        return []
    parts: list[Part] = []
    for piece in pieces:
        parts.extend(_read_piece(store, piece))
    return parts


def _is_nowhere(folded: str) -> bool:
    """Tell whether the words name nothing: "TBA", "the church", "a street"."""
    words = set(folded.split()) - ARTICLES
    return folded in UNPLACEABLE or (bool(words) and words <= STREET_WORDS) or not folded


def split(text: str) -> list[str]:
    """Split at commas, brackets and spaced dashes, and before words such as "near"."""
    return [piece for chunk in _SEPARATORS.split(text) for piece in NEAR_WORDS.split(chunk)]


def _tidy(piece: str) -> str:
    return " ".join(piece.split()).strip(' .:"“”')


def _read_piece(store: Store, piece: str) -> list[Part]:
    if LOST_LETTER in piece:
        return [Part(piece, tuple(store.damaged(fold_damaged(piece))))]
    hits = store.named(piece)
    if hits:
        return [Part(piece, tuple(hits))]
    folded = fold(piece)
    if _HOUSE_NUMBER.match(piece) and not _is_postcode(folded):
        return [Part(piece)]
    for reading in (_without_numbers, _without_kind, _vicinity, _joined):
        parts = reading(store, piece, folded)
        if parts:
            return parts
    return [Part(piece, _mended(store, folded))]


def _is_postcode(folded: str) -> bool:
    return len(folded.split(maxsplit=1)[0]) >= 4


def _without_numbers(store: Store, piece: str, folded: str) -> list[Part]:
    """Read "75002 Paris", "Praha 5" and "London SW1A 1AA" by their words."""
    words = folded.split()
    plain = [word for word in words if not any(letter.isdigit() for letter in word)]
    if not plain or len(plain) == len(words) or not STREET_WORDS.isdisjoint(plain):
        return []
    hits = store.named(" ".join(plain))
    return [Part(piece, tuple(hits))] if hits else []


def _without_kind(store: Store, piece: str, folded: str) -> list[Part]:
    """Read "Rauma kommune" as an area, "City of York" as a town, whichever bears the bare name."""
    bare = without_kind_word(folded)
    if bare is None:
        return []
    hits = store.named(bare)
    speaking = countries_of_kind_word(folded)
    hits = [hit for hit in hits if hit.place.country in speaking] or hits
    town = speaks_of_a_town(folded)
    wanted = {"town"} if town else _AREAS
    fitting = [hit for hit in hits if hit.place.kind in wanted]
    if fitting:
        return [Part(piece, tuple(fitting))]
    # A municipality that is not listed has its seat as a rule; an island of that name is elsewhere.
    return [Part(piece, tuple(hits), loose=True)] if hits and not speaks_of_an_island(folded) else []


def _vicinity(store: Store, piece: str, folded: str) -> list[Part]:
    """Read "Milan airport" and "outskirts of Berlin": somewhere at a town, if that town is beyond doubt."""
    bare = VICINITY_AFTER.sub("", VICINITY_BEFORE.sub("", folded))
    if bare == folded:
        return []
    named = store.named(bare)
    towns = [hit for hit in named if hit.place.kind == "town" and hit.place.population >= _BEYOND_DOUBT]
    return [Part(piece, tuple(towns), loose=True)] if towns else []


def _joined(store: Store, _piece: str, folded: str) -> list[Part]:
    """Read "Paris France" without its comma: the last words are a country or region that holds the first."""
    words = folded.split()
    for at in range(1, len(words)):
        wider = [hit for hit in store.named(" ".join(words[at:])) if hit.place.kind in {"country", "region"}]
        finer = store.named(" ".join(words[:at])) if wider else []
        holders = {hit.place.number for hit in wider} | {
            hit.place.country for hit in wider if hit.place.kind == "country"
        }
        inside = [hit for hit in finer if hit.place.country in holders or hit.place.region in holders]
        if inside:
            return [Part(" ".join(words[:at]), tuple(inside)), Part(" ".join(words[at:]), tuple(wider))]
    return []


def _mended(store: Store, folded: str) -> tuple[Hit, ...]:
    """Look for one slip of the pen; never in the name of a street or a sight, which are not listed anyway."""
    if len(folded) < _SHORTEST_MENDED or not STREET_WORDS.isdisjoint(folded.split()):
        return ()
    hits = [hit for hit in store.mistyped(folded) if fold(hit.place.name)[:1] == folded[:1]]
    return tuple(sorted(hits, key=lambda hit: -hit.score))
