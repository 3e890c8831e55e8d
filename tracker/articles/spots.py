"""Streets, buildings and sights as written: "North Front Street", "Amthorstraße", "rue de la Paix"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.articles.language import Language, flat, whole_words
from tracker.articles.names import Token
from tracker.articles.sentences import Sentence

_PARTICLES = frozenset(
    [
        "of",
        "de",
        "la",
        "le",
        "les",
        "du",
        "des",
        "d'",
        "del",
        "di",
        "della",
        "dei",
        "degli",
        "delle",
        "von",
        "der",
        "den",
        "l'",
        "dell'",
        "van",
        "y",
        "and",
        "st.",
        "zum",
        "zur",
        "am",
        "da",
    ]
)
_JOINED = re.compile(r"\s+(?:and|&|at|und|et|y|e|og)\s+", re.IGNORECASE)
_MOST_WORDS = 5
_GOES_ON = frozenset({"station", "studios", "base"})
_SETTLED = frozenset({"town", "municipality", "region", "country"})
_BLANK = re.compile(r"(?:[’']s?)?[ \u00a0]+|-|")
_ARTICLE = re.compile(
    r"(?<!\w)(?:the|el|la|los|las|le|les|il|lo|der|die|das|dem|den|zum|zur|am|im|du|des|au|aux|al|del|della|nel|nella"
    r"|sul|sulla|dal|dalla|alla)\s+$"
)
_ORDINARY = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "his",
        "her",
        "its",
        "their",
        "in",
        "at",
        "on",
        "and",
        "near",
        "der",
        "die",
        "das",
        "im",
        "am",
        "le",
        "la",
        "les",
        "el",
        "il",
        "den",
        "det",
    ]
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One of them; offsets are those in the sentence. `generic` ones bear no name of their own."""

    text: str
    start: int
    end: int
    is_street: bool
    generic: bool = False


def spots_in(sentence: Sentence, words: list[Token], language: Language) -> list[Spot]:
    """Return the spots of a sentence in order; none overlaps another."""
    found: list[Spot] = []
    candidates = [*_suffixed(sentence, words, language), *_prefixed(sentence, words, language)]
    candidates.sort(key=lambda spot: (spot.start, -spot.end))
    candidates += list(_generic(sentence, language))
    for spot in candidates:
        if all(spot.end <= other.start or spot.start >= other.end for other in found):
            found.append(spot)
    return sorted(found, key=lambda spot: spot.start)


@lru_cache(maxsize=64)
def _whole(language: Language, *keys: str) -> re.Pattern[str]:
    return re.compile(language.either("places", *keys))


def _suffixed(sentence: Sentence, words: list[Token], language: Language) -> Iterator[Spot]:
    """Find names that end in a word of streets or venues, or, as one word, in such a syllable."""
    streets, venues = _whole(language, "street_after"), _whole(language, "venue_after")
    syllables = language.entries("places", "street_suffix")
    for number, word in enumerate(words):
        # Norwegian writes such words small: "Ullevål stasjon".
        may_be_small = number > 0 and words[number - 1].is_capital and language.code not in {"en", "de"}
        if not word.is_capital and not may_be_small:
            continue
        is_street = bool(streets.fullmatch(word.flat))
        if is_street or venues.fullmatch(word.flat):
            first = _back(sentence, words, number)
            if first < number:
                last = word if language.code != "en" or is_street else _on(sentence, words, number)
                yield _spot(sentence, words[first], last, is_street=is_street)
        elif word.is_capital and _ends_in(word, syllables):
            after = words[number + 1] if number + 1 < len(words) else word
            # "Landschaftspark Duisburg-Nord"
            is_named = "-" in after.text and after.is_capital and sentence.text[word.end : after.start] == " "
            yield _spot(sentence, word, after if is_named else word, is_street=True)


def _ends_in(word: Token, syllables: Sequence[str]) -> bool:
    first = word.flat.partition("-")[0]
    return any(first.endswith(each) and len(word.flat) > len(each) + 2 for each in syllables)


def _back(sentence: Sentence, words: list[Token], number: int) -> int:
    """Return the first word of the name that ends with this one."""
    first = number
    for before in range(number - 1, max(-1, number - 1 - _MOST_WORDS), -1):
        word = words[before]
        if not _BLANK.fullmatch(sentence.text[word.end : words[before + 1].start]):
            break
        if word.flat in _ORDINARY:
            break
        if word.is_capital or word.is_number:
            first = before
        elif word.flat not in _PARTICLES:
            break
    return first


def _on(sentence: Sentence, words: list[Token], number: int) -> Token:
    """Return the last word of a name that goes on after what it is: "Naval Air Station Fallon"."""
    last = number
    if words[number].flat in _GOES_ON:
        for after in range(number + 1, min(len(words), number + 3)):
            gap = sentence.text[words[after - 1].end : words[after].start]
            if gap != " " or not words[after].is_capital:
                break
            last = after
    return words[last]


def _prefixed(sentence: Sentence, words: list[Token], language: Language) -> Iterator[Spot]:
    """Find names that begin with a word of streets or venues: "Schloss Moritzburg", "via Margutta"."""
    streets, venues = _whole(language, "street_before"), _whole(language, "before")
    for number, word in enumerate(words[:-1]):
        is_street = bool(streets.fullmatch(word.flat))
        if not is_street and not venues.fullmatch(word.flat):
            continue
        if language.code in {"en", "de"} and not word.is_capital:
            continue
        last = number
        for after in range(number + 1, min(len(words), number + 1 + _MOST_WORDS)):
            if not _BLANK.fullmatch(sentence.text[words[after - 1].end : words[after].start]):
                break
            if words[after].is_capital:
                last = after
                if language.code == "de":
                    break
            elif words[after].flat not in _PARTICLES:
                break
        if last > number:
            yield _spot(sentence, word, words[last], is_street=is_street)


def _generic(sentence: Sentence, language: Language) -> Iterator[Spot]:
    for match in whole_words(language.either("places", "generic")).finditer(sentence.flat):
        text = sentence.text[match.start() : match.end()]
        name = text.removesuffix("es") if language.code == "de" else text  # "des Rathauses"
        yield Spot(name, *match.span(), is_street=False, generic=True)


def _spot(sentence: Sentence, first: Token, last: Token, *, is_street: bool) -> Spot:
    end = last.end + (
        sentence.text[last.end : last.end + 1] == "." and last.flat in {"st", "rd", "ave", "blvd"}
    )
    return Spot(sentence.text[first.start : end], first.start, end, is_street)


def corner(sentence: Sentence, one: Spot, other: Spot) -> Spot | None:
    """Join two streets that are written as their corner."""
    if one.is_street and other.is_street and _JOINED.fullmatch(sentence.text[one.end : other.start]):
        return Spot(sentence.text[one.start : other.end], one.start, other.end, is_street=True)
    return None


def is_town_after_all(spot: Spot, preceded: str, language: Language, kind_of: Callable[[str], str]) -> bool:
    """Tell whether a town only looks like a spot: "Duisburg" ends like a castle, "Fort Macleod" begins so.

    `preceded` is the flat text before it.
    """
    if preceded.rstrip().endswith("'") or _ARTICLE.search(preceded):
        return False  # "en el Puente Nuevo": towns have no article
    first = _whole(language, "before").fullmatch(flat(spot.text.split()[0]))
    may_be = bool(first) or " " not in spot.text
    return may_be and spot.text[0].isupper() and kind_of(spot.text) in _SETTLED
