"""Slips of the pen, as people make them: a letter missing, added, changed or swapped with the next."""

from __future__ import annotations

import random
import string


def with_slip(word: str, chance: random.Random, *, first: int = 0) -> str:
    """Return the word with one random slip at or after the letter `first`; it always differs."""
    while True:
        at = chance.randrange(first, len(word))
        letter = chance.choice(string.ascii_lowercase)
        slipped = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            )
        )
        if slipped != word and slipped.strip() == slipped:
            return slipped
