"""How a date is refused: with the reason, and with what could be written instead."""

from __future__ import annotations

from tracker.foundation.errors import InvalidValueError

LONGEST_QUOTE = 60


class InvalidDateError(InvalidValueError):
    """When a text cannot be read as a date; `suggestions` are phrases that can be."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class NotEdtfError(InvalidDateError):
    """When a text is not EDTF at all, as distinct from EDTF that names an impossible date."""


def quoted(text: str) -> str:
    """Return a text in quotation marks, printable and short enough for a message."""
    shown = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    if len(shown) > LONGEST_QUOTE:
        shown = shown[: LONGEST_QUOTE - 1] + "…"
    return f"“{shown}”"
