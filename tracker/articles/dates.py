"""When shooting was, is or will be, by the sentences that speak of it, and which places that is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.articles.cues import Reading
from tracker.articles.daywords import phrases_in
from tracker.articles.language import Language
from tracker.articles.mergeddates import ALL, Draft, merged
from tracker.articles.model import FoundDate, FoundPlace, Status
from tracker.articles.relativedays import Calendar, Phrase

_HOURS = re.compile(
    r"(?P<from>\d{1,2})(?:[:.]\d\d)?\s*(?P<a>[ap])\.?m\.?\s*(?:to|until|till|-|–|and)\s*(?P<to>\d{1,2})(?:[:.]\d\d)?\s*(?P<b>[ap])\.?m\.?"
)
_HOURS_WITHIN = 40
_BEFORE = 70
# "not until July" is when it begins.
_NOT_UNTIL = re.compile(r"(?<!\w)(?:not|nicht|erst|pas|no|non|ikke|forst)(?!\w)[^,;]{0,24}$")
_VERB_LAST = frozenset({"de"})
_LONGEST_PREPOSITION = 4
_LONGEST_ARTICLE = 5
_DATELINE_WITHIN = 60


def find_dates(
    readings: Sequence[Reading], places: Sequence[FoundPlace], published: date | None, language: Language
) -> list[FoundDate]:
    """Return the periods of shooting that running text names, in order."""
    drafts: list[Draft] = []
    year = _year_in(readings, published)
    for reading in readings:
        # That a place was chosen on a day says nothing of shooting on that day.
        speaks = reading.is_about_shooting and (
            reading.strong or reading.explained or not reading.has("chosen")
        )
        if not speaks or reading.sentence.byline:
            continue
        drafts += _of_sentence(reading, places, Calendar(language, published, year=year), drafts)
    inside = {place.name: place.within for place in places}
    return [draft.date for draft in merged(drafts, inside)]


def _year_in(readings: Sequence[Reading], published: date | None) -> int | None:
    """Return the one year that the text names, to read bare days by where the publication is not known."""
    years = {
        found
        for reading in readings
        for found in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", reading.sentence.flat)
    }
    return int(years.pop()) if len(years) == 1 and published is None else None


def _of_sentence(
    reading: Reading, places: Sequence[FoundPlace], calendar: Calendar, earlier: Sequence[Draft]
) -> Iterator[Draft]:
    sentence = reading.sentence
    found: list[Phrase] = []
    for ahead in (False, True):
        for phrase in phrases_in(sentence.flat, replace(calendar, ahead=ahead)):
            if (reading.status_at(phrase.start) is Status.PLANNED) == ahead:
                found.append(phrase)
    found.sort(key=lambda each: each.start)
    found = [each for n, each in enumerate(found) if n == 0 or each.start >= found[n - 1].end]
    used = False
    for phrase in found:
        if reading.is_beside_the_point(phrase.start, phrase.end) or _is_dateline(reading, phrase, calendar):
            continue
        used = True
        status = reading.status_at(phrase.start)
        if status is Status.CONFIRMED and _is_to_come(phrase, calendar):
            status = Status.PLANNED
        yield _draft(
            reading, phrase, status, _applies_to(reading, phrase.start, places, alone=len(found) == 1)
        )
    if not used:
        yield from _same_day(reading, places, earlier)
        yield from _by_the_report(
            reading, places, calendar.published, dated=any(each.date.start for each in earlier)
        )


def _is_to_come(phrase: Phrase, calendar: Calendar) -> bool:
    """Tell whether the whole period lies after the day of publication."""
    first, published = (phrase.first or "").rstrip("~"), calendar.published
    return (
        published is not None and first > published.isoformat()[: len(first)] and phrase.first == phrase.last
    )


def _is_dateline(reading: Reading, phrase: Phrase, calendar: Calendar) -> bool:
    """Tell whether the day is that of the report, set before its first words: "Oslo, 3 May 2021: …"."""
    after = reading.sentence.flat[phrase.end :].lstrip(" )")
    is_day = calendar.published is not None and phrase.first == calendar.published.isoformat()
    return is_day and phrase.end <= _DATELINE_WITHIN and after.startswith((":", "–", "—", "-", "•", "|"))


def _draft(reading: Reading, phrase: Phrase, status: Status, applies_to: tuple[str, ...]) -> Draft:
    sentence = reading.sentence
    first, last = phrase.first, phrase.last
    hours = _hours(sentence.flat, phrase.end)
    if hours and _is_past_midnight(hours) and last and len(last) == 10:
        last = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    if first == phrase.last:
        first, last = _ends(reading, phrase, first, last)
    text = sentence.text[phrase.start : phrase.end]
    found = FoundDate(
        first,
        last,
        text,
        applies_to,
        status,
        phrase.unresolved,
        sentence.start + phrase.start,
        sentence.start + phrase.end,
    )
    return Draft(found, hours[0] if hours else "", phrase.floats)


def _ends(
    reading: Reading, phrase: Phrase, first: str | None, last: str | None
) -> tuple[str | None, str | None]:
    """Keep only the end that the words before the date speak of: "until December", "began on Monday"."""
    flat = reading.sentence.flat
    segment = max(0, phrase.start - _BEFORE)
    window = flat[segment : phrase.start]
    turns = [match.end() for match in reading.language.pattern("cues", "breaks").finditer(window)]
    window = window[max(turns, default=0) :]
    around = flat[phrase.start :].partition(",")[0]
    language = reading.language
    lasting = _last_at(language, "lasting", window, right_before=True)
    began = _last_at(language, "began", window, right_before=True)
    if lasting > began and _NOT_UNTIL.search(window[:lasting]):
        return first, None
    if lasting > began:
        return None, f"{last.rstrip('~')}~" if last and len(last) == 7 else last
    if began >= 0:
        return first, None
    # The day of a move is the first one there.
    moves = _last_at(language, "moving", window) >= 0
    if moves and first and len(first) == len("2020-09-07") and first == last:
        return first, None
    # "haben am Montag … begonnen": the verb stands at the end; prepositions count only before a date.
    verbs = (match[0] for match in language.pattern("cues", "began").finditer(around))
    if language.code in _VERB_LAST and any(len(verb) > _LONGEST_PREPOSITION for verb in verbs):
        return first, None
    return first, last


def _last_at(language: Language, key: str, window: str, *, right_before: bool = False) -> int:
    """Return where the last cue of a window ends, or -1; `right_before`: a preposition must stand last."""
    ends = [
        match.end()
        for match in language.pattern("cues", key).finditer(window)
        if not right_before
        or len(match[0]) > _LONGEST_PREPOSITION
        or (len(window[match.end() :].split()) <= 1 and len(window) - match.end() <= _LONGEST_ARTICLE)
    ]
    return max(ends, default=-1)


def _hours(flat: str, end: int) -> re.Match[str] | None:
    match = _HOURS.search(flat, end)
    return match if match and match.start() - end <= _HOURS_WITHIN else None


def _is_past_midnight(hours: re.Match[str]) -> bool:
    starts = int(hours["from"]) % 12 + 12 * (hours["a"] == "p")
    ends = int(hours["to"]) % 12 + 12 * (hours["b"] == "p")
    return ends < starts


def _same_day(reading: Reading, places: Sequence[FoundPlace], earlier: Sequence[Draft]) -> Iterator[Draft]:
    match = reading.language.pattern("cues", "same_day").search(reading.sentence.flat)
    before = next((draft.date for draft in reversed(earlier) if draft.date.start), None)
    if match is None or before is None or before.start is None:
        return
    phrase = Phrase(*match.span(), before.start, before.start)
    status = reading.status_at(match.start())
    found = _draft(reading, phrase, status, _applies_to(reading, match.start(), places))
    hours = _HOURS.search(reading.sentence.flat)
    if hours and not found.hours and len(before.start) == 10:
        day = date.fromisoformat(before.start) + timedelta(days=_is_past_midnight(hours))
        found = Draft(replace(found.date, end=day.isoformat()), hours[0])
    yield found


def _by_the_report(
    reading: Reading, places: Sequence[FoundPlace], published: date | None, *, dated: bool
) -> Iterator[Draft]:
    """Read what has no date but its order with the report: wrapped by then, and next thereafter."""
    if published is None:
        return
    sentence = reading.sentence
    here = [place for place in places if sentence.start <= place.start < sentence.end]
    going = [place for place in here if place.status is Status.PLANNED]
    done = [place for place in here if place.status is Status.CONFIRMED]
    wrapped = reading.language.pattern("cues", "wrapped").search(sentence.flat)
    if wrapped and done and reading.strong and reading.status_at(wrapped.start()) is Status.CONFIRMED:
        yield _reported(reading, wrapped, None, f"{published}~", done, Status.CONFIRMED)
    following = reading.language.pattern("cues", "next").search(sentence.flat)
    # After a stated day, next is next to that day and not to the report.
    if following and going and not dated and reading.has("moving"):
        yield _reported(reading, following, f"{published:%Y-%m}~", "..", going, Status.PLANNED)


def _reported(
    reading: Reading,
    cue: re.Match[str],
    start: str | None,
    end: str,
    places: Sequence[FoundPlace],
    status: Status,
) -> Draft:
    base = reading.sentence.start
    text = reading.sentence.text[cue.start() : cue.end()]
    names = tuple(place.name for place in places)
    found = FoundDate(start, end, text, names, status, "", base + cue.start(), base + cue.end())
    return Draft(found, by_report=start is None)


def _applies_to(
    reading: Reading, at: int, places: Sequence[FoundPlace], *, alone: bool = False
) -> tuple[str, ...]:
    """Name the places of the sentence that a date goes with: those of its own part of it, else all."""
    sentence = reading.sentence
    here = [place for place in places if sentence.start <= place.start < sentence.end]
    here = [place for place in here if not _is_left_for(reading, at, place.start - sentence.start)]
    first, last = reading.segment_of(at)
    near = [place for place in here if sentence.start + first <= place.start < sentence.start + last]
    # The only date of a sentence goes with the whole of a list of places, not with its first alone.
    said = [place for place in here if not near or place.status is near[0].status]
    return tuple(place.name for place in (said if alone else near or here)) or ALL


def _is_left_for(reading: Reading, at: int, place: int) -> bool:
    """Tell whether a place comes after the date: "here until Friday, before moving to Rome"."""
    earlier = reading.language.pattern("cues", "earlier")
    between = earlier.search(reading.sentence.flat, at, place) if at < place else None
    return between is not None and bool(
        reading.language.pattern("cues", "moving", "planned").search(
            reading.sentence.flat, between.end(), place
        )
    )
