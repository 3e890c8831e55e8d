"""Cut a typed phrase into tokens: words with a role, numbers, numeric dates and signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.foundation.dates.numeric import NumericDate, read_numeric
from tracker.foundation.dates.refusals import InvalidDateError, quoted
from tracker.foundation.dates.words import WORDS, Kind

_LETTERS_WITHOUT_ACCENT_FORM = str.maketrans({"ø": "o", "æ": "ae", "ł": "l"})
_SIGNS = {
    "-": Kind.DASH,
    "/": Kind.SLASH,
    ",": Kind.COMMA,
    ";": Kind.COMMA,
    "&": Kind.AND,
    "+": Kind.AND,
    "~": Kind.APPROXIMATE,
    "?": Kind.DOUBTFUL,
}
_IGNORED = set("'’()\"“”.:")
_DASHES = {"\N{MINUS SIGN}", "\N{RIGHTWARDS ARROW}"}
_NUMBER = re.compile(r"\d+", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+")
_DECADE_END = re.compile(r"['’]?s(?![^\W\d_])")
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th|er|re|o|a)(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a phrase; `glued` says that no space parts it from the one before."""

    kind: Kind
    text: str
    number: int = 0
    numeric: NumericDate | None = None
    glued: bool = False


def normalise(text: str) -> str:
    """Return the phrase in one form: NFKC, ASCII digits, one kind of dash, single spaces."""
    return " ".join("".join(map(_plain_sign, unicodedata.normalize("NFKC", text))).split())


def _plain_sign(sign: str) -> str:
    if unicodedata.category(sign) == "Pd" or sign in _DASHES:
        return "-"
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def fold(text: str) -> str:
    """Return a normalised phrase in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS_WITHOUT_ACCENT_FORM))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def tokenize(normalised: str) -> list[Token]:
    """Cut a normalised phrase into tokens, without those that say nothing.

    Raises InvalidDateError for a word that no date phrase has, and for an ambiguous numeric date.
    """
    return [token for token in _all_tokens(fold(normalised)) if token.kind is not Kind.NOISE]


def _all_tokens(text: str) -> Iterator[Token]:
    at, spaced = 0, True
    while at < len(text):
        if text[at].isspace():
            at, spaced = at + 1, True
            continue
        for token, length in _tokens_at(text, at, glued=not spaced):
            yield token
            at += length
        spaced = False


def _tokens_at(text: str, at: int, *, glued: bool) -> Iterator[tuple[Token, int]]:
    sign = text[at]
    if number := _NUMBER.match(text, at):
        yield from _number_tokens(text, number, glued=glued)
    elif word := _WORD.match(text, at):
        yield _word_token(word[0], glued=glued), len(word[0])
    elif text.startswith("..", at):
        dots = len(text) - at - len(text[at:].lstrip("."))
        yield Token(Kind.OPEN, "..", glued=glued), dots
    elif sign == "%":
        yield Token(Kind.APPROXIMATE, sign, glued=glued), 0
        yield Token(Kind.DOUBTFUL, sign, glued=glued), 1
    elif sign in _SIGNS:
        yield Token(_SIGNS[sign], sign, glued=glued), 1
    elif sign in _IGNORED:
        yield Token(Kind.NOISE, sign), 1
    else:
        raise _unreadable(sign)


def _word_token(word: str, *, glued: bool) -> Token:
    if word not in WORDS:
        raise _unreadable(word)
    kind, number = WORDS[word]
    return Token(kind, word, number, glued=glued)


def _number_tokens(text: str, match: re.Match[str], *, glued: bool) -> Iterator[tuple[Token, int]]:
    digits = match[0]
    if found := read_numeric(text, match.start()):
        yield Token(Kind.NUMERIC, found.text, numeric=found, glued=glued), len(found.text)
    elif len(digits) == 4:
        yield from _year_tokens(text, match, glued=glued)
    elif len(digits) <= 2:
        ordinal = _ORDINAL_END.match(text, match.end())
        length = len(digits) + (len(ordinal[0]) if ordinal else 0)
        yield Token(Kind.DAY, digits, int(digits), glued=glued), length
    else:
        raise InvalidDateError(
            f"{quoted(digits)} is neither a day nor a year. Write the year with four digits, like 2020."
        )


def _year_tokens(text: str, match: re.Match[str], *, glued: bool) -> Iterator[tuple[Token, int]]:
    """Read a year, a decade, or two years of which the second is written short: 2019-20."""
    year = int(match[0])
    decade = _DECADE_END.match(text, match.end())
    if decade and year % 10 == 0:
        yield Token(Kind.DECADE, match[0] + "s", year, glued=glued), 4 + len(decade[0])
        return
    yield Token(Kind.YEAR, match[0], year, glued=glued), 4
    short = re.compile(r"([-/])(\d\d)(?!\d)", re.ASCII).match(text, match.end())
    if short and int(short[2]) > max(12, year % 100):
        yield Token(_SIGNS[short[1]], short[1], glued=True), 1
        yield Token(Kind.YEAR, short[2], year - year % 100 + int(short[2]), glued=True), 2


def _unreadable(piece: str) -> InvalidDateError:
    return InvalidDateError(
        f"{quoted(piece)} is not a word of a date that we can read. "
        "Write the date like 5 Oct 2020, early Oct 2020, Sept–Oct 2020, autumn 2020 or before 5 Oct 2020."
    )
