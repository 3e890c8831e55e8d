"""Questions that a file leaves open: whoever brings it has to answer them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.foundation.errors import DataFileError


class UnsureError(DataFileError):
    """When a file can be read in several ways. `question` says so without the remedy of the command line."""

    def __init__(self, question: str, remedy: str) -> None:
        super().__init__(f"{question} {remedy}")
        self.question = question


class UnsureEncodingError(UnsureError):
    """When the letters may be of several encodings; `readings` holds words as each would read them."""

    def __init__(self, question: str, remedy: str, readings: Mapping[str, Sequence[str]]) -> None:
        super().__init__(question, remedy)
        self.readings = {name: list(words) for name, words in readings.items()}


class UnsureOrderError(UnsureError):
    """When nothing tells whether the dates have the day or the month first."""
