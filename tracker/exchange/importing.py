"""Take timeline rows into the record, batch by batch; taking the same rows again adds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.exchange.csvrows import Rejected
from tracker.exchange.locating import Located, Wanted, keep_places, locate
from tracker.exchange.published import outlet_of, title_in_address
from tracker.exchange.sequels import Sequel
from tracker.exchange.timeline import TimelineRow
from tracker.foundation.dates import UNKNOWN, DateBound, Hemisphere, Period
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point
from tracker.foundation.text import fold
from tracker.geocoding.cascade import Resolver
from tracker.places.models import Place
from tracker.productions.evidence import Citation
from tracker.productions.models import Production, Shoot, Title
from tracker.productions.operations import (
    CitationDraft,
    add_citation,
    add_production,
    add_shoot,
    bring_up_to_date,
)
from tracker.productions.queries import citations_of, production_titled
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

BATCH = 500
_LONGEST_CITATION_NOTE = 500

T = TypeVar("T")


@dataclass(slots=True)
class ImportReport:
    """What an import did. `cited` counts rows that gave a known shoot a further source, `already`
    those that the record held, `repeated` those that the file held twice."""

    read: int = 0
    added: int = 0
    cited: int = 0
    already: int = 0
    repeated: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    unlocated: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TimelineImport:
    """One import: where it looks places up, what it is called in the record, and what it has done so far.

    `take` must run inside a change; it flushes, and whoever opened the transaction commits it.
    """

    gazetteer: Resolver
    name: str
    context: str = ""
    report: ImportReport = field(default_factory=ImportReport)
    sequels: list[Sequel] = field(default_factory=list)
    _seen: set[tuple[object, ...]] = field(default_factory=set)
    _cited: dict[int, Shoot] = field(default_factory=dict)

    def locate(self, rows: Iterable[TimelineRow | Rejected]) -> list[tuple[TimelineRow, Located]]:
        """Look the places of a batch up, outside any transaction; rejected rows go to the report."""
        good: list[TimelineRow] = []
        for row in rows:
            self.report.read += 1
            if isinstance(row, Rejected):
                self.report.rejected.append(row)
            else:
                good.append(row)
        found = {row.line: self._locate(row) for row in good}
        for row in good:
            if not found[row.line].has_pin and row.point is None:
                near = _nearest_stop(row, good, found)
                found[row.line] = self._locate(row, near) if near else found[row.line]
        return [(row, found[row.line]) for row in good]

    def take(self, session: Session, batch: Sequence[tuple[TimelineRow, Located]]) -> None:
        """Add what a batch tells that the record does not hold yet."""
        places = keep_places(session, (located for _, located in batch))
        for row, located in batch:
            try:
                self._take(session, row, places[located], located)
            except InvalidValueError as error:
                self.report.rejected.append(Rejected(row.line, row.raw, str(error)))
        bring_up_to_date(session, self._cited.values())
        self._cited.clear()

    def _locate(self, row: TimelineRow, near: Point | None = None) -> Located:
        return locate(
            self.gazetteer, Wanted(row.place, row.country, row.point), context=self.context, near=near
        )

    def _take(self, session: Session, row: TimelineRow, place: Place, located: Located) -> None:
        period = row.period(Hemisphere.SOUTH if (place.lat or 0) < 0 else Hemisphere.NORTH)
        production = _production(session, row)
        source = _source(session, row, self.name)
        shoot, is_new = _shoot(session, row, production, place, period, source)
        key = (shoot.id, source.id)
        self._remark(row, located, known=key in self._seen)
        if row.after:
            self.sequels.append(Sequel(row.line, shoot.id, source.id, row.after))
        standing = None if is_new else _standing(session, shoot, source)
        if standing is None:
            add_citation(session, shoot, source, _citation(row, period))
            self._cited[shoot.id] = shoot
            if is_new:
                self.report.added += 1
            else:
                self.report.cited += 1
        elif key in self._seen:
            self.report.repeated += 1
        else:
            self.report.already += 1
            self._compare(row, standing)
        self._seen.add(key)

    def _remark(self, row: TimelineRow, located: Located, *, known: bool) -> None:
        if located.remark and not known:
            words = f"line {row.line}: {row.place}: {located.remark}"
            (self.report.remarks if located.has_pin else self.report.unlocated).append(words)

    def _compare(self, row: TimelineRow, standing: Citation) -> None:
        if standing.status is not None and standing.status is not row.status:
            self.report.remarks.append(
                f"line {row.line}: {row.place}: this source is on record with the status "
                f"{standing.status.word}, the row says {row.status.word}; left as it is"
            )


def batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield the rows in lists of at most `size`."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def _nearest_stop(row: TimelineRow, rows: Iterable[TimelineRow], found: dict[int, Located]) -> Point | None:
    """Answer where the same production worked in the same country, by the row listed nearest to this one."""
    others = [
        (abs(other.line - row.line), other.line, found[other.line].draft.point)
        for other in rows
        if other.country == row.country and fold(other.production) == fold(row.production)
    ]
    located = [(away, line, point) for away, line, point in others if point is not None]
    return min(located, key=lambda one: one[:2])[2] if located else None


def _production(session: Session, row: TimelineRow) -> Production:
    found = production_titled(session, row.production, year=row.year)
    if found is not None:
        return found
    if row.year is None:
        namesakes = session.scalars(select(Title.id).where(Title.key == fold(row.production))).all()
        if namesakes:
            raise InvalidValueError(f"More than one production is called {row.production!r}. Write its year.")
    released = DateBound.from_edtf(str(row.year), str(row.year)) if row.year else UNKNOWN
    return add_production(session, title=row.production, year=row.year, released=released)


def _source(session: Session, row: TimelineRow, import_name: str) -> Source:
    """Answer the row's page. Nobody has said of what kind it is: trade press claims least among the press."""
    if not row.address:
        # Nothing that others can open: the row is no more than what somebody says he knows.
        draft = SourceDraft(kind=SourceKind.OWN_KNOWLEDGE, title=f"Rows of {import_name}")
        return find_or_add_source(session, draft)
    return find_or_add_source(
        session,
        SourceDraft(
            kind=SourceKind.TRADE_PRESS,
            title=title_in_address(row.address),
            address=row.address,
            outlet=outlet_of(row.address),
            published=row.published,
        ),
    )


def _shoot(
    session: Session,
    row: TimelineRow,
    production: Production,
    place: Place,
    period: Period,
    source: Source,
) -> tuple[Shoot, bool]:
    """Answer the shoot that a row speaks of, and whether it is new.

    It is one on record if that production worked at that place with that unit, and the shoot or one of its
    citations has the same dates; the same place at other dates is another shoot.
    """
    there = session.scalars(
        select(Shoot)
        .where(Shoot.production_id == production.id, Shoot.place_id == place.id, Shoot.unit == row.unit)
        .order_by(Shoot.id)
    ).all()
    cited = citations_of(session, [shoot.id for shoot in there]) if there else {}
    matching = [
        shoot
        for shoot in there
        if _same(shoot.period, period) or any(_same(Period(c.start, c.end), period) for c in cited[shoot.id])
    ]
    # Of several, the one that this source speaks of already.
    matching.sort(key=lambda shoot: all(c.source_id != source.id for c in cited[shoot.id]))
    if matching:
        return matching[0], False
    note = row.note if len(row.note) > _LONGEST_CITATION_NOTE else ""
    return add_shoot(session, production, place, unit=row.unit, source_order=row.seq, note=note), True


def _same(a: Period, b: Period) -> bool:
    return (a.start.edtf, a.end.edtf) == (b.start.edtf, b.end.edtf)


def _standing(session: Session, shoot: Shoot, source: Source) -> Citation | None:
    return session.scalar(
        select(Citation)
        .where(Citation.shoot_id == shoot.id, Citation.source_id == source.id)
        .order_by(Citation.id)
    )


def _citation(row: TimelineRow, period: Period) -> CitationDraft:
    note = row.note
    if len(note) > _LONGEST_CITATION_NOTE:
        note = note[: _LONGEST_CITATION_NOTE - 1].rstrip() + "…"
    return CitationDraft(status=row.status, period=period, note=note)
