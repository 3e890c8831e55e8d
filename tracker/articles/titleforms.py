"""What is no part of a title: its maker before it, a second film after it."""

from __future__ import annotations

import re

from tracker.articles.language import flat, whole_words

_MAKERS = whole_words(
    r"netflix|disney\+?|hbo(?: max)?|amazon(?: prime)?|apple(?: tv\+?)?|bbc(?: one| two)?|itv|sky"
    r"|marvel(?: studios)?|warner bros\.?"
    r"|warner|universal|paramount\+?|miramax|a24|sony|lionsgate|nrk|zdf|ard|canal\+|france \d|tf1|rai"
    r"|rtve|tv ?2|hulu|peacock|fox|nbc|abc|cbs"
)


_PERSONS = re.compile(r"[A-ZÀ-Þ][\w.-]+ (?:[A-ZÀ-Þ][\w.-]+ )?[A-ZÀ-Þ][\w-]+[’']s?\s+(?=[A-ZÀ-Þ0-9])")


def without_owner(title: str, start: int) -> tuple[str, int]:
    """Take the maker off: "Netflix’s Bodies" is called Bodies."""
    match = re.match(rf"{_MAKERS.pattern}(?:[’']s)?\s*", flat(title)) or _PERSONS.match(title)
    cut = match.end() if match else 0
    return title[cut:].rstrip(" :-–"), start + cut


def parts(title: str, start: int) -> list[tuple[str, int]]:
    """Part two films that are named together: "Mission: Impossible 7 and Mission: Impossible 8"."""
    match = re.fullmatch(r"(.{3,}? ?\d{1,2}) (?:and|&|und|et|y|e|og) (.{3,} ?\d{1,2})", title)
    return [(match[1], start), (match[2], start + match.start(2))] if match else [(title, start)]


def names_a_maker(name: str) -> bool:
    """Tell whether a name, in lower case, is one of a studio or a broadcaster rather than of a place."""
    return bool(_MAKERS.match(name))
