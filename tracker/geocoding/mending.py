"""Find what was meant by a name with slips of the pen, or with letters that a bad encoding lost."""

from __future__ import annotations

import string
from collections.abc import Iterable
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.geocoding import schema
from tracker.geocoding.folding import LOST_LETTER, fold
from tracker.geocoding.store import Hit, Store

_LOST_LETTERS_TRIED = 2
# What a lost letter may have been: any plain one, one of two that a ligature folds to, or none.
_LETTERS = (*string.ascii_lowercase, "", "ss", "ae", "oe", " ")


def mistyped(store: Store, folded: str) -> list[Hit]:
    """Return the places whose own name differs from this one by a single slip."""
    if len(folded) not in schema.SLIP_LENGTHS or not folded.isascii():
        return []
    hashes = sorted(schema.slip_hashes(folded))
    rows = list(
        store.rows(
            "SELECT DISTINCT p.id, p.name FROM slip s JOIN place p ON p.id = s.place "  # noqa: S608
            f"WHERE s.hash IN ({','.join('?' * len(hashes))})",
            hashes,
        )
    )
    names = {fold(name) for _, name in rows}
    for number, _ in rows:
        if number >= schema.FIRST_OTHER_THAN_TOWN:
            others = store.rows(
                "SELECT folded FROM name WHERE place = ? AND own AND place >= 20000000", (number,)
            )
            names.update(name for (name,) in others)
    # The hashes collide now and then, and a bearer may have other names: the distance decides.
    close = [name for name in names if OSA.distance(name, folded, score_cutoff=1) == 1]
    return [Hit(hit.place, hit.own, slips=1) for name in close for hit in store.exact(name) if hit.own]


def mistyped_twice(store: Store, folded: str, countries: Iterable[str]) -> list[Hit]:
    """Return the places of these countries whose own name differs by two slips, none in its first letter.

    It compares with every name of the countries that begins alike, some ten milliseconds of work: for
    what nothing else has found. Names too short for two slips find nothing.
    """
    codes = sorted(countries)
    if len(folded) < schema.SHORTEST_TWICE_MISTYPED or not folded.isascii() or not codes:
        return []
    initial = folded[0]
    rows = store.rows(
        "SELECT DISTINCT n.folded FROM name n JOIN place p ON p.id = n.place "  # noqa: S608
        "WHERE n.folded >= ? AND n.folded < ? AND n.own AND length(n.folded) BETWEEN ? AND ? "
        f"AND p.country IN ({','.join('?' * len(codes))}) "
        "AND (p.kind <> 'town' OR p.population >= ?)",
        (
            initial,
            chr(ord(initial) + 1),
            len(folded) - 2,
            len(folded) + 2,
            *codes,
            schema.SMALLEST_MISTYPED,
        ),
    )
    names = [name for (name,) in rows]
    close = process.extract(folded, names, scorer=OSA.distance, score_cutoff=2, limit=5)
    return [
        Hit(hit.place, hit.own, slips=2)
        for name, slips, _ in close
        if slips == close[0][1]
        for hit in store.exact(name)
        if hit.own and hit.place.country in codes
    ]


def mistyped_country(store: Store, folded: str) -> list[Hit]:
    """Return the countries one of whose long names differs by two slips: "Phillipines"."""
    if len(folded) < schema.SHORTEST_COUNTRY_MISTYPED or not folded.isascii():
        return []
    close = process.extractOne(folded, store.country_names(), scorer=OSA.distance, score_cutoff=2)
    named = store.exact(close[0]) if close else []
    return [Hit(hit.place, hit.own, slips=2) for hit in named if hit.place.kind == "country"]


def damaged(store: Store, folded: str) -> list[Hit]:
    """Return the places whose name fits a folded text with up to two lost letters."""
    gaps = folded.count(LOST_LETTER)
    if not 0 < gaps <= _LOST_LETTERS_TRIED:
        return []
    pieces = folded.split(LOST_LETTER)
    found: dict[int, Hit] = {}
    for letters in product(_LETTERS, repeat=gaps):
        form = pieces[0] + "".join(letter + piece for letter, piece in zip(letters, pieces[1:], strict=True))
        for hit in store.exact(form.strip()):
            found.setdefault(hit.place.number, Hit(hit.place, hit.own))
    return sorted(found.values(), key=lambda hit: -hit.score)
