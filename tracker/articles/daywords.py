"""Phrases of dates in running text: "Nov. 20", "von Mitte September bis Anfang November", "next month"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from tracker.articles.language import Language
from tracker.articles.relativedays import Calendar, Phrase, relative
from tracker.foundation.dates import InvalidDateError, parse_period
from tracker.foundation.dates.words import WORDS, Kind

NEEDS_PUBLICATION = "relative to the day of publication, which is not known"
_LAST_YEAR = re.compile(
    r"(?<!\w)(?:of last year|last year|i fjor|(?:des )?(?:letzten|vergangenen) jahres"
    r"|de l'annee derniere|de l'an dernier"
    r"|del ano pasado|dell'anno scorso|dello scorso anno)(?!\w)"
)
_FAR_MONTHS = 3
_SINCE = frozenset({"since", "seit", "depuis", "desde", "da", "dal", "siden"})
_SHORTEST_ALONE = 4
_ONLY_NORWEGIAN = frozenset({"des"})
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


def phrases_in(flat: str, calendar: Calendar) -> list[Phrase]:
    """Return the dates of a sentence in order; "from A to B" is one."""
    found: list[Phrase] = []
    for phrase in sorted(_all(flat, calendar), key=lambda each: (each.start, -each.end)):
        if not found or phrase.start >= found[-1].end:
            found.append(phrase)
    return _joined(flat, found, calendar.language)


def _all(flat: str, calendar: Calendar) -> Iterator[Phrase]:
    yield from _days(flat, calendar)
    yield from _months(flat, calendar)
    if calendar.published is None:
        for phrase in relative(flat, replace(calendar, published=date(2000, 1, 1))):
            yield replace(phrase, first=None, last=None, unresolved=NEEDS_PUBLICATION)
    else:
        yield from relative(flat, calendar)


@lru_cache(maxsize=8)
def _month_names(code: str) -> str:
    names = [word for word, (kind, _) in WORDS.items() if kind is Kind.MONTH]
    names = [name for name in names if code == "no" or name not in _ONLY_NORWEGIAN]
    return "|".join(sorted(names, key=len, reverse=True))


@lru_cache(maxsize=8)
def _day_patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<m>{_month_names(language.code)})\.?(?!\w)"
    year = r"(?:,?\s+(?:de\s+|del\s+)?(?P<y>\d{4})(?!\d))?"
    day = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|°|º)?"
    until = (
        r"(?:\s*(?:-|–|to|through|and|bis(?: zum)?|und|au|a|et(?: le)?|al|y(?: el)?|e(?: il)?|til"
        r"|og)\s*(?P<u>\d{1,2})(?:st|nd|rd|th|er|\.)?)?"
    )
    return (
        re.compile(rf"(?<![\w.]){day}{until}\s*(?:de\s+|of\s+|d')?{month}{year}"),
        re.compile(
            rf"(?<!\w){month}\s+{day}(?![\d:]){until}(?!\d)(?!\s*(?:a\.?m|p\.?m"
            rf"|uhr))(?:,?\s+(?P<y>\d{{4}})(?!\d))?"
        ),
        re.compile(r"(?<![\d/])(?P<y>\d{4})-(?P<n>\d{2})-(?P<d>\d{2})(?![\d-])"),
        re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<n>\d{1,2})\.\s?(?P<y>\d{4})?(?!\d)"),
        re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<n>\d{1,2})/(?P<y>\d{4})(?!\d)"),
    )


def _days(flat: str, calendar: Calendar) -> Iterator[Phrase]:
    for number, pattern in enumerate(_day_patterns(calendar.language)):
        for match in pattern.finditer(flat):
            parts = match.groupdict()
            day, month = int(parts["d"]), WORDS[parts["m"]][1] if "m" in parts else int(parts["n"])
            if number == 4 and not calendar.language.day_first and day <= 12:
                day, month = month, day
            first = _day(parts["y"], month, day, calendar)
            until = parts.get("u")
            last = _day(parts["y"], month, int(until), calendar) if until else first
            if first is not None and last is not None and first <= last:
                yield Phrase(*match.span(), first.isoformat(), last.isoformat())
            elif first is None and _may_be(month, day):
                yield Phrase(*match.span(), None, None, unresolved="the year is not known")


def _may_be(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def _day(year: str | None, month: int, day: int, calendar: Calendar) -> date | None:
    """Return a day; without its year, the one that is nearest to the publication in the sense told."""
    if not _may_be(month, day):
        return None
    if year:
        return _exact(int(year), month, day)
    anchor = calendar.published
    if anchor is None:
        return _exact(calendar.year, month, day) if calendar.year else None
    days = [found for number in (-1, 0, 1) if (found := _exact(anchor.year + number, month, day))]
    if calendar.ahead:
        coming = [each for each in days if each >= anchor]
        return min(coming) if coming else None
    return min(days, key=lambda each: abs((each - anchor).days))


def _exact(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=8)
def _month_pattern(language: Language) -> re.Pattern[str]:
    part = "|".join(f"(?P<{key}>{language.either('dates', key)})" for key in ("early", "middle", "late"))
    season = "|".join(
        word
        for word, (kind, _) in WORDS.items()
        if (kind is Kind.SEASON and len(word) > 3) or word in {"fall", "ete"}
    )
    before = language.either("dates", "in", "this", "last", "next")
    return re.compile(
        rf"(?<!\w)(?:(?P<before>{before})\s+(?:the |dem |den |der |le |el )?)?(?:(?:{part})\s*(?:de "
        rf"|of |d'|di |i )?)?"
        rf"(?:(?P<m>{_month_names(language.code)})\.?|(?P<s>{season}))(?!\w)(?:,?\s+(?:de |del |of "
        rf")?(?P<y>\d{{4}})(?!\d))?"
    )


@lru_cache(maxsize=8)
def _after_month(language: Language) -> re.Pattern[str]:
    """Match the end of a text that goes on from one month to another: "in September and"""
    return re.compile(
        rf"(?<!\w)(?:{_month_names(language.code)})\.?"
        r"(?: (?:and|or|to|through|und|bis|et|ou|a|y|o|e|og|til) | ?[-–] ?)$"
    )


def _months(flat: str, calendar: Calendar) -> Iterator[Phrase]:
    for match in _month_pattern(calendar.language).finditer(flat):
        parts = match.groupdict()
        part = next((key for key in ("early", "middle", "late") if parts[key]), "")
        word = parts["m"] or parts["s"]
        if word == "ete" and not parts["y"] and not flat[: match.start("s")].endswith(("l'", "cet ")):
            continue  # "a été" is no summer
        listed = _after_month(calendar.language).search(flat[: match.start()])
        is_clear = bool(parts["y"] or part or parts["before"] or listed)
        if not is_clear or (
            len(word) < _SHORTEST_ALONE and not parts["y"] and word not in {"may", "mai", "ete"}
        ):
            continue
        start = (
            match.start("early")
            if parts["early"]
            else match.start("middle")
            if parts["middle"]
            else match.start("late")
            if parts["late"]
            else match.start("m" if parts["m"] else "s")
        )
        year = int(parts["y"]) if parts["y"] else _year_of(word, calendar, parts["before"] or "")
        if (
            year is not None
            and not parts["y"]
            and calendar.published
            and _LAST_YEAR.search(flat, match.end())
        ):
            year = calendar.published.year - 1
        if year is None:
            yield Phrase(start, match.end(), None, None, unresolved="the year is not known")
            continue
        if parts["s"]:
            yield from _season(word, year, start, match.end())
        else:
            edtf = f"{year}-{WORDS[word][1]:02d}{'~' if part else ''}"
            yield Phrase(start, match.end(), edtf, edtf)


def _season(word: str, year: int, start: int, end: int) -> Iterator[Phrase]:
    try:
        period = parse_period(f"{_SEASONS[WORDS[word][1]]} {year}")
    except (InvalidDateError, KeyError):
        return
    first, _, last = period.start.edtf.partition("/")
    yield Phrase(start, end, first, last or first)


def _year_of(word: str, calendar: Calendar, before: str) -> int | None:
    anchor = calendar.published
    if anchor is None:
        return calendar.year
    kind, number = WORDS[word]
    month = number if kind is Kind.MONTH else {21: 4, 22: 7, 23: 10, 24: 12}[number]
    away = (month - anchor.month + 6) % 12 - 6  # nearest month, -6..5
    is_past = before in _SINCE or (not calendar.ahead and away > _FAR_MONTHS)
    if is_past and away > 0:
        away -= 12
    if calendar.ahead or calendar.language.pattern("dates", "next").fullmatch(before):
        away = (month - anchor.month) % 12
    elif calendar.language.pattern("dates", "last").fullmatch(before):
        away = -((anchor.month - month) % 12 or 12)
    return anchor.year + (anchor.month - 1 + away) // 12


def _joined(flat: str, found: list[Phrase], language: Language) -> list[Phrase]:
    """Make one phrase of two that stand as "from A to B"."""
    tos = [pair[1] for pair in language.entries("dates", "spans")]
    between = re.compile(rf"\s*(?:{'|'.join(tos)})\s*(?:the |dem |den |le |el |il |mi-)?\s*")
    kept: list[Phrase] = []
    for phrase in found:
        before = kept[-1] if kept else None
        is_span = before and between.fullmatch(flat[before.end : phrase.start])
        if before and before.first and phrase.last and is_span and _in_order(before.first, phrase.last):
            kept[-1] = Phrase(before.start, phrase.end, before.first, phrase.last)
        elif before and is_span and (later := _a_week_later(before, phrase)):
            kept[-1] = Phrase(before.start, phrase.end, before.first, later)
        else:
            kept.append(phrase)
    return kept


def _a_week_later(before: Phrase, phrase: Phrase) -> str | None:
    """Return the end of "from Monday until Wednesday", whose Wednesday was read as one that is past."""
    try:
        first, last = date.fromisoformat(before.first or ""), date.fromisoformat(phrase.last or "")
    except ValueError:
        return None
    return (last + timedelta(weeks=1)).isoformat() if 0 < (first - last).days < 7 else None


def _in_order(first: str, last: str) -> bool:
    return first.rstrip("~") <= last.rstrip("~")
