"""Where a sentence may name a title: in quotes, after words that announce one, as what is being filmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from tracker.articles.cues import Reading
from tracker.articles.language import Language, flat
from tracker.articles.titleforms import parts, without_owner

_QUOTED = re.compile(r"[“„«\"‘‹](?P<t>[^“”„«»\"‘›\n]{2,70}?)[”“»\"’›](?!\w)")
# Typewriter quotes, in which an apostrophe may stand: 'Dawson's Creek'.
_PLAINLY_QUOTED = re.compile(r"(?<![\w’])'(?P<t>[A-ZÀ-Þ0-9](?:[^'\n]|(?<=\w)'(?=\w)){1,68})'(?!\w)")
_RUN = re.compile(
    r"[A-ZÀ-ÞØÅÆ][\w’'-]*(?:(?:\s?:\s|\s[-–]\s|\s)(?:(?:of|the|and|in|on|for|a|to|at|de|la|du|des"
    r"|del|von|der|og|i|&)\s)*[A-ZÀ-ÞØÅÆ0-9][\w’'-]*)*"
)
_NO_TITLES = frozenset(
    ("tv", "hollywood", "bollywood", "the", "a", "der", "die", "das", "production", "covid", "covid-19")
)
_LONGEST = 8
# A subject with such a word in it is no person: "House of the Dragon has started filming".
_SUBJECT = re.compile(
    r"\w (?:of|the|and|in|To|Of|The|And|In|On|At|For|Is|My|With|No|Not) \w|\d|: |^The \w|\w [IVX]{1,4}$"
)
# "Fast X: Vin Diesel spotted in Rome"
_HEADLINE = re.compile(r"(?P<t>[^:]{2,60}): [A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]+$")
# "as Fast X shoots in Rome"
_AS = re.compile(r"(?:^|\s)(?:as|while|als|mens|tandis que|mientras|mentre) $")
_SEQUEL = re.compile(
    r"(?<!\w)(?P<t>[A-ZÀ-Þ][\w’'-]+(?: (?:(?:of|the|and) )?[A-ZÀ-Þ][\w’'-]+){0,4}"
    r" (?:\d{1,2}|II|III|IV|VI{0,3}|X))"
    r"(?= (?:shoot|filming|movie|film|set|production|reshoots?|crews?|cast|is|will|has)(?!\w))"
)
_TWO_PEOPLE = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'-]+ ){1,2}[A-ZÀ-Þ][\w’'-]+ (?:and|&|und|et|y|e|og) "
    r"(?:[A-ZÀ-Þ][\w’'-]+ ){1,2}[A-ZÀ-Þ][\w’'-]+"
)
# "House of the Dragon: Game of Thrones prequel films …"
_FOLLOWED = re.compile(r" (?:prequel|sequel|spin-?off)(?!\w)")
_BEFORE_COLON = re.compile(r"(?P<t>[^:]+): .+")
_OPENS = re.compile(r"\s+[“„«\"‘‹]")
_OWNS = re.compile(r"[’']s?\s+[“„«\"‘‹]")
_POSSESSED = re.compile(r"[’']s?$")
_IN_PLACE = re.compile(r"(?P<t>.+?) (?:in|at|on|to|for|near|und|and) (?P<p>[A-ZÀ-Þ].*)")


def quoted_titles(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Return where titles in quotation marks stand, of any work: offsets in the sentence."""
    for match in (*_QUOTED.finditer(text), *_PLAINLY_QUOTED.finditer(text)):
        title = match["t"].rstrip(" ,.")
        lead = len(title) - len(title.lstrip())
        if _may_be_quoted(title.strip(), language):
            yield match.start("t") + lead, match.start("t") + len(title)


def bare_titles(
    reading: Reading, language: Language, is_place: Callable[[str], str]
) -> Iterator[tuple[int, int]]:
    """Find titles without quotation marks, after "working title" or after words that announce one."""
    text = reading.sentence.text
    for match in language.pattern("titles", "working").finditer(reading.sentence.flat):
        run = _RUN.match(text, match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip()))
        if run:
            yield run.span()
    yield from _subjects(reading, language)
    for match in _announced(language).finditer(reading.sentence.flat):
        run = _RUN.match(text, match.end())
        if run is None or _owns_a_quoted_title(text, run):
            continue
        for title, start in parts(*without_owner(_without_place(run[0], is_place), run.start())):
            if title and _may_be_bare(title, is_place, language):
                yield start, start + len(title)


def _subjects(reading: Reading, language: Language) -> Iterator[tuple[int, int]]:
    """Find what is filmed as a subject: "The Batman has started filming", "as Fast X shoots in Rome"."""
    text = reading.sentence.text
    shooting = language.pattern("cues", "shooting")
    first = _RUN.match(text)
    later = [match for match in _RUN.finditer(text) if _AS.search(text, 0, match.start())]
    for subject in [*([first] if first else []), *later]:
        is_said = subject is first or works(language).match(reading.sentence.flat, subject.end())
        is_title = _SUBJECT.search(subject[0]) and not _are_people(subject[0])
        if is_said and is_title and not shooting.search(flat(subject[0])):
            headline = _HEADLINE.fullmatch(subject[0]) if subject is first else None
            if headline is None and _FOLLOWED.match(text, subject.end()):
                headline = _BEFORE_COLON.fullmatch(subject[0])
            yield subject.start(), subject.start() + headline.end("t") if headline else subject.end()
    for subject in _SEQUEL.finditer(text):
        yield subject.span("t")


def _are_people(run: str) -> bool:
    """Tell whether a run is two names joined: "Daniel Craig and Léa Seydoux"."""
    return bool(_TWO_PEOPLE.fullmatch(run))


def _owns_a_quoted_title(text: str, run: re.Match[str]) -> bool:
    """Tell whether the run is whose work the quoted title after it is: "Martin Scorsese's “…”"."""
    return bool(
        _OWNS.match(text, run.end()) if not _POSSESSED.search(run[0]) else _OPENS.match(text, run.end())
    )


def _without_place(run: str, is_place: Callable[[str], str]) -> str:
    """Take off where it is shot: "Fast X in Rome"."""
    match = _IN_PLACE.fullmatch(run)
    return match["t"] if match and is_place(match["p"]) else run


@lru_cache(maxsize=8)
def _announced(language: Language) -> re.Pattern[str]:
    nouns = language.either("titles", "film", "series")
    before = language.either("titles", "before", "working")
    return re.compile(
        rf"(?<!\w)(?:{before}|(?:the |das |die |der |le |la |el |il |l')?(?:\w+ )?{nouns})\s+(?:the "
        rf"new |upcoming )?(?=\S)"
    )


@lru_cache(maxsize=8)
def works(language: Language) -> re.Pattern[str]:
    """Match what a production that is being shot does, right after its title: "has wrapped", "shoots"."""
    said = language.either("cues", "shooting", "moving", "wrapped")
    return re.compile(rf"\s*(?:(?:has|have|is|are|will) )?(?:\w+ ){{0,2}}{said}(?!\w)")


def _may_be_quoted(title: str, language: Language) -> bool:
    words = title.split()
    if (
        not words
        or len(words) > _LONGEST
        or not (title[0].isupper() or title[0].isdigit())
        or title[-1] in "!,;"
    ):
        return False
    if language.code == "en":
        return not any(word[0].islower() and len(word) > 4 for word in words)
    return True


def _may_be_bare(title: str, is_place: Callable[[str], str], language: Language) -> bool:
    words = title.split()
    if len(words) > _LONGEST or flat(title) in _NO_TITLES:
        return False
    if language.pattern("places", "street_after", "venue_after").fullmatch(flat(words[-1])) or is_place(
        title
    ):
        return False
    if language.pattern("dates", "weekdays").fullmatch(flat(words[0])):
        return False
    return language.code != "de" or len(words) > 1 or title[0].isdigit()
