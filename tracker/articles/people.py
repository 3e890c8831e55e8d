"""Who works on the production, and as what: by the word before a name, or what the name is said to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tracker.articles.cues import Reading
from tracker.articles.language import Language, flat
from tracker.articles.model import FoundPerson
from tracker.foundation.dates.words import WORDS, Kind

_WORD = r"[A-ZÀ-ÞØÅÆ](?:[\w’'-]*\w)?\.?"
_LINK = r"(?:de|van|von|der|la|di|del|da|le|del la|de la|af|ten)"
PERSON = re.compile(rf"{_WORD}(?:\s(?:{_LINK}\s){{0,2}}{_WORD}){{1,3}}")
_AND = re.compile(
    r"(?:\s+as\s+(?:the\s+)?[\w’' -]{2,30}?)?\s*(?:,\s*(?:and|und|et|y|e|og)?|\s(?:and|und|et|y|e"
    r"|og|sowie|alongside))\s*",
    re.IGNORECASE,
)
_ROLES = ("director", "writer", "producer", "cinematographer", "actor")
_BETWEEN_ROLES = r"(?:\s*(?:-|/|,|and|und|et|y|e|og)\s*)"
_FILM = r"(?:film|movie|sequel|prequel|biopic|thriller|series|drama)"
_OWNED = re.compile(
    rf"(?:(?:on|of|for|filming|shooting|that|to shoot|[–—-]) |^)(?P<who>{_WORD}(?: {_WORD}){{1,2}}?)[’']s? "
    rf"(?=[“„«\"‘]|(?:untitled |new |upcoming |latest |next )*(?:[A-Z0-9][\w’'-]* ){{0,4}}{_FILM}(?!\w))"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_ARTICLES = frozenset(
    [
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
        "den",
        "det",
        "when",
        "while",
        "after",
        "in",
        "on",
        "at",
        "and",
        "but",
        "as",
        "und",
        "im",
        "am",
    ]
)


def find_people(
    readings: Sequence[Reading], language: Language, blocked: Sequence[tuple[int, int]]
) -> list[FoundPerson]:
    """Return the people of the production in order; whoever has several roles has them joined by "and"."""
    roles: dict[str, list[str]] = {}
    spans: dict[str, tuple[int, int]] = {}
    for reading in readings:
        if reading.sentence.byline or reading.sentence.label:
            continue
        for role, name, start, end in _in_sentence(reading, language):
            base = reading.sentence.start
            if any(first < base + end and base + start < last for first, last in blocked) or not is_person(
                name
            ):
                continue
            spans.setdefault(name, (base + start, base + end))
            held = roles.setdefault(name, [])
            held += [each for each in role.split(" and ") if each not in held]
    return [FoundPerson(name, _said(held), None, *spans[name]) for name, held in roles.items()]


def _said(held: list[str]) -> str:
    """A named role outdoes that of an actor which is only concluded from being seen at work."""
    return " and ".join(sorted(held, key=_ROLES.index))


def _bare(name: str) -> str:
    """Take off what belongs to the sentence: a possessive ending, a full stop."""
    bare = _POSSESSIVE.sub("", name)
    return bare.rstrip(".") if not bare.endswith(("Jr.", "Sr.")) else bare


def is_person(name: str) -> bool:
    """Tell whether words may be somebody's name: two to four, none of them a month or weekday."""
    words = name.split()
    kinds = {WORDS.get(flat(word), (None, 0))[0] for word in words[:1]}
    return 2 <= len(words) <= 6 and flat(words[0]) not in _ARTICLES and not kinds & {Kind.WEEKDAY}


def _in_sentence(reading: Reading, language: Language) -> Iterator[tuple[str, str, int, int]]:
    yield from _titled(reading, language)
    yield from _credited(reading, language)
    yield from _acting(reading, language)
    yield from _owning(reading)


def _titled(reading: Reading, language: Language) -> Iterator[tuple[str, str, int, int]]:
    """Read "Director Jane Doe", "Drehbuchautor und Regisseur …", "actress Jane Doe"."""
    sentence = reading.sentence
    for match in _role_words(language).finditer(sentence.flat):
        person = PERSON.match(sentence.text, match.end())
        before = sentence.text[: match.start()]
        if person is None or _is_other_office(flat(before), language) or _is_of_another_work(before):
            continue
        role = _role_of(match[0], language)
        if role == "actor" and _is_character(sentence.flat[: match.start()], language):
            continue
        name = _bare(person[0])
        yield role, name, person.start(), person.start() + len(name)
        yield from _more(sentence.text, person.end(), role)


@lru_cache(maxsize=8)
def _role_words(language: Language) -> re.Pattern[str]:
    words = language.either("roles", *_ROLES)
    return re.compile(
        rf"(?<!\w){words}(?:{_BETWEEN_ROLES}{words})*(?:\s+(?:ist|is|es|est|er|e)|[:,])?\s+(?=\S)"
    )


def _role_of(text: str, language: Language) -> str:
    held = [role for role in _ROLES if language.pattern("roles", role).search(text)]
    return " and ".join(held[:2] if len(held) > 1 and held[-1] != "actor" else held[:1]) or "actor"


def _is_other_office(before: str, language: Language) -> bool:
    others = language.either("roles", "not_roles")
    return bool(re.search(rf"(?<!\w){others}[ -]*$", before))


def _is_of_another_work(before: str) -> bool:
    """Tell whether a title stands before the role: "Peter Rabbit producer …"."""
    return bool(re.search(r"[^\W\d_](?:[\w’']*\s+)[A-ZÀ-Þ][\w’']*\s+$", before)) and bool(
        re.search(r"(?:^|\s)[A-ZÀ-Þ][\w’']*\s+[A-ZÀ-Þ][\w’']*\s+$", before)
    )


def _is_character(before: str, language: Language) -> bool:
    return bool(re.search(rf"(?<!\w){language.either('credits', 'character')} (?:the |a |an )?$", before))


def _credited(reading: Reading, language: Language) -> Iterator[tuple[str, str, int, int]]:
    """Read "directed by Jane Doe", "starring A, B and C"."""
    sentence = reading.sentence
    for role in _ROLES:
        if not language.entries("credits", role):
            continue
        for match in _credit(language, role).finditer(sentence.flat):
            if role == "actor" and not _is_cast(reading, match):
                continue
            person = PERSON.match(sentence.text, match.end())
            if person is None:
                continue
            name = _bare(person[0])
            yield role, name, person.start(), person.start() + len(name)
            yield from _more(sentence.text, person.end(), role)


@lru_cache(maxsize=64)
def _credit(language: Language, role: str) -> re.Pattern[str]:
    said = language.either("roles", *_ROLES)
    other = language.either("titles", "other_after")
    credit = language.either("credits", role)
    return re.compile(
        rf"(?<!\w){credit}\s+(?:(?:(?!\s(?:and|und|et|y|e|og)\s)[\w' -]){{0,40}}?(?<!\w)(?:{other}"
        rf"|{said})\s+)?(?=\S)"
    )


def _is_cast(reading: Reading, match: re.Match[str]) -> bool:
    """A bare "with" is a credit only where the film or its cast is spoken of, not where somebody talks."""
    bare = {"con", "avec", "neben", "sammen med", "alongside", "opposite"}
    if match[0].strip() not in bare:
        return True
    language = reading.language
    window = reading.sentence.flat[max(0, match.start() - 80) : match.start()]
    return bool(
        language.pattern("titles", "film", "series").search(window) or reading.strong
    ) and not reading.has("implied")


def _more(text: str, end: int, role: str) -> Iterator[tuple[str, str, int, int]]:
    while (join := _AND.match(text, end)) and (person := PERSON.match(text, join.end())):
        if (
            text[person.end() : person.end() + 3].startswith(" (") is False
            and flat(person[0].split()[0]) in _ARTICLES
        ):
            return
        name = _bare(person[0])
        yield role, name, person.start(), person.start() + len(name)
        end = person.end()


def _acting(reading: Reading, language: Language) -> Iterator[tuple[str, str, int, int]]:
    """Read "Jane Doe plays …", "John Roe has been filming …", "Jane Doe führt Regie"."""
    sentence = reading.sentence
    for found in PERSON.finditer(sentence.text):
        person = _without_role(sentence.text, found, language)
        if person is None:
            continue
        after = sentence.flat[person.end() : person.end() + 60]
        after = re.sub(r"^\s*(?:\([^)]{1,60}\)|, \d{1,2},)", "", after)
        if _is_known_other(sentence.flat[: person.start()], language):
            continue
        for role, key in (("director", "directs"), ("actor", "before")):
            if re.match(rf"(?:\s+|(?=,))(?:{language.either('credits', key)})(?!\w)", after):
                if role == "actor" and not (reading.is_about_shooting or key == "before"):
                    continue
                yield role, person[0], person.start(), person.end()
                yield from _beside(sentence.text, person.start(), role)
                break


def _owning(reading: Reading) -> Iterator[tuple[str, str, int, int]]:
    """Read "production on Martin Scorsese's “Killers of the Flower Moon”": whose film it is directs it."""
    for match in _OWNED.finditer(reading.sentence.text) if reading.strong else ():
        yield "director", match["who"], match.start("who"), match.end("who")


def _without_role(text: str, found: re.Match[str], language: Language) -> re.Match[str] | None:
    """Begin a name after a role that is written as large: "Regisseurin Maria Feldkamp"."""
    first = found[0].split()[0]
    if not language.pattern("roles", *_ROLES).fullmatch(flat(first)):
        return found
    return PERSON.match(text, found.start() + len(first) + 1)


def _beside(text: str, start: int, role: str) -> Iterator[tuple[str, str, int, int]]:
    """Take whoever is named just before as one who does the same: "A and B were spotted filming"."""
    for person in PERSON.finditer(text[:start]):
        if _AND.fullmatch(text[person.end() : start]):
            yield role, person[0], person.start(), person.end()


def _is_known_other(before: str, language: Language) -> bool:
    return bool(re.search(rf"(?<!\w){language.either('roles', 'other_people')}[ ,:]*$", before))
