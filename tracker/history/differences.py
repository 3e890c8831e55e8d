"""Two texts word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond this many words a text is shown as replaced: comparing costs the square of it.
_MOST = 2_000
# Two texts with less in common than this are two texts, not one that was changed.
_LEAST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words. `kind` is "same", "removed" or "added"."""

    kind: str
    text: str


def word_differences(before: str, after: str) -> tuple[Piece, ...]:
    """Answer the pieces of both texts in reading order; leaving one kind out gives the other text."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) > _MOST or len(new) > _MOST:
        return _pieces([("removed", before), ("added", after)])
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST_ALIKE:
        return _pieces([("removed", before), ("added", after)])
    found: list[tuple[str, str]] = []
    removed = added = ""
    for kind, i, j, k, m in matcher.get_opcodes():
        was, now = "".join(old[i:j]), "".join(new[k:m])
        # A blank between two changed words is changed with them: single blanks would tear them apart.
        if kind == "equal" and not (was.isspace() and found):
            found += [("removed", removed), ("added", added), ("same", was)]
            removed = added = ""
        else:
            removed, added = removed + was, added + now
    return _pieces([*found, ("removed", removed), ("added", added)])


def _pieces(found: list[tuple[str, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, text) for kind, text in found if text)
