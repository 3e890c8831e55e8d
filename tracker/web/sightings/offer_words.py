"""The sentence over the places that are offered: none found, several of one name, or nothing to say."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.foundation.text import fold
from tracker.geocoding import Candidate

_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")


def sentence_on(
    query: str,
    offered: Sequence[Candidate],
    named: Sequence[Candidate],
    *,
    ambiguous: bool,
    typing: bool,
) -> str:
    """Answer what is to be said of the places offered; `named` are those that bear the whole name."""
    if not offered:
        return f"No place called “{query}” was found. Add the country, set a pin, or keep the words."
    if not named:
        return "" if typing else f"No place called “{query}” was found. Did you mean one of these?"
    if not ambiguous:
        return ""
    namesakes = {(c.region, c.country) for c in named if fold(c.name) == fold(named[0].name)}
    count = len(namesakes)
    if 1 < count < len(_COUNTS):
        return f"{_COUNTS[count]} places are called {named[0].name}. Choose one."
    return f"“{query}” may be one of several places. Choose one."
