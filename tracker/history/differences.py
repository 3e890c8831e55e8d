"""Two texts word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond this many words a text is shown as replaced: comparing costs the square of it.
_MOST = 3_000


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
    found: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[i:j])))
        else:
            found += [("removed", "".join(old[i:j])), ("added", "".join(new[k:m]))]
    return _pieces(found)


def _pieces(found: list[tuple[str, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, text) for kind, text in found if text)
