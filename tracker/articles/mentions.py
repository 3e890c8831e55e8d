"""Where a sentence names a place of the shoot: a name after "in", in a list, or before "served as a set"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tracker.articles.cues import Reading
from tracker.articles.language import Language
from tracker.articles.model import Status
from tracker.articles.names import Token, is_no_name, runs_from, tokens
from tracker.articles.spots import Spot, spots_in

_SITE_WITHIN = 90
_OPENING = r"[\s\"“”„«‘'(\[]*"
_AREA_WORD = re.compile(
    r"\s+(?:municipalit(?:y|ies)|count(?:y|ies)|kommuner?|commune|gemeinden?)(?!\w)", re.IGNORECASE
)
_QUALIFIER = re.compile(r"\s*[,(]\s*")
_LONGEST_DATELINE = 60
_DATELINE = re.compile(
    r"\s*(?P<town>[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30})(?:,\s*(?P<state>[A-Z][\w. ]{1,20}?))?\s*(?:\((?P<outlet>[\w ./-]{2,25})\))?\s*[–—-]\s"
)

# Whether a name is one of a place; answers the name's own spelling or nothing.
IsPlace = Callable[[str], bool]
Qualifies = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a place; `start` and `end` are offsets in the article. `accepted` ones are of the shoot."""

    reading: Reading
    name: str
    start: int
    end: int
    accepted: bool
    status: Status
    qualifier: str = ""
    spot: Spot | None = None
    is_area: bool = False

    @property
    def written_end(self) -> int:
        return self.end


@dataclass(frozen=True)
class _Finder:
    reading: Reading
    words: list[Token]
    spots: list[Spot]
    is_place: IsPlace
    qualifies: Qualifies

    @property
    def language(self) -> Language:
        return self.reading.language


def mentions_in(
    reading: Reading, blocked: Sequence[tuple[int, int]], is_place: IsPlace, qualifies: Qualifies
) -> list[Mention]:
    """Return the mentions of places in a sentence, in order; what is `blocked` is a title or a person."""
    sentence = reading.sentence
    words = tokens(sentence.text)
    inside = [(first - sentence.start, last - sentence.start) for first, last in blocked]
    spots = [
        spot
        for spot in spots_in(sentence, words, reading.language)
        if not any(first < spot.end and spot.start < last for first, last in inside)
    ]
    words = [word for word in words if not any(first <= word.start < last for first, last in inside)]
    finder = _Finder(reading, words, spots, is_place, qualifies)
    return _linked(finder, list(_found(finder)))


def _found(finder: _Finder) -> Iterator[Mention]:
    """Yield spots and names of listed places; whether they are of the shoot is decided afterwards."""
    text = finder.reading.sentence.text
    number = 0
    while number < len(finder.words):
        word = finder.words[number]
        spot = next((each for each in finder.spots if each.start <= word.start < each.end), None)
        if spot is not None:
            yield _mention(finder, spot.text, spot.start, spot.end, spot=spot)
            number = next((n for n, each in enumerate(finder.words) if each.start >= spot.end), len(finder.words))
            continue
        end, name = _listed(finder, number)
        if name:
            last = finder.words[end].end
            area = _AREA_WORD.match(text, last)
            qualifier, after = _qualifier(finder, end, name)
            mention = _mention(finder, name, word.start, area.end() if area else last)
            if qualifier:
                mention = replace(mention, qualifier=qualifier, end=finder.words[after].end + finder.reading.sentence.start)
            yield replace(mention, is_area=area is not None)
            number = (after if qualifier else end) + 1
        else:
            number += 1


def _mention(finder: _Finder, name: str, start: int, end: int, spot: Spot | None = None) -> Mention:
    base = finder.reading.sentence.start
    status = finder.reading.status_at(start)
    return Mention(finder.reading, name, base + start, base + end, False, status, spot=spot)


def _listed(finder: _Finder, number: int) -> tuple[int, str]:
    word = finder.words[number]
    if not word.is_capital:
        return number, ""
    text = finder.reading.sentence.text
    limit = min((spot.start for spot in finder.spots if spot.start > word.start), default=len(text))
    stands = _is_placed(finder, word.start)
    for end, name in runs_from(finder.words, number, text):
        if finder.words[end].end > limit or (end == number and is_no_name(word)):
            continue
        if not stands and end == number and word.start == 0:
            pass
        if finder.is_place(name):
            return end, name
    return number, ""


def _is_placed(finder: _Finder, start: int) -> bool:
    return bool(_before(finder.language).search(finder.reading.sentence.flat[:start]))


def _qualifier(finder: _Finder, end: int, name: str) -> tuple[str, int]:
    """Return what follows a name and tells where it is, with the number of its last word."""
    words, text = finder.words, finder.reading.sentence.text
    if end + 1 >= len(words) or not words[end + 1].is_capital:
        return "", end
    if not _QUALIFIER.fullmatch(text[words[end].end : words[end + 1].start]):
        return "", end
    for last, qualifier in runs_from(words, end + 1, text):
        if finder.qualifies(name, qualifier):
            return qualifier, last
    return "", end


def _linked(finder: _Finder, found: list[Mention]) -> list[Mention]:
    """Decide which mentions are of the shoot, and fold the town after a spot into the spot."""
    kept: list[Mention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if before is not None and _is_inner(finder, before, mention):
            if before.spot is not None and mention.spot is None:
                kept[-1] = replace(before, qualifier=", ".join(filter(None, (mention.name, mention.qualifier))))
            continue
        is_listed = before is not None and before.accepted and _is_joined(finder, before, mention)
        status = before.status if is_listed and before is not None and mention.status is Status.CONFIRMED else mention.status
        kept.append(replace(mention, accepted=_is_of_the_shoot(finder, mention, is_listed=is_listed), status=status))
    return _until_the_last_of_a_list(finder, kept)


def _until_the_last_of_a_list(finder: _Finder, kept: list[Mention]) -> list[Mention]:
    """Take the kind word at the end of a list for all of it: "Stranda and Rauma Municipalities"."""
    for at in range(len(kept) - 1, 0, -1):
        if kept[at].is_area and not kept[at - 1].is_area and _is_joined(finder, kept[at - 1], kept[at]):
            plural = finder.reading.sentence.flat[: kept[at].end - finder.reading.sentence.start].endswith(
                ("ies", "kommuner", "gemeinden")
            )
            if plural:
                accepted = kept[at - 1].accepted or kept[at].accepted
                kept[at - 1] = replace(kept[at - 1], is_area=True, accepted=accepted)
                kept[at] = replace(kept[at], accepted=accepted)
    return kept


def _is_of_the_shoot(finder: _Finder, mention: Mention, *, is_listed: bool) -> bool:
    reading = finder.reading
    start, end = mention.start - reading.sentence.start, mention.end - reading.sentence.start
    if reading.gives_thanks and not reading.strong:
        return mention.is_area or (is_listed and mention.spot is None)
    if not reading.is_about_shooting and not (reading.gives_thanks and mention.is_area):
        return False
    if reading.is_story(start) or reading.is_beside_the_point(start, end):
        return False
    if reading.gives_thanks and mention.is_area:
        return True
    return is_listed or _is_governed(finder, start, mention) or _is_site(finder, start, end, mention)


def _is_governed(finder: _Finder, start: int, mention: Mention) -> bool:
    match = _before(finder.language).search(finder.reading.sentence.flat[:start])
    if match is None:
        return False
    if not finder.language.pattern("places", "never").fullmatch(match["at"]):
        return True
    # "Dachboden des Rathauses", "the streets of Oslo": only inside a phrase that itself stands after "in".
    return mention.spot is not None and bool(finder.reading.has("sites"))


def _is_site(finder: _Finder, start: int, end: int, mention: Mention) -> bool:
    flat = finder.reading.sentence.flat
    if finder.language.pattern("cues", "chosen").search(flat[max(0, start - 30) : end + 40]) and any(
        0 <= start - match.end() <= 6 for match in finder.language.pattern("cues", "chosen").finditer(flat)
    ):
        return True
    for match in finder.language.pattern("cues", "sites").finditer(flat):
        if 0 <= match.start() - end <= _SITE_WITHIN and (mention.spot is not None or match.start() - end < 30):
            return True
        if 0 <= start - match.end() <= 5:
            return True
    return False


def _is_joined(finder: _Finder, before: Mention, mention: Mention) -> bool:
    base = finder.reading.sentence.start
    between = finder.reading.sentence.flat[before.end - base : mention.start - base]
    return bool(_joint(finder.language).fullmatch(between))


def _is_inner(finder: _Finder, before: Mention, mention: Mention) -> bool:
    """Tell whether the mention only says where the one before it is: "Brooklyn Arts Center on 4th Street"."""
    if before.spot is None or before.spot.generic and mention.spot is not None:
        return False
    base = finder.reading.sentence.start
    between = finder.reading.sentence.flat[before.end - base : mention.start - base]
    if mention.spot is None and re.fullmatch(r",\s*", between):
        return True
    return bool(_inner(finder.language).fullmatch(between))


@lru_cache(maxsize=16)
def _before(language: Language) -> re.Pattern[str]:
    """Match the end of a text after which the name of a place stands: "in", "in the streets of"."""
    filler = "|".join(re.escape(word) for word in language.words("fillers", "places"))
    link = language.either("places", "never")
    at = language.either("places", "prepositions")
    return re.compile(rf"(?<!\w)(?P<at>{at})(?:\s*(?:{filler})(?:\s+{link})?(?!\w))*(?:\s+{link})?{_OPENING}$")


@lru_cache(maxsize=16)
def _joint(language: Language) -> re.Pattern[str]:
    filler = "|".join(re.escape(word) for word in language.words("fillers", "places"))
    at = language.either("places", "prepositions")
    joiner = language.either("places", "joiners")
    return re.compile(rf"\s*(?:[,;/]|,?\s+{joiner})(?:\s+{joiner})?(?:\s+(?:{at}|{filler}))*{_OPENING}")


@lru_cache(maxsize=16)
def _inner(language: Language) -> re.Pattern[str]:
    filler = "|".join(re.escape(word) for word in language.words("fillers", "places"))
    return re.compile(rf"\s+{language.either('places', 'inner')}(?:\s+(?:{filler}))*{_OPENING}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where an agency's report was written: "WILMINGTON, N.C. (WECT) –". It is context, no place of the shoot."""

    town: str
    state: str
    outlet: str
    start: int
    end: int


def dateline_of(reading: Reading) -> Dateline | None:
    match = _DATELINE.match(reading.sentence.text[:_LONGEST_DATELINE])
    if match is None:
        return None
    base = reading.sentence.start
    return Dateline(
        match["town"].strip().title(), (match["state"] or "").strip(), (match["outlet"] or "").strip(),
        base + match.start("town"), base + match.end(),
    )
