"""Where a report was written: "WILMINGTON, N.C. (WECT) –". It is context, no place of the shoot."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.articles.cues import Reading

_LONGEST_DATELINE = 60
_DATELINE = re.compile(
    r"\s*(?P<town>[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30})(?:,\s*(?P<state>[A-Z][\w. ]{1,20}?))?"
    r"\s*(?:\((?P<outlet>[\w ./-]{2,25})\))?\s*[–—-]\s"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A town in capitals before a dash, perhaps with its state and the agency; offsets in the article."""

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
        match["town"].strip().title(),
        (match["state"] or "").strip(),
        (match["outlet"] or "").strip(),
        base + match.start("town"),
        base + match.end(),
    )
