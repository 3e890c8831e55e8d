"""Who bears a name: airports and stations leave to towns, areas and landmarks what those are called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tracker.geocoding import schema
from tracker.geocoding.folding import fold
from tracker.geocoding.sphere import distance_m
from tracker.geocoding.terminals import Terminal

if TYPE_CHECKING:
    from tracker.geocoding.places import NameRow, PlaceRow

_SERVES_WITHIN_M = 90_000.0
# A town of this size is what its name means; see `reading`, which stands it in for its airport.
_BEYOND_DOUBT = 50_000
_OF_A_TOWN = re.compile(r"^(.+?)(?: (?:international|municipal|regional|city|intl))* airport$")


class Bearers:
    """The places that bear any of the names that the terminals would like to have."""

    def __init__(
        self, terminals: Iterable[Terminal], places: Iterable[PlaceRow], names: Iterable[NameRow]
    ) -> None:
        wanted = {form for terminal in terminals for name in _all(terminal) for form in _forms(fold(name))}
        numbers: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in names:
            if row.folded in wanted:
                numbers[row.folded].append((row.weight, row.place))
        needed = {place for bearers in numbers.values() for _, place in bearers}
        rows = {place.id: place for place in places if place.id in needed}
        self._bearers = {
            folded: [(weight, rows[place]) for weight, place in bearers]
            for folded, bearers in numbers.items()
        }

    def grant(self, terminal: Terminal, names: Iterable[str], standing: float) -> list[str]:
        """Return those of the names under which the terminal stands in nobody's way."""
        return [
            name
            for name in names
            if self._is_free(fold(name), terminal, standing) and self._is_that_town(fold(name), terminal)
        ]

    def _is_free(self, folded: str, terminal: Terminal, standing: float) -> bool:
        """Tell whether all who bear the name are in other countries and come first at any rate."""
        highest = 1000 * (standing + schema.OWN_NAME_BONUS)
        return all(
            place.country != terminal.country and weight > highest
            for weight, place in self._bearers.get(folded, ())
        )

    def _is_that_town(self, folded: str, terminal: Terminal) -> bool:
        """Tell whether "X airport" lies at the X that is meant first: London's, not London in Ontario's."""
        match = _OF_A_TOWN.match(folded)
        bearers = self._bearers.get(match[1], ()) if match else ()
        towns = [pair for pair in bearers if pair[1].population >= _BEYOND_DOUBT and pair[1].kind == "town"]
        if not towns:
            return True
        _, first = max(towns, key=lambda pair: pair[0])
        return distance_m(first.lat, first.lon, terminal.lat, terminal.lon) <= _SERVES_WITHIN_M


def _all(terminal: Terminal) -> tuple[str, ...]:
    return (*terminal.names, *terminal.aliases, *terminal.bare)


def _forms(folded: str) -> tuple[str, ...]:
    match = _OF_A_TOWN.match(folded)
    return (folded, match[1]) if match else (folded,)
