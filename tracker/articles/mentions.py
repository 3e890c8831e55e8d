"""Where a sentence names a place of the shoot: a name after "in", in a list, or before "served as a set"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.articles.belonging import is_of_the_shoot
from tracker.articles.cues import Reading
from tracker.articles.language import Language
from tracker.articles.mention import Mention
from tracker.articles.model import Status
from tracker.articles.names import Token, is_no_name, runs_from, tokens
from tracker.articles.placewords import after_another, before, inner, joint
from tracker.articles.spots import Spot, is_town_after_all, spots_in
from tracker.articles.titleforms import names_a_maker

_AREA_WORD = re.compile(
    r"\s+(?:municipalit(?:y|ies)|count(?:y|ies)|kommuner?|commune|gemeinden?)(?!\w)", re.IGNORECASE
)
_COUNTY = re.compile(r" (?:County|Township)$")
# "between Marietta and Ellis streets"
_STREETS = re.compile(
    r"(?:,? (?:and|&) [A-Z][\w’']+| ?, [A-Z][\w’']+)* (?:streets|avenues|roads|boulevards)(?!\w)"
)
_QUALIFIER = re.compile(r"\s*[,(]\s*(?:(?:au|aux|en|in|i|nel|nella)\s+)?")
_OWNER = re.compile(r"(?!St\.? |Saint )([^’']+)[’']s\s+")
_UNLISTED_WITHIN = 6
# After these stands time, manner and purpose as often as a place.
_WIDE = frozenset({"country", "region"})
_LOOSE = frozenset({"on", "by", "under", "over", "between", "through", "for", "of", "del", "como"})
_ADJECTIVES = ("ish", "ese", "ian", "isch", "aise", "ais")
_OF_A_REGION = ("ish", "ese")
_SMALL = re.compile(r" [a-zà-þ]")

# The kind of the likeliest place of a name, empty where there is none.
KindOf = Callable[[str], str]
Qualifies = Callable[[str, str], bool]


@dataclass(frozen=True)
class _Finder:
    reading: Reading
    words: list[Token]
    spots: list[Spot]
    kind_of: KindOf
    qualifies: Qualifies

    @property
    def language(self) -> Language:
        return self.reading.language


def mentions_in(
    reading: Reading, blocked: Sequence[tuple[int, int]], kind_of: KindOf, qualifies: Qualifies
) -> list[Mention]:
    """Return the mentions of places in a sentence, in order; what is `blocked` is a title or a person."""
    sentence = reading.sentence
    words = tokens(sentence.text)
    inside = [(first - sentence.start, last - sentence.start) for first, last in blocked]
    spots = [
        spot
        for spot in spots_in(sentence, words, reading.language)
        if not _is_town(spot, reading, kind_of)
        and not any(first < spot.end and spot.start < last for first, last in inside)
    ]
    words = [word for word in words if not any(first <= word.start < last for first, last in inside)]
    finder = _Finder(reading, words, spots, kind_of, qualifies)
    return _linked(finder, list(_found(finder)))


def _is_town(spot: Spot, reading: Reading, kind_of: KindOf) -> bool:
    """Tell whether what looks like a spot is listed as a town or a county."""
    county = _COUNTY.sub("", spot.text)
    if county != spot.text and (kind_of(spot.text) or kind_of(county)):
        return True
    before_it = reading.sentence.flat[: spot.start]
    return not spot.generic and is_town_after_all(spot, before_it, reading.language, kind_of)


def _found(finder: _Finder) -> Iterator[Mention]:
    """Yield spots and names of listed places; whether they are of the shoot is decided afterwards."""
    text = finder.reading.sentence.text
    number = 0
    while number < len(finder.words):
        word = finder.words[number]
        spot = next((each for each in finder.spots if each.start <= word.start < each.end), None)
        if spot is not None:
            yield _spot_mention(finder, spot)
            number = _word_after(finder, spot.end)
            continue
        end, name = _listed(finder, number)
        if name and _STREETS.match(text, finder.words[end].end):
            number = end + 1
            continue
        unlisted = "" if name else _unlisted(finder, number)
        if unlisted:
            yield replace(_mention(finder, unlisted, word.start, word.start + len(unlisted)), unlisted=True)
            number = _word_after(finder, word.start + len(unlisted))
        elif name:
            last = finder.words[end].end
            area = _AREA_WORD.match(text, last)
            qualifier, after = _qualifier(finder, end, name)
            mention = _mention(finder, name, word.start, area.end() if area else last)
            if qualifier:
                mention = replace(
                    mention, qualifier=qualifier, end=finder.words[after].end + finder.reading.sentence.start
                )
            yield replace(mention, is_area=area is not None)
            number = (after if qualifier else end) + 1
        else:
            number += 1


def _word_after(finder: _Finder, end: int) -> int:
    return next((n for n, word in enumerate(finder.words) if word.start >= end), len(finder.words))


def _mention(finder: _Finder, name: str, start: int, end: int, spot: Spot | None = None) -> Mention:
    base = finder.reading.sentence.start
    status, stated = finder.reading.stated_at(start)
    placed = bool(before(finder.language).search(finder.reading.sentence.flat[:start]))
    return Mention(
        finder.reading,
        name,
        base + start,
        base + end,
        accepted=False,
        status=status,
        spot=spot,
        placed=placed,
        stated=stated,
    )


def _spot_mention(finder: _Finder, spot: Spot) -> Mention:
    """Take the town off that owns a spot: "Prague's Old Town Square"."""
    owner = _OWNER.match(spot.text)
    if owner is None or " " not in spot.text[owner.end() :] or not finder.kind_of(owner[1]):
        return _mention(finder, spot.text, spot.start, spot.end, spot=spot)
    start = spot.start + owner.end()
    own = replace(spot, text=spot.text[owner.end() :], start=start)
    found = _mention(finder, own.text, start, spot.end, spot=own)
    return replace(found, qualifier=owner[1], owned=owner.end())


def _listed(finder: _Finder, number: int) -> tuple[int, str]:
    word = finder.words[number]
    if not word.is_capital or (names_a_maker(word.flat) and not _is_studio(finder, number)):
        return number, ""
    text = finder.reading.sentence.text
    limit = min((spot.start for spot in finder.spots if spot.start > word.start), default=len(text))
    for end, name in runs_from(finder.words, number, text):
        if finder.words[end].end > limit or (end == number and is_no_name(word)):
            continue
        if end == number and word.flat.endswith(_OF_A_REGION) and _SMALL.match(text, finder.words[end].end):
            continue  # "a Cornish village"
        if _is_genitive(finder, end, name):
            return end, name[:-1]
        if finder.kind_of(name):
            return end, name
    return number, ""


def _is_studio(finder: _Finder, number: int) -> bool:
    """Tell whether the name of a maker begins that of its studio: "Warner Bros. Studios Leavesden"."""
    runs = runs_from(finder.words, number, finder.reading.sentence.text)
    return any(finder.kind_of(name) == "studio" for _, name in runs)


def _is_genitive(finder: _Finder, end: int, name: str) -> bool:
    """Tell whether a German name only stands in the genitive before a noun: "durch Geras Innenstadt"."""
    if finder.language.code != "de" or not name.endswith("s") or end + 1 >= len(finder.words):
        return False
    noun = finder.words[end + 1]
    is_noun = noun.is_capital and finder.reading.sentence.text[finder.words[end].end : noun.start] == " "
    return is_noun and bool(finder.kind_of(name[:-1]))


def _unlisted(finder: _Finder, number: int) -> str:
    """Return a name that no gazetteer knows, where the shoot is said to be at it in so many words."""
    word, text = finder.words[number], finder.reading.sentence.flat
    if not word.is_capital or word.start == 0 or finder.language.code == "de" or is_no_name(word):
        return ""
    if word.text.isupper() or word.flat.endswith(_ADJECTIVES) or names_a_maker(word.flat):
        return ""
    match = before(finder.language).search(text[: word.start])
    if (
        match is None
        or match["at"] in _LOOSE
        or finder.language.pattern("places", "never").fullmatch(match["at"])
    ):
        return ""
    cues = [end for _, end in finder.reading.strong]
    cues += [
        found.end() - len(match["at"]) - 1
        for found in finder.language.pattern("cues", "moving").finditer(text)
    ]
    near = bool(
        finder.reading.strong
        and after_another(finder.language).search(finder.reading.sentence.text[: word.start])
    )
    near = near or any(-3 <= match.start() - end <= _UNLISTED_WITHIN for end in cues)
    return (
        next((name for _, name in runs_from(finder.words, number, finder.reading.sentence.text)), "")
        if near
        else ""
    )


def _qualifier(finder: _Finder, end: int, name: str) -> tuple[str, int]:
    """Return what follows a name and tells where it is, with the number of its last word."""
    words, text = finder.words, finder.reading.sentence.text
    following = next((n for n in range(end + 1, min(end + 3, len(words))) if words[n].is_capital), None)
    if following is None or not _QUALIFIER.fullmatch(text[words[end].end : words[following].start]):
        return "", end
    for last, qualifier in runs_from(words, following, text):
        if finder.qualifies(name, qualifier):
            return qualifier, last
    return "", end


def _linked(finder: _Finder, found: list[Mention]) -> list[Mention]:
    """Decide which mentions are of the shoot, and fold the town after a spot into the spot."""
    kept: list[Mention] = []
    for mention in found:
        earlier = kept[-1] if kept else None
        if earlier is not None and _says_where(finder, earlier, mention):
            place = ", ".join(filter(None, (mention.name, mention.qualifier)))
            if finder.qualifies(earlier.name, place):
                kept[-1] = replace(earlier, qualifier=place)
            continue
        if earlier is not None and _is_inner(finder, earlier, mention):
            if earlier.spot is not None and mention.spot is None:
                kept[-1] = replace(
                    earlier, qualifier=", ".join(filter(None, (mention.name, mention.qualifier)))
                )
            continue
        is_listed = earlier is not None and earlier.accepted and _is_joined(finder, earlier, mention)
        status = (
            earlier.status
            if is_listed and earlier is not None and mention.status is Status.CONFIRMED
            else mention.status
        )
        kept.append(replace(mention, accepted=is_of_the_shoot(mention, is_listed=is_listed), status=status))
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


def _is_joined(finder: _Finder, earlier: Mention, mention: Mention) -> bool:
    base = finder.reading.sentence.start
    between = finder.reading.sentence.flat[earlier.end - base : mention.start - base]
    return bool(joint(finder.language).fullmatch(between))


def _says_where(finder: _Finder, earlier: Mention, mention: Mention) -> bool:
    """Tell whether a country or region only says where the town before it is: "Cáceres in Spain"."""
    if earlier.spot is not None or mention.spot is not None or not earlier.accepted:
        return False
    base = finder.reading.sentence.start
    between = finder.reading.sentence.flat[earlier.end - base : mention.start - base]
    is_wider = finder.kind_of(mention.name) in _WIDE and finder.kind_of(earlier.name) not in _WIDE
    return is_wider and bool(re.fullmatch(r" (?:in|en|i|a|au) (?:the )?", between))


def _is_inner(finder: _Finder, earlier: Mention, mention: Mention) -> bool:
    """Tell whether the mention only says where the one before it is: "Brooklyn Arts Center on 4th Street"."""
    if earlier.spot is None or (earlier.spot.generic and mention.spot is not None):
        return False
    base = finder.reading.sentence.start
    between = finder.reading.sentence.flat[earlier.end - base : mention.start - base]
    if mention.spot is None and re.fullmatch(r",\s*", between):
        return True
    return bool(inner(finder.language).fullmatch(between))
