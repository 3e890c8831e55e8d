"""Dates counted from the day of publication: "on Monday", "last month", "la semaine prochaine"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.articles.language import Language, whole_words


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date as written; `first` and `last` are EDTF, None where it cannot be told. Offsets in the sentence.

    `floats` says that it is a stretch around the report ("this week"), which a stated day makes superfluous.
    """

    start: int
    end: int
    first: str | None
    last: str | None
    floats: bool = False
    unresolved: str = ""


@dataclass(frozen=True)
class Calendar:
    """What relative phrases are counted from, and whether a bare day is meant before or after it."""

    language: Language
    published: date | None
    ahead: bool = False
    year: int | None = None


def relative(flat: str, calendar: Calendar) -> Iterator[Phrase]:
    language, anchor = calendar.language, calendar.published
    if anchor is None:
        return
    for key, days in (("today", 0), ("yesterday", -1), ("tomorrow", 1)):
        for match in language.pattern("dates", key).finditer(flat):
            yield _one(match.span(), anchor + timedelta(days=days))
    yield from _weekdays(flat, language, anchor, ahead=calendar.ahead)
    yield from _stretches(flat, language, anchor)
    for match in language.pattern("dates", "week_end").finditer(flat):
        sunday = anchor + timedelta(days=6 - anchor.weekday())
        yield Phrase(*match.span(), f"{anchor}~", f"{sunday}~", floats=True)
    yield from _weekends(flat, calendar, anchor)
    yield from _month_ends(flat, language, anchor)
    yield from _ago(flat, language, anchor)


def _one(span: tuple[int, int], day: date) -> Phrase:
    return Phrase(*span, day.isoformat(), day.isoformat())


def _weekdays(flat: str, language: Language, anchor: date, *, ahead: bool) -> Iterator[Phrase]:
    last, following = language.either("dates", "last"), language.either("dates", "next")
    behind, before = language.either("dates", "last_after"), language.either("dates", "next_after")
    for number, word in enumerate(language.entries("dates", "weekdays")):
        pattern = whole_words(
            rf"(?:(?P<last>{last}) |(?P<next>{following}) )?(?:{word})"
            rf"(?: (?:(?P<la>{behind})|(?P<na>{before})))?"
        )
        for match in pattern.finditer(flat):
            back = (anchor.weekday() - number) % 7
            forward = (number - anchor.weekday()) % 7
            if match["last"] or match["la"]:
                day = anchor - timedelta(days=back or 7)
            elif match["next"] or match["na"]:
                day = anchor + timedelta(days=forward or 7)
            else:
                day = anchor + timedelta(days=forward) if ahead else anchor - timedelta(days=back)
            yield _one(match.span(), day)


def _stretches(flat: str, language: Language, anchor: date) -> Iterator[Phrase]:
    """Read "this week", "last month", "l'année prochaine": before or after the unit, as the language does."""
    for unit in ("week", "month", "year", "weekend"):
        word = language.either("dates", unit)
        for key, step in (("last", -1), ("this", 0), ("next", 1)):
            before = rf"{language.either('dates', key)} {word}"
            after = rf"(?:la |le |el |il |l')?{word} {language.either('dates', key + '_after')}"
            for match in whole_words(f"{before}|{after}").finditer(flat):
                first, last = _stretch(unit, step, anchor)
                yield Phrase(*match.span(), first, last, floats=step == 0)


def _stretch(unit: str, step: int, anchor: date) -> tuple[str, str]:
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=step)
    if unit == "week":
        first = anchor if step == 0 else monday
        return f"{first}~", f"{monday + timedelta(days=6)}~"
    if unit == "weekend":
        return f"{monday + timedelta(days=5)}", f"{monday + timedelta(days=6)}"
    if unit == "year":
        return (f"{anchor.year + step}",) * 2
    months = anchor.year * 12 + anchor.month - 1 + step
    return (f"{months // 12}-{months % 12 + 1:02d}",) * 2


def _weekends(flat: str, calendar: Calendar, anchor: date) -> Iterator[Phrase]:
    """Read "at the weekend" as the last one, or, of what is to come, as the next."""
    for match in calendar.language.pattern("dates", "the_weekend").finditer(flat):
        saturday = anchor + timedelta(days=5 - anchor.weekday())
        if not calendar.ahead and saturday >= anchor:
            saturday -= timedelta(weeks=1)
        yield Phrase(*match.span(), saturday.isoformat(), (saturday + timedelta(days=1)).isoformat())


def _month_ends(flat: str, language: Language, anchor: date) -> Iterator[Phrase]:
    """Read "the end of the month" as about its last day."""
    this, following = language.either("dates", "this"), language.either("dates", "next")
    word, late = language.either("dates", "month"), language.either("dates", "late")
    for match in whole_words(
        rf"(?:the )?(?:{late})\s*(?:(?:{this}|the|des|du|de|del|d'|di|i|av)\s+)*"
        rf"(?P<next>(?:{following})\s+)?(?:{word}s?)"
    ).finditer(flat):
        months = anchor.year * 12 + anchor.month + bool(match["next"])
        day = date(months // 12, months % 12 + 1, 1) - timedelta(days=1)
        yield Phrase(*match.span(), f"{day}~", f"{day}~")


def _ago(flat: str, language: Language, anchor: date) -> Iterator[Phrase]:
    for match in language.pattern("dates", "ago").finditer(flat):
        count, unit = _count(match[1], language), match[2]
        if count is None:
            continue
        if unit.startswith(("day", "tag", "jour", "dia", "giorn", "dag")):
            yield _one(match.span(), anchor - timedelta(days=count))
        elif unit.startswith(("week", "woche", "semaine", "semana", "settiman", "uke")):
            day = anchor - timedelta(weeks=count)
            yield Phrase(*match.span(), f"{day}~", f"{day}~")
        else:
            months = anchor.year * 12 + anchor.month - 1 - count
            yield Phrase(*match.span(), *(f"{months // 12}-{months % 12 + 1:02d}~",) * 2)


def _count(word: str, language: Language) -> int | None:
    if word.isdigit():
        return int(word)
    return next((n for n, forms in enumerate(language.numbers, 1) if word in forms.split("|")), None)
