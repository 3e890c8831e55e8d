"""The bar of one shoot: which days are sure, which only possible, in pieces of one texture each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.foundation.dates import DateBound, Period
from tracker.productions.models import Status

_DAY = timedelta(days=1)
# How much of a bar is shown where one side has no limit.
_FADE = timedelta(days=45)
_OPEN = timedelta(days=120)
_MEANT = frozenset({Status.PLANNED, Status.PERMITTED})
_GHOSTS = frozenset({Status.CANCELLED, Status.POSTPONED})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one texture, both included. `kind` is one of the bar kinds of macros/timeline.html."""

    kind: str
    first: date
    last: date


def bar_of(period: Period, status: Status) -> list[Stretch]:
    """Answer the bar of a shoot, from left to right; nothing for one without any date."""
    start, end = period.start, period.end
    days = [d for d in (start.earliest, start.latest, end.earliest, end.latest) if d is not None]
    if not days:
        return []
    if status in _GHOSTS:
        return [Stretch("ghost", min(days), max(days))]
    if status in _MEANT:
        if end.latest is None:
            return [Stretch("planned", min(days), max(days) + _OPEN)]
        return [Stretch("planned_about", min(days), max(days))]
    return _joined(_worked(start, end))


def _worked(start: DateBound, end: DateBound) -> list[Stretch]:
    first, begun = start.earliest, start.latest
    if first is None:
        return _since_unknown(begun, end)
    if begun is None:
        begun = end.latest or first
    if end.latest is None:
        sure_to = end.earliest if end.earliest and end.earliest > begun else begun
        return [*_zone(start, first, begun - _DAY), Stretch("sure", begun, sure_to)]
    over = end.earliest or begun
    if begun < over:
        middle = [Stretch("sure", begun, over)] if over - begun > _DAY or first == begun else []
        return [*_zone(start, first, begun), *middle, *_zone(end, over, end.latest)]
    if first == end.latest:
        return [Stretch("sure", first, first)]
    return [*_zone(start, first, min(begun, max(over, first))), *_zone(end, max(first, over), end.latest)]


def _since_unknown(begun: date | None, end: DateBound) -> list[Stretch]:
    """Answer the bar of a shoot that began nobody knows when: it fades in from the left."""
    if begun is None:
        last = end.latest or end.earliest
        return [Stretch("by", last - _FADE, last)] if last else []
    over = end.latest or begun
    middle = [Stretch("sure", begun, over)] if over > begun else []
    return [Stretch("by", begun - _FADE, begun), *middle]


def _zone(bound: DateBound, first: date, last: date) -> list[Stretch]:
    """Answer the days within which a shoot began or ended; nothing where it is one day."""
    return [Stretch("about" if bound.is_qualified else "within", first, last)] if first < last else []


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Join neighbours of one texture."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and joined[-1].kind == stretch.kind and stretch.first <= joined[-1].last + _DAY:
            joined[-1] = Stretch(stretch.kind, joined[-1].first, stretch.last)
        else:
            joined.append(stretch)
    return joined
