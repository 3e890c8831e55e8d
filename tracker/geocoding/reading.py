"""Read what somebody wrote as a place: split it into parts and see what each may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracker.geocoding.folding import LOST_LETTER, fold, fold_damaged
from tracker.geocoding.kindwords import (
    countries_of_kind_word,
    speaks_of_a_town,
    speaks_of_an_island,
    without_kind_word,
)
from tracker.geocoding.mending import damaged, mistyped, mistyped_country, mistyped_twice
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
    text = text[:_LONGEST_QUERY]
    pieces = [piece for piece in (_tidy(piece) for piece in split(text)) if not _is_stray(piece)]
    pieces = pieces[:_MOST_PARTS]
    if not pieces or _is_nowhere(fold(text)) or all(_is_nowhere(fold(piece)) for piece in pieces):
        return []
    parts: list[Part] = []
    for piece in pieces:
        parts.extend(_read_piece(store, piece))
    if NEAR_WORDS.match(text.lstrip(" (")):
        parts[0] = replace(parts[0], loose=True)  # "outside Madrid" is not Madrid
    return parts


def _is_nowhere(folded: str) -> bool:
    """Tell whether the words name nothing: "TBA", "the church", "a street"."""
    words = set(folded.split()) - ARTICLES
    return folded in UNPLACEABLE or (bool(words) and words <= STREET_WORDS) or not folded


def _is_stray(piece: str) -> bool:
    """Tell whether a piece is empty or a single plain letter, which is no name (Å and Y are villages)."""
    return not piece or (len(piece) == 1 and piece.isascii() and piece not in {"Y", "Q"})


def split(text: str) -> list[str]:
    """Split at commas, brackets and spaced dashes, and before words such as "near"."""
    return [piece for chunk in _SEPARATORS.split(text) for piece in NEAR_WORDS.split(chunk)]


def _tidy(piece: str) -> str:
    return " ".join(piece.split()).strip(' .:"“”')


def _read_piece(store: Store, piece: str) -> list[Part]:
    if LOST_LETTER in piece:
        return [Part(piece, tuple(damaged(store, fold_damaged(piece))))]
    hits = store.named(piece)
    if hits:
        return [Part(piece, tuple(hits))]
    folded = fold(piece)
    if _HOUSE_NUMBER.match(piece) and not _is_postcode(folded):
        return [Part(piece)]
    for reading in (_without_numbers, _without_kind, _vicinity, _joined, _hyphenated):
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
    if bare is None or set(bare.split()) <= STREET_WORDS:
        return []  # "Lake District" is no area called Lake
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


def _hyphenated(store: Store, piece: str, _folded: str) -> list[Part]:
    """Read "Potsdam-Babelsberg" as Babelsberg in Potsdam, as the quarters of many towns are written."""
    town, dash, quarter = (part.strip() for part in piece.partition("-"))
    wider = [hit for hit in store.named(town) if hit.place.population >= _BEYOND_DOUBT] if dash else []
    if not wider:
        return []
    inside = [
        hit
        for hit in store.named(quarter)
        if any(hit.place.distance_to(outer.place) <= 2 * outer.place.uncertainty_m for outer in wider)
    ]
    finer = [Part(quarter, tuple(inside))] if inside else []
    return [*finer, Part(town, tuple(wider), loose=not inside)]


def mend_twice(store: Store, parts: Sequence[Part], countries: frozenset[str]) -> list[Part]:
    """Look again at parts that mean nothing, for two slips of the pen, where the text names the country."""
    return [
        part
        if part.hits or not _may_be_mistyped(fold(part.text))
        else Part(
            part.text, tuple(sorted(mistyped_twice(store, fold(part.text), countries), key=_best_first))
        )
        for part in parts
    ]


def names_a_sight(text: str) -> bool:
    """Tell whether the words name a street, a building or a sight rather than a settlement."""
    folded = fold(text)
    return not STREET_WORDS.isdisjoint(folded.split()) or any(letter.isdigit() for letter in folded)


def _may_be_mistyped(folded: str) -> bool:
    """Tell whether the words may be a misspelt town; streets and most sights are not listed anyway."""
    return len(folded) >= _SHORTEST_MENDED and STREET_WORDS.isdisjoint(folded.split())


def _mended(store: Store, folded: str) -> tuple[Hit, ...]:
    """Look for one slip of the pen; the name of a sight is mended to another sight's alone."""
    if len(folded) < _SHORTEST_MENDED:
        return ()
    hits = [hit for hit in mistyped(store, folded) if fold(hit.place.name)[:1] == folded[:1]]
    if not _may_be_mistyped(folded):
        hits = [hit for hit in hits if hit.place.is_landmark]
    return tuple(sorted(hits or mistyped_country(store, folded), key=_best_first))


def _best_first(hit: Hit) -> float:
    return -hit.score
