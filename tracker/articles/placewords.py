"""The words around the name of a place: before it, between two of a list, between a spot and its town."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.articles.language import Language

_OPENING = r"[\s\"“”„«‘'(\[]*"


@lru_cache(maxsize=16)
def before(language: Language) -> re.Pattern[str]:
    """Match the end of a text after which the name of a place stands: "in", "in the streets of"."""
    filler = "|".join(re.escape(word) for word in language.words("fillers", "places"))
    link = language.either("places", "never")
    at = language.either("places", "prepositions")
    return re.compile(
        rf"(?<!\w)(?P<at>{at})(?:\s*(?:{filler})(?:\s+{link})?(?!\w))*(?:\s+{link})?{_OPENING}$"
    )


@lru_cache(maxsize=16)
def joint(language: Language) -> re.Pattern[str]:
    filler = "|".join(re.escape(word) for word in language.words("fillers", "places"))
    at = language.either("places", "prepositions")
    joiner = language.either("places", "joiners")
    return re.compile(rf"\s*(?:[,;/]|,?\s+{joiner})(?:\s+{joiner})?(?:\s+(?:{at}|{filler}))*{_OPENING}")


@lru_cache(maxsize=16)
def after_another(language: Language) -> re.Pattern[str]:
    """Match the end of a text that goes on a list of names: "in Henningsvær and at"."""
    joiner, at = language.either("places", "joiners"), language.either("places", "prepositions")
    return re.compile(rf"\s(?:{at})\s[A-ZÀ-ÞØÅÆ][\w’'-]+(?:,|\s(?:{joiner}))(?:\s(?:{at}))?\s$")


@lru_cache(maxsize=16)
def inner(language: Language) -> re.Pattern[str]:
    filler = "|".join(re.escape(word) for word in language.words("fillers", "places"))
    return re.compile(rf"\s+{language.either('places', 'inner')}(?:\s+(?:{filler}))*{_OPENING}")
