"""Read the cells of a timeline row; each raises InvalidValueError with column, value and remedy."""

from __future__ import annotations

import enum
import re
from typing import TypeVar

import pycountry

from tracker.foundation.dates import DateBound, Hemisphere, InvalidDateError, parse_bound
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point
from tracker.foundation.text import clean_line, fold

_LONGEST_NAME = 300
_SHOWN = 60
# Codes that people write although ISO 3166 has others.
_USUAL_CODES = {"UK": "GB", "EL": "GR"}
_BEYOND_ISO = frozenset({"XK"})

Choice = TypeVar("Choice", bound=enum.StrEnum)


def name_of(text: str, column: str) -> str:
    """Answer a name on one line."""
    name = clean_line(text)
    if not fold(name):
        raise InvalidValueError(f"The {column} is missing. Write its name.")
    if len(name) > _LONGEST_NAME:
        raise InvalidValueError(
            f"The {column} has {len(name):,} characters; at most {_LONGEST_NAME} are kept."
        )
    return name


def names_of(text: str) -> tuple[str, ...]:
    """Answer the names in a cell, which semicolons or bars separate."""
    return tuple(name for part in re.split(r"[;|]", text) if (name := clean_line(part)))


def whole_number_of(text: str, column: str, least: int, most: int) -> int | None:
    """Answer a whole number, None for an empty cell."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise InvalidValueError(
            f"The {column} {_shown(text)} is not a whole number from {least} to {most}. "
            "Correct it or leave it empty."
        )
    return int(text)


def country_of(text: str) -> str | None:
    """Answer the ISO 3166-1 code of two letters for a code or an English name, None for an empty cell."""
    if not text:
        return None
    code = _USUAL_CODES.get(text.upper(), text.upper())
    if code in _BEYOND_ISO:
        return code
    try:
        return str(pycountry.countries.lookup(code).alpha_2)
    except LookupError:
        raise InvalidValueError(
            f"The country {_shown(text)} is not known. Write two letters of ISO 3166, such as NO."
        ) from None


def choice_of(text: str, column: str, choices: type[Choice]) -> Choice:
    """Answer one of a few words, however it is spaced and capitalised."""
    try:
        return choices("_".join(text.casefold().replace("-", " ").split()).replace("__", "_"))
    except ValueError:
        words = ", ".join(choice.value for choice in choices)
        wrong = f"The {column} {_shown(text)} is not known" if text else f"The {column} is missing"
        raise InvalidValueError(f"{wrong}. Write one of {words}.") from None


def point_of(lat: str, lon: str) -> Point | None:
    """Answer the point of two cells in degrees, None when both are empty."""
    if not lat and not lon:
        return None
    try:
        return Point(float(lat), float(lon))
    except ValueError:
        raise InvalidValueError(
            f"lat {_shown(lat)} and lon {_shown(lon)} are not a point in degrees. "
            "Correct both or leave both empty."
        ) from None


def date_of(text: str, column: str, hemisphere: Hemisphere = Hemisphere.NORTH) -> DateBound:
    """Answer one end of a period; the reason for a refusal begins with the column."""
    try:
        return parse_bound(text, hemisphere=hemisphere)
    except InvalidDateError as error:
        raise InvalidDateError(f"{column}: {error}", error.suggestions) from None


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
