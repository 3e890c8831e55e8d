"""What a shoot's dates are: two ends, each as typed, as EDTF, and as the days that it allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.foundation.dates.calendar import Hemisphere
from tracker.foundation.dates.edtf import QUALIFIERS, read_edtf
from tracker.foundation.dates.labels import long_day
from tracker.foundation.dates.refusals import InvalidDateError


@dataclass(frozen=True, slots=True)
class DateBound:
    """One end of a period: when it started, or when it ended.

    `text` is as typed. `edtf` is EDTF (ISO 8601-2): empty when unknown, ".." when open; an interval inside
    it means "somewhere within". `earliest` and `latest` are the days that it allows, None without a limit.
    """

    text: str = ""
    edtf: str = ""
    earliest: date | None = None
    latest: date | None = None

    @property
    def is_unknown(self) -> bool:
        """Say whether nothing is known of this end."""
        return self.edtf == ""

    @property
    def is_open(self) -> bool:
        """Say whether this end is stated to be open."""
        return self.edtf == ".."

    @property
    def is_known(self) -> bool:
        """Say whether at least one limit of this end is known."""
        return not (self.is_unknown or self.is_open)

    @property
    def is_qualified(self) -> bool:
        """Say whether this end is approximate (~), uncertain (?) or both (%)."""
        return any(sign in self.edtf for sign in QUALIFIERS)

    @classmethod
    def from_edtf(cls, edtf: str, text: str = "", *, hemisphere: Hemisphere = Hemisphere.NORTH) -> DateBound:
        """Read EDTF; season codes become months, since EDTF has no intervals of seasons.

        Raises InvalidDateError, which names the value and what to write.
        """
        edtf = edtf.strip()
        if edtf in ("", ".."):
            return cls(text=text, edtf=edtf)
        reading = read_edtf(edtf, hemisphere=hemisphere)
        return cls(text=text, edtf=reading.edtf, earliest=reading.earliest, latest=reading.latest)


UNKNOWN = DateBound()
OPEN = DateBound(edtf="..")


@dataclass(frozen=True, slots=True)
class Period:
    """When a shoot began and when it ended."""

    start: DateBound
    end: DateBound

    @classmethod
    def checked(cls, start: DateBound, end: DateBound) -> Period:
        """Join two ends, or refuse them when the end surely lies before the start."""
        if start.earliest and end.latest and end.latest < start.earliest:
            raise InvalidDateError(
                f"The end, {_named(end, end.latest, 'latest')}, lies before the start, "
                f"{_named(start, start.earliest, 'earliest')}. Swap the two, or correct the wrong one."
            )
        return cls(start, end)


def _named(bound: DateBound, day: date, limit: str) -> str:
    return long_day(day) + ("" if bound.earliest == bound.latest else f" at the {limit}")
