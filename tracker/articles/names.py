"""Names in a sentence: its words with their places, and runs of words that may be one name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.articles.language import flat
from tracker.foundation.dates.words import WORDS, Kind

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?:St|Ste|Mt|Ft|Sta|Bros)\.(?=\s)|(?:[lds]|dell|all|nell|sull|dall|qu|un)[’'](?=\w)"
    r"|\d+(?:st|nd|rd|th)?(?!\w)|[^\W_][\w’'-]*\w|[^\W_]|&"
)
_GAP = re.compile(r"[ \u00a0]+|[-–]?|(?<=’) ?")
_INNER = frozenset(
    [
        "de",
        "la",
        "le",
        "les",
        "of",
        "the",
        "upon",
        "sur",
        "am",
        "an",
        "der",
        "im",
        "bei",
        "del",
        "di",
        "in",
        "i",
        "en",
        "los",
        "las",
        "sous",
        "da",
        "do",
        "du",
        "des",
        "della",
        "delle",
        "ob",
        "on",
        "y",
        "aux",
        "al",
        "d",
        "l",
    ]
)
_LONGEST_NAME = 5
_POSSESSIVE = re.compile(r"[’']s?$")
_NEVER = frozenset(
    [
        "english",
        "german",
        "french",
        "spanish",
        "italian",
        "norwegian",
        "i",
        "he",
        "she",
        "it",
        "they",
        "we",
        "the",
        "a",
        "an",
        "der",
        "die",
        "das",
        "le",
        "la",
        "les",
        "el",
        "il",
        "los",
        "las",
        "un",
        "une",
        "ein",
        "eine",
        "en",
        "et",
        "to",
        "him",
        "her",
        "you",
        "god",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "english",
        "hollywood's",
    ]
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a sentence; offsets are those in the sentence, a possessive ending is left out."""

    text: str
    flat: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


def tokens(text: str) -> list[Token]:
    """Return the words of a sentence in order."""
    found = []
    for match in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", match[0]) if len(match[0]) > 3 else match[0]
        found.append(Token(word, flat(word), match.start(), match.start() + len(word)))
    return found


def runs_from(words: list[Token], at: int, text: str) -> Iterator[tuple[int, str]]:
    """Return the names that may begin with a word, longest first, each with the number of its last word."""
    if not words[at].is_capital:
        return
    ends = [at]
    last = at
    for number in range(at + 1, min(len(words), at + _LONGEST_NAME)):
        gap = text[words[number - 1].end : words[number].start]
        if not _GAP.fullmatch(gap):
            break
        if words[number].is_capital:
            ends.append(number)
            last = number
        elif words[number].flat.rstrip("'") not in _INNER:
            break
    for end in sorted((number for number in ends if number <= last), reverse=True):
        yield end, text[words[at].start : words[end].end]


def is_no_name(word: Token) -> bool:
    """Tell whether a word alone never names a place: a month, a weekday, a language, an article."""
    kind = WORDS.get(word.flat, (None, 0))[0]
    return word.flat in _NEVER or kind in {Kind.MONTH, Kind.WEEKDAY, Kind.SEASON} or len(word.flat) < 2
