"""What is asked of the list of places, read from the address, and told back as terms that can be dropped."""

from __future__ import annotations

import calendar
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from flask import url_for
from sqlalchemy.orm import Session

from tracker.foundation.dates import InvalidDateError, parse_period
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.places.models import PlaceKind
from tracker.productions.models import InFilm, Unit
from tracker.productions.partner_queries import partner_by_id
from tracker.productions.place_search import PlaceFilter
from tracker.web.frame.numbers import number_in
from tracker.web.places.words import country_name
from tracker.web.productions.scene import in_film_word
from tracker.web.productions.stops import unit_name

FIELDS = ("q", "kind", "country", "plays", "when", "month", "sure", "partner", "unit", "in_film")
_LONGEST = 200
Choice = TypeVar("Choice", bound=enum.StrEnum)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked, in words, and the address of the same list without it."""

    words: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: as typed, as a filter, as terms. `wrong` says by field why a value was not understood."""

    typed: Mapping[str, str]
    filter: PlaceFilter
    terms: tuple[Term, ...]
    wrong: Mapping[str, str] = field(default_factory=dict)

    def url(self, **more: str) -> str:
        """Answer the address of this question."""
        return _address({**self.typed, **more})


def read_question(session: Session, args: Mapping[str, str], today: date) -> Asked:
    """Read the question; a value that is none of its list raises InvalidValueError, a date is told back."""
    typed = {name: clean_line(args.get(name, "")[:_LONGEST]) for name in FIELDS}
    wrong: dict[str, str] = {}
    days = _days(typed["when"], today, wrong)
    partner = partner_by_id(session, number_in(typed["partner"], "partner")) if typed["partner"] else None
    asked = PlaceFilter(
        today=today,
        words=typed["q"],
        kind=_one_of(PlaceKind, typed["kind"], "kind"),
        country=typed["country"].upper()[:2],
        plays=typed["plays"],
        days=days,
        month=_month(typed["month"]),
        certainly=typed["sure"] == "certainly",
        partner_id=partner.id if partner else None,
        unit=_one_of(Unit, typed["unit"], "unit"),
        in_film=_one_of(InFilm, typed["in_film"], "in_film"),
    )
    return Asked(typed, asked, _terms(typed, asked, partner.name if partner else ""), wrong)


def month_names() -> list[tuple[int, str]]:
    """Answer the months of a year by number."""
    return list(enumerate(calendar.month_name))[1:]


def _days(text: str, today: date, wrong: dict[str, str]) -> tuple[date, date] | None:
    """Answer the first and the last day that a phrase allows."""
    if not text:
        return None
    try:
        period = parse_period(text, today=today)
    except InvalidDateError as error:
        wrong["when"] = str(error)
        return None
    first = period.start.earliest or date.min
    last = period.end.latest or date.max
    return first, last


def _month(text: str) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 12:
        return int(text)
    raise InvalidValueError(f"month {text[:40]!r} is no month. Write a number from 1 to 12.")


def _one_of(kind: type[Choice], text: str, name: str) -> Choice | None:
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        known = ", ".join(kind)
        raise InvalidValueError(f"{name} {text[:40]!r} is none of these: {known}.") from None


def _terms(typed: Mapping[str, str], asked: PlaceFilter, partner: str) -> tuple[Term, ...]:
    sure = "certainly" if asked.certainly else "perhaps"
    month = calendar.month_name[asked.month] if asked.month else ""
    words = {
        "q": f"“{asked.words}”" if asked.words else "",
        "kind": (asked.kind.value if asked.kind is not PlaceKind.POINT else "place") if asked.kind else "",
        "country": country_name(asked.country),
        "plays": f"plays “{asked.plays}”" if asked.plays else "",
        "when": f"shot {sure} in {typed['when']}" if asked.days else "",
        "month": f"shot {sure} in {month}, any year" if month else "",
        "partner": f"helped by {partner}" if partner else "",
        "unit": unit_name(asked.unit.value).lower() if asked.unit else "",
        "in_film": _in_film(asked.in_film) if asked.in_film else "",
    }
    return tuple(
        Term(text[:1].upper() + text[1:], _address({**typed, name: ""}))
        for name, text in words.items()
        if text
    )


def _in_film(value: InFilm) -> str:
    return in_film_word(value) or "not known whether in the film"


def _address(typed: Mapping[str, str]) -> str:
    query = urlencode({name: value for name, value in typed.items() if value})
    address = url_for("places.index")
    return f"{address}?{query}" if query else address
