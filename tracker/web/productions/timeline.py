"""The timeline of a film's shoots: one row each, in the order of the list, under an axis of months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tracker.foundation.dates import describe_short
from tracker.places.privacy import public_name
from tracker.productions.models import Status
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.web.productions.bars import Stretch, bar_of
from tracker.web.productions.stops import Beside, LaneList, Step

_MOST_MONTHS = 60
_LETTERS = "JFMAMJJASOND"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar in thousandths of the axis."""

    kind: str
    x: float
    w: float


@dataclass(frozen=True, slots=True)
class Row:
    """One shoot. `bracket` says where it stands in a group whose order is unknown."""

    number: str
    bracket: str | None
    name: str
    url: str
    status: str
    label: str
    parts: tuple[Part, ...]
    ticks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TimelineLane:
    """Rows under one heading."""

    name: str
    words: str
    rows: tuple[Row, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    letter: str
    x: float
    w: float
    dark: bool


@dataclass(frozen=True, slots=True)
class Year:
    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole months from the first day to the last; positions in thousandths."""

    first: date
    last: date
    months: tuple[Month, ...]
    years: tuple[Year, ...]

    def x(self, day: date) -> float:
        """Answer where a day begins."""
        days = (self.last - self.first).days + 1
        return round(1000 * (day - self.first).days / days, 2)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What macros/timeline.html draws, and the kinds of bars that its key explains."""

    lanes: tuple[TimelineLane, ...]
    axis: Axis
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Listed:
    number: str
    bracket: str | None
    known: KnownShoot


def timeline_of(film: FilmRoute, lanes: Sequence[LaneList], beside: Sequence[KnownShoot]) -> Timeline | None:
    """Answer the timeline of the lanes and of the shoots beside them; None where nothing is dated."""
    listed = [(lane.unit, lane.name, lane.words, _lane_rows(film, lane)) for lane in lanes]
    if beside:
        listed.append(("", "Off the line", _beside_words(beside), [_Listed("–", None, k) for k in beside]))
    shoots = [row.known for *_, rows in listed for row in rows]
    bars = {known.shoot.id: bar_of(known.knowledge.period, known.knowledge.status) for known in shoots}
    days = [day for bar in bars.values() for part in bar for day in (part.first, part.last)]
    days += [day for known in shoots for day in known.knowledge.attested]
    if not days:
        return None
    axis = axis_of(min(days), max(days))
    drawn = tuple(
        TimelineLane(name, words, tuple(_row(row, bars[row.known.shoot.id], axis) for row in rows), unit)
        for unit, name, words, rows in listed
    )
    return Timeline(drawn, axis, _kinds(drawn))


def axis_of(first: date, last: date) -> Axis:
    """Answer an axis of whole months; of quarters, years, ... where months would be too many."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(s for s in (1, 3, 12, 120, 1200) if months <= s * _MOST_MONTHS)
    begin = _floor(first, step)
    starts = [begin]
    while starts[-1] <= last:
        starts.append(_later(starts[-1], step))
    bare = Axis(begin, date.fromordinal(starts[-1].toordinal() - 1), (), ())
    drawn = tuple(
        Month(
            letter=_LETTERS[start.month - 1] if step == 1 else "",
            x=bare.x(start),
            w=round(bare.x(end) - bare.x(start), 2),
            dark=(start.year * 12 + start.month - 1) // step % 2 == 0,
        )
        for start, end in pairwise(starts)
    )
    return Axis(bare.first, bare.last, drawn, _years(starts[:-1], bare))


def _years(starts: list[date], axis: Axis) -> tuple[Year, ...]:
    firsts = {start.year: start for start in reversed(starts)}
    years = [Year(str(year), axis.x(day)) for year, day in sorted(firsts.items())]
    # A label needs about a tenth of the axis; a year that only just begins before the next gives way to it.
    shown: list[Year] = []
    for year in reversed(years):
        if not shown or shown[-1].x - year.x >= 90:
            shown.append(year)
    return tuple(reversed(shown))


def _floor(day: date, step: int) -> date:
    index = (day.year * 12 + day.month - 1) // step * step
    return date(max(1, index // 12), index % 12 + 1, 1)


def _later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _lane_rows(film: FilmRoute, lane: LaneList) -> list[_Listed]:
    rows: list[_Listed] = []
    for row in lane.rows:
        if isinstance(row, Step):
            last = len(row.stops) - 1
            for i, stop in enumerate(row.stops):
                bracket = None if not last else "first" if i == 0 else "last" if i == last else "middle"
                rows.append(_Listed(str(row.number), bracket, film.shoots[stop.shoot]))
        elif isinstance(row, Beside):
            rows.append(_Listed("–", None, film.shoots[row.stop.shoot]))
    return rows


def _row(listed: _Listed, bar: Iterable[Stretch], axis: Axis) -> Row:
    known = listed.known
    # A single sure day is too thin for a bar.
    days = {s.first for s in bar if s.kind == "sure" and s.first == s.last} | set(known.knowledge.attested)
    parts = tuple(_part(s, axis) for s in bar if s.first != s.last or s.kind != "sure")
    return Row(
        number=listed.number,
        bracket=listed.bracket,
        name=public_name(known.place),
        url=f"#shoot-{known.shoot.id}",
        status=known.knowledge.status.value,
        label=_label(known),
        parts=parts,
        ticks=tuple(axis.x(day) for day in sorted(days)),
    )


def _part(stretch: Stretch, axis: Axis) -> Part:
    begin, end = axis.x(stretch.first), axis.x(stretch.last + timedelta(days=1))
    return Part(stretch.kind, begin, round(end - begin, 2))


def _label(known: KnownShoot) -> str:
    words = describe_short(known.knowledge.period)
    status = known.knowledge.status
    if known.is_planned:
        return f"planned, {words}"
    return f"{words}, {status.word}" if status in (Status.CANCELLED, Status.POSTPONED) else words


def _beside_words(beside: Sequence[KnownShoot]) -> str:
    statuses = {known.knowledge.status for known in beside}
    return "cancelled, kept as a ghost" if statuses == {Status.CANCELLED} else "not part of the order"


def _kinds(lanes: Iterable[TimelineLane]) -> frozenset[str]:
    rows = [row for lane in lanes for row in lane.rows]
    kinds = {part.kind for row in rows for part in row.parts}
    return frozenset(kinds | ({"tick"} if any(row.ticks for row in rows) else set()))
