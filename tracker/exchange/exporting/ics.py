"""iCalendar (RFC 5545): an all-day event for each dated shoot, over all days that its dates allow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from tracker.exchange.exporting.film import RouteLine
from tracker.exchange.exporting.rows import Heading, Row
from tracker.exchange.exporting.words import description, headline
from tracker.productions.models import Grade, Status

_CONTROL = re.compile("[\u0000-\u0008\u000b-\u001f\u007f]")
_LONGEST_LINE = 75
_CANCELLED = frozenset({Status.CANCELLED, Status.POSTPONED})
_SURE = frozenset({Status.UNDER_WAY, Status.WRAPPED})


def write_ics(heading: Heading, rows: Iterable[Row], _lines: Sequence[RouteLine] = ()) -> Iterator[bytes]:
    """Yield a calendar; undated shoots are left out, for a calendar has no place for them."""
    yield _folded(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Shot Here//Shoots//EN",
        "METHOD:PUBLISH",
        f"NAME:{_text(heading.title)}",
        f"X-WR-CALNAME:{_text(heading.title)}",
    )
    for row in rows:
        days = days_of(row)
        if days is not None:
            yield _event(row, days, heading)
    yield _folded("END:VCALENDAR")


def days_of(row: Row) -> tuple[date, date] | None:
    """Answer first and last day that the dates allow, one day where only one is known, None for no day."""
    known = [
        day
        for bound in (row.period.start, row.period.end)
        for day in (bound.earliest, bound.latest)
        if day is not None
    ]
    if not known or max(known) == date.max:
        return None
    return min(known), max(known)


def _event(row: Row, days: tuple[date, date], heading: Heading) -> bytes:
    host = urlsplit(heading.site.base).hostname or "localhost"
    place = row.place
    vague = "" if _is_exact(row) else " (somewhere within these days)"
    lines = [
        "BEGIN:VEVENT",
        f"UID:shoot-{row.shoot}@{host}",
        f"DTSTAMP:{heading.updated:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_day(days[0])}",
        # The end is the first day after (RFC 5545, 3.6.1).
        f"DTEND;VALUE=DATE:{_day(days[1] + timedelta(days=1))}",
        f"SUMMARY:{_text(headline(row) + vague)}",
        f"LOCATION:{_text(place.line)}",
        f"DESCRIPTION:{_text(chr(10).join(description(row, heading.site)))}",
        f"URL:{heading.site.stop(row.production.slug, row.shoot)}",
        f"STATUS:{_status(row)}",
        "TRANSP:TRANSPARENT",
        f"CATEGORIES:{_text(row.status.word)},grade {row.grade.value}",
    ]
    if place.lat is not None and place.lon is not None:
        lines.append(f"GEO:{place.lat:.6f};{place.lon:.6f}")
    return _folded(*lines, "END:VEVENT")


def _is_exact(row: Row) -> bool:
    return all(bound.earliest == bound.latest is not None for bound in (row.period.start, row.period.end))


def _status(row: Row) -> str:
    if row.status in _CANCELLED:
        return "CANCELLED"
    proven = row.grade in (Grade.A, Grade.B, Grade.C, Grade.D)
    return "CONFIRMED" if row.status in _SURE and proven else "TENTATIVE"


def _day(day: date) -> str:
    # strftime writes years before 1000 without their zeros.
    return day.isoformat().replace("-", "")


def _text(value: str) -> str:
    """Escape a text (RFC 5545, 3.3.11)."""
    plain = _CONTROL.sub("", value.replace("\r\n", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(*lines: str) -> bytes:
    """Join lines, none longer than 75 bytes and no letter cut in two (RFC 5545, 3.1)."""
    folded: list[bytes] = []
    for line in lines:
        piece = b""
        for letter in line:
            encoded = letter.encode("utf-8", "ignore")
            if len(piece) + len(encoded) > _LONGEST_LINE:
                folded.append(piece)
                piece = b" "
            piece += encoded
        folded.append(piece)
    return b"\r\n".join(folded) + b"\r\n"
