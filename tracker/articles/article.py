"""An article as it is handed in: plain text, perhaps with a dateline, or JSON with text and particulars."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from tracker.articles.language import Language, language_of
from tracker.foundation.dates import InvalidDateError, parse_period
from tracker.foundation.errors import DataFileError, InvalidValueError

LONGEST_ARTICLE = 50_000
_DATE_LINE = re.compile(
    r"\s*(?:date|published|datum|fecha|data|dato)\s*:?\s+(\d{4}-\d\d-\d\d)\b", re.IGNORECASE
)
_WRITTEN_DAY = re.compile(
    r"\b(\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?(?: de)?,? \d{4}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)\b"
)
_DATED_LINES = 4
_LONGEST_DATED_LINE = 140


@dataclass(frozen=True, slots=True)
class Article:
    """A text with what is known of it: the day it appeared, its language and address."""

    text: str
    published: date | None
    language: Language
    url: str = ""


def read_article(raw: str, *, published: date | None = None) -> Article:
    """Read a file's contents; `published` prevails over what the file says of its day.

    Raises DataFileError for JSON without a text, InvalidValueError for an impossible or too long article.
    """
    fields: dict[str, object] = {"text": raw}
    if raw.lstrip().startswith("{"):
        try:
            fields = json.loads(raw)
        except ValueError as error:
            raise DataFileError(
                f"The JSON cannot be read: {error}. Correct it, or give plain text."
            ) from error
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise DataFileError("The article has no text. Give plain text, or JSON with a field text.")
    if len(text) > LONGEST_ARTICLE:
        raise InvalidValueError(
            f"The article has {len(text):,} characters; give at most {LONGEST_ARTICLE:,}."
        )
    stated = fields.get("published")
    day = published or (_day(stated) if isinstance(stated, str) and stated else _dateline(text))
    stated_language = fields.get("lang")
    language = language_of(text, stated_language if isinstance(stated_language, str) else None)
    return Article(text, day, language, str(fields.get("url") or ""))


def _day(stated: str) -> date:
    try:
        return date.fromisoformat(stated[:10])
    except ValueError as error:
        raise InvalidValueError(f"{stated!r} is no day of publication. Write it like 2020-10-05.") from error


def _dateline(text: str) -> date | None:
    """Find the day in a first line "date 2020-10-05 …", or alone in one of the first short lines."""
    match = _DATE_LINE.match(text)
    if match:
        return _day(match[1])
    for line in text.strip().splitlines()[: 2 * _DATED_LINES]:
        found = _WRITTEN_DAY.search(line) if len(line) <= _LONGEST_DATED_LINE else None
        if found is None or not _is_dateline(line):
            continue
        try:
            period = parse_period(found[1].replace(" de ", " ").replace(".", ""))
        except InvalidDateError:
            continue
        if period.start.earliest is not None and period.start.earliest == period.end.latest:
            return period.start.earliest
    return None


def _is_dateline(line: str) -> bool:
    """Tell whether a short line is about the article itself: a byline, a bare day, or a heading."""
    words = line.split()
    return len(words) <= 8 or "•" in line or "|" in line or line.rstrip().endswith(":")
