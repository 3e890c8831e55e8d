"""Stops as the route sees them: plain values, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.foundation.dates import DateBound
from tracker.foundation.geo import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One shoot as known on the day asked. `point` is None while the place is not located."""

    id: int
    name: str
    unit: str
    start: DateBound
    end: DateBound
    attested: tuple[date, ...] = ()
    planned: bool = False
    point: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """What a source says of the order of two stops: `earlier` came before `later`, in `words`."""

    earlier: int
    later: int
    words: str
    implied: bool = False
