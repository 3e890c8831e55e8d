"""Which production an article is about: known titles, quoted ones, and those that "film" announces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.articles.cues import Reading
from tracker.articles.language import Language, flat
from tracker.articles.model import FoundProduction, KnownTitle
from tracker.articles.titlespans import bare_titles, quoted_titles, works

_WINDOW = 70
_GOES_ON = re.compile(
    r"(?: [-–]|:)? (?:Part|Chapter|Episode|Vol(?:ume|\.)?|Teil|Kapitel|Partie|Parte|Del) [\w.]+"
    r"|: [A-ZÀ-Þ]\w+|,? (?:\d{1,2}|II|III|IV)(?!\w)(?!:)"
)
_OWNER_BEFORE = re.compile(r"\s(?:[\w.-]+ ){0,2}[\w-]+'s?$")
_KEEP = 3
# A quoted title that is so surely filmed is a production beside the main one.
_OF_ITS_OWN = 7
_OPENS_WITHIN = 4


@dataclass(frozen=True, slots=True)
class _Candidate:
    title: str
    start: int
    end: int
    points: int
    kind: str
    working: bool = False
    quoted: bool = False


def find_titles(
    readings: Sequence[Reading],
    language: Language,
    known: Sequence[KnownTitle],
    is_place: Callable[[str], str],
) -> tuple[list[FoundProduction], list[tuple[int, int]]]:
    """Return the productions, best first, and where titles stand, quoted ones of any sort: no places.

    `is_place` tells the kind of what the gazetteer knows: that is no title unless it is quoted or on record.
    """
    candidates: list[_Candidate] = []
    for reading in readings:
        if reading.sentence.byline or reading.sentence.label:
            continue
        candidates += _in_sentence(reading, language, known, is_place)
    productions = _chosen(_in_full(candidates), known)
    names = {_key(name) for each in productions for name in (each.title, *each.aliases)}
    blocked = [(each.start, each.end) for each in candidates if each.quoted or _key(each.title) in names]
    return [_of_kind(each, readings, language) for each in productions], blocked


def _in_full(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Take what is short for a title that the article has in full: "Jurassic World" for "…: Dominion"."""
    full = {
        _key(candidate.title.partition(": ")[0]): candidate.title
        for candidate in candidates
        if ": " in candidate.title
    }
    return [
        replace(candidate, title=full.get(_key(candidate.title), candidate.title)) for candidate in candidates
    ]


def of_another(
    readings: Sequence[Reading], productions: Sequence[FoundProduction], blocked: Sequence[tuple[int, int]]
) -> set[int]:
    """Return where sentences begin that are about another work: what was shot in them is its quoted title."""
    names = [_key(name) for each in productions for name in (each.title, *each.aliases)]
    found = set()
    for reading in readings:
        sentence = reading.sentence
        if not names or any(name in sentence.flat for name in names):
            continue
        if reading.language.pattern("titles", "other_work").match(sentence.flat.lstrip()):
            found.add(sentence.start)
        for first, _ in blocked:
            before = (
                sentence.flat[: first - sentence.start] if sentence.start <= first < sentence.end else None
            )
            if before is not None and (
                len(before) <= _OPENS_WITHIN
                or _ends(reading.language, "other", before)
                or _is_object(reading, before)
            ):
                found.add(sentence.start)
    return found


def _is_object(reading: Reading, before: str) -> bool:
    """Tell whether a title follows right after a word of shooting: "previously shot “Cop Car”"."""
    shooting = reading.language.either("cues", "shooting")
    return bool(re.search(rf"(?<!\w){shooting}[\s\"“„«‘'‹]*$", before))


def _of_kind(found: FoundProduction, readings: Sequence[Reading], language: Language) -> FoundProduction:
    """Call it a series where the article speaks of a series more than of a film."""
    if found.known:
        return found
    series = sum(
        len(language.pattern("titles", "series").findall(reading.sentence.flat)) for reading in readings
    )
    films = sum(
        len(language.pattern("titles", "film").findall(reading.sentence.flat)) for reading in readings
    )
    is_series = series >= films if found.kind == "tv series" else series > films
    return replace(
        found, kind="tv series" if is_series or (found.kind == "tv series" and series > 1) else "film"
    )


def _in_sentence(
    reading: Reading, language: Language, known: Sequence[KnownTitle], is_place: Callable[[str], str]
) -> Iterator[_Candidate]:
    sentence, taken = reading.sentence, list[tuple[int, int]]()
    spans = [(*span, True) for span in quoted_titles(sentence.text, language)]
    spans += [(*span, False) for span in bare_titles(reading, language, is_place)]
    for first, last in [*_on_record(reading, language, known)]:
        taken.append((first, last))
        yield _judged(reading, language, sentence.text[first:last], first, last, quoted=False)
    for first, last, quoted in spans:
        if not any(first < end and start < last for start, end in taken):
            taken.append((first, last))
            yield _judged(reading, language, sentence.text[first:last], first, last, quoted=quoted)
            continue
        head = next((start for start, _ in taken if first < start < last), first)
        if not quoted and sentence.text[first:head].endswith(": "):
            # "House of the Dragon: Game of Thrones prequel films …"
            yield _judged(reading, language, sentence.text[first : head - 2], first, head - 2, quoted=False)


def _on_record(
    reading: Reading, language: Language, known: Sequence[KnownTitle]
) -> Iterator[tuple[int, int]]:
    """Find known titles; one short word has to be announced as well ("the film Up")."""
    text = reading.sentence.text
    names = (
        name for entry in known for name in (entry.title, *entry.names) if len(name) > 2 and name in text
    )
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if _GOES_ON.match(text, match.end()):
                continue  # "Dune: Part Two" is not Dune
            is_distinct = len(name.split()) > 1 or any(sign.isdigit() for sign in name)
            if is_distinct or _judged(reading, language, name, *match.span(), quoted=False).points >= _KEEP:
                yield match.span()


def _judged(
    reading: Reading, language: Language, title: str, start: int, end: int, *, quoted: bool
) -> _Candidate:
    """Weigh what stands around a title; other works ("creator of", "known from") weigh against."""
    text = reading.sentence.flat
    before, after = (
        text[max(0, start - _WINDOW) : start].rstrip("\"“„«‘'‹ ("),
        text[end : end + 40].lstrip("\"”“»’'› ("),
    )
    working = _ends(language, "working", before)
    kind = "tv series" if _near(language, "series", before, after) else "film"
    is_headline = reading.sentence.line == 0 and not reading.sentence.text.rstrip().endswith(".")
    points = (2 + 2 * is_headline) * quoted
    points += 3 * (working or _ends(language, "before", _OWNER_BEFORE.sub("", before)))
    points += 2 * (_near(language, "film", before, after) or kind == "tv series")
    points += reading.is_about_shooting
    shooting = works(language).match(after)
    points += 3 * bool(shooting)
    if _ends(language, "other", before) and not shooting and not working:
        points -= 8
    if language.pattern("titles", "other_after").match(after):
        points -= 8
    if points > 0 and not reading.is_about_shooting and not working:
        points -= 1
    base = reading.sentence.start
    return _Candidate(title, base + start, base + end, points, kind, working, quoted)


def _ends(language: Language, key: str, before: str) -> bool:
    return bool(re.search(rf"(?<!\w){language.either('titles', key)}\s*[-,:]?\s*$", before))


def _near(language: Language, key: str, before: str, after: str) -> bool:
    pattern = language.pattern("titles", key)
    nouns = language.either("titles", key)
    apposition = rf", (?:the |a |an |eine? |la |le |una? |en )?(?:[\w+]+ ){{0,2}}{nouns}(?!\w)"
    return bool(
        pattern.match(after)
        or re.match(apposition, after)
        or re.search(rf"(?<!\w){language.either('titles', key)}(?: \S+)?[ ,:]*$", before)
    )


def _chosen(candidates: list[_Candidate], known: Sequence[KnownTitle]) -> list[FoundProduction]:
    names = {flat(name): entry for entry in known for name in (entry.title, *entry.names)}
    points: Counter[str] = Counter()
    first: dict[str, _Candidate] = {}
    for candidate in candidates:
        entry = names.get(flat(candidate.title))
        key = flat(entry.title) if entry else _key(candidate.title)
        points[key] += candidate.points + 4 * (entry is not None and candidate.points > 0)
        if candidate.points > 0 and key not in first:
            first[key] = candidate
    for key in [each for each in points if points[each] >= _KEEP]:
        for other in first:
            if other != key and _is_sibling(key, other):
                points[other] = max(points[other], _KEEP)
    ranked = [key for key, score in points.most_common() if score >= _KEEP and key in first]
    if not ranked:
        return []
    working = [key for key in ranked if first[key].working]
    main = next((key for key in ranked if key not in working), ranked[0])
    aliases = [key for key in working if key != main]
    siblings = [
        key
        for key in ranked
        if key != main
        and key not in aliases
        and (_is_sibling(main, key) or (first[key].quoted and points[key] >= _OF_ITS_OWN))
    ]
    return [
        _production(first[key], names, [first[each].title for each in aliases] if key == main else [])
        for key in (main, *siblings)
    ]


def _key(title: str) -> str:
    return flat(re.sub(r"[’']s$", "", title)).removeprefix("the ")


def _is_sibling(one: str, other: str) -> bool:
    """Tell whether two titles are parts of one series of films that are shot together: "… 7", "… 8"."""
    parts = re.compile(r"(.{4,}?)[ :]*(\d{1,2})$")
    a, b = parts.match(one), parts.match(other)
    return bool(a and b and a[1] == b[1])


def _production(found: _Candidate, names: dict[str, KnownTitle], aliases: list[str]) -> FoundProduction:
    entry = names.get(flat(found.title))
    title = entry.title if entry else found.title
    # What the article calls it comes first among its other names.
    others = [found.title, *aliases, *(entry.names if entry else ())]
    distinct = tuple(dict.fromkeys(name for name in others if name != title))
    return FoundProduction(
        title, entry.kind if entry else found.kind, distinct, entry is not None, found.start, found.end
    )
