"""Numbers in addresses: what is no number, or none that a row can have, is refused by name."""

from __future__ import annotations

from tracker.foundation.errors import InvalidValueError

LARGEST_ID = 2**31 - 1


def number_in(text: str, what: str) -> int:
    """Answer the number of a row. Raises InvalidValueError that names `what` and the value."""
    if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST_ID:
        return int(text)
    raise InvalidValueError(f"{what} {text[:40]!r} is not a number that anything here has. Leave it out.")
