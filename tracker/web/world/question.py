"""What a map asks for: a box of degrees, a zoom, and what the list of places may be asked as well."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tracker.foundation.clock import today
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Box
from tracker.web.places.asking import FIELDS, Asked, read_question

_DEEPEST = 24


def view_asked(args: Mapping[str, str]) -> tuple[Box, int]:
    """Answer the box in ?bbox=west,south,east,north and the ?zoom=.

    Raises InvalidValueError that names the value which is missing or cannot be used.
    """
    text = args.get("bbox", "")
    if not text:
        raise InvalidValueError("bbox is missing: write bbox=west,south,east,north in degrees.")
    return Box.parse(text), _zoom(args.get("zoom", ""))


def filter_asked(session: Session, args: Mapping[str, str]) -> Asked | None:
    """Answer what the places have to be, by the words of the list of places; None where nothing is asked.

    Raises InvalidValueError that names the value which means nothing.
    """
    if not any(args.get(name) for name in FIELDS):
        return None
    asked = read_question(session, args, today())
    for why in asked.wrong.values():
        raise InvalidValueError(why)
    return asked


def _zoom(text: str) -> int:
    if not text:
        raise InvalidValueError(f"zoom is missing: write a whole number from 0 to {_DEEPEST}.")
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= _DEEPEST):
        raise InvalidValueError(f"zoom {text[:40]!r} is not a whole number from 0 to {_DEEPEST}.")
    return int(text)
