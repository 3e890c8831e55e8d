"""The words of six languages that articles about shoots are written in, and which one a text is in."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

CODES = ("en", "de", "fr", "es", "it", "no")
_APOSTROPHES = "’‘ʼ`´"
_STROKES = {"ø": "o", "ł": "l", "đ": "d"}
_LIKE_NORWEGIAN = {"nb", "nn", "da"}


@lru_cache(maxsize=4096)
def _flat_letter(letter: str) -> str:
    if letter in _APOSTROPHES:
        return "'"
    small = letter.casefold()
    small = small if len(small) == 1 else letter.lower()
    first = unicodedata.normalize("NFKD", small)[:1] or small
    return _STROKES.get(first, first)


def flat(text: str) -> str:
    """Return the text in lower case without accents, letter for letter, so that offsets stay."""
    return "".join(map(_flat_letter, text))


@dataclass(frozen=True)
class Language:
    """One language: its code, and its patterns by section and key, over `flat` text."""

    code: str

    def entries(self, section: str, key: str) -> tuple[str, ...]:
        """Return the expressions of a key; a key that the language has no use for is empty."""
        return tuple(_tables(self.code)[section].get(key, ()))

    def either(self, section: str, *keys: str) -> str:
        """Return the expressions of some keys as one group that never is empty."""
        found = [entry for key in keys for entry in self.entries(section, key)]
        return f"(?:{'|'.join(found)})" if found else "(?!)"

    def pattern(self, section: str, *keys: str) -> re.Pattern[str]:
        """Return the expressions of some keys as whole words."""
        return _pattern(self, section, keys)

    def words(self, key: str, section: str = "") -> frozenset[str]:
        """Return the words of a list that is written in one string."""
        table = _tables(self.code)
        return frozenset((table[section] if section else table)[key].split())

    @property
    def day_first(self) -> bool:
        return bool(_tables(self.code)["dates"]["day_first"])

    @property
    def numbers(self) -> list[str]:
        """Return the number words from one on; several forms of one are parted by a bar."""
        return str(_tables(self.code)["dates"]["numbers"]).split()


@lru_cache(maxsize=512)
def _pattern(language: Language, section: str, keys: tuple[str, ...]) -> re.Pattern[str]:
    return whole_words(language.either(section, *keys))


def whole_words(expression: str) -> re.Pattern[str]:
    """Compile an expression that neither begins nor ends within a word."""
    return re.compile(rf"(?<!\w)(?:{expression})(?!\w)")


@lru_cache(maxsize=len(CODES))
def _tables(code: str) -> dict[str, Any]:
    text = files("tracker.articles").joinpath("data", f"{code}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def language_of(text: str, stated: str | None = None) -> Language:
    """Answer the stated language if it is one of ours, else the one of most of the text's small words."""
    code = (stated or "").casefold().split("-")[0]
    code = "no" if code in _LIKE_NORWEGIAN else code
    if code in CODES:
        return Language(code)
    words = re.findall(r"[^\W\d_]+", flat(text[:20_000]))
    counts = {each: sum(word in Language(each).words("stop") for word in words) for each in CODES}
    return Language(max(CODES, key=lambda each: counts[each]))
