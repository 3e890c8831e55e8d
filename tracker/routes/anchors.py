"""Anchors: the narrowest range of days that surely holds a stop's first known working day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.routes.stops import Stop


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range of days, both ends included; None is no limit. `qualified`: it rests on a date with ~ or ?."""

    first: date | None
    last: date | None
    qualified: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether at least one limit is known; without any the stop has no place on the line."""
        return self.first is not None or self.last is not None

    def is_before(self, other: Anchor) -> bool:
        """Say whether this first working day came before the other's for sure."""
        return self.last is not None and other.first is not None and self.last < other.first


def anchor_of(stop: Stop) -> Anchor:
    """Answer the anchor of a stop.

    A stated start holds the first day; a stated end or an attested day cuts it, for work had begun by then.
    Without a start an attested day is the first day known, and else everything up to the end is possible.
    """
    attested = min(stop.attested, default=None)
    ended = stop.end.latest if stop.end.is_known else None
    if not stop.start.is_known or (stop.start.earliest is None and attested is not None):
        if attested is not None:
            return Anchor(attested, attested)
        return Anchor(None, ended, qualified=ended is not None and stop.end.is_qualified)
    first, last = stop.start.earliest, stop.start.latest
    qualified = stop.start.is_qualified
    # An end before the start is a contradiction, shown elsewhere; it must not turn the range around.
    if ended is not None and (last is None or ended < last) and (first is None or ended >= first):
        last, qualified = ended, qualified or stop.end.is_qualified
    if attested is not None and (last is None or attested < last) and (first is None or attested >= first):
        last = attested
    return Anchor(first, last, qualified)
