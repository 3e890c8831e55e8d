"""What a map asks for: a box of degrees and a zoom, read from the address."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Box

_DEEPEST = 24


def view_asked(args: Mapping[str, str]) -> tuple[Box, int]:
    """Answer the box in ?bbox=west,south,east,north and the ?zoom=.

    Raises InvalidValueError that names the value which is missing or cannot be used.
    """
    text = args.get("bbox", "")
    if not text:
        raise InvalidValueError("bbox is missing: write bbox=west,south,east,north in degrees.")
    return Box.parse(text), _zoom(args.get("zoom", ""))


def _zoom(text: str) -> int:
    if not text:
        raise InvalidValueError(f"zoom is missing: write a whole number from 0 to {_DEEPEST}.")
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= _DEEPEST):
        raise InvalidValueError(f"zoom {text[:40]!r} is not a whole number from 0 to {_DEEPEST}.")
    return int(text)
