"""Shoots of an import, each with the citation that proves it, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.bulk import Pending, Storage, chunks
from tracker.foundation.clock import today
from tracker.foundation.dates import UNKNOWN, DateBound, Period
from tracker.history.bulk import Log
from tracker.productions.claims import Claim
from tracker.productions.evidence import Citation, Manner, Shows, Stance
from tracker.productions.knowledge import knowledge_of
from tracker.productions.models import InFilm, Shoot, Status, Unit
from tracker.productions.operations import bring_up_to_date
from tracker.sources.models import Source, SourceKind

_SHOOT: Any = Shoot.__table__
_CITATION: Any = Citation.__table__
_PAST, _COMING = DateBound.from_edtf("1900-01-01"), DateBound.from_edtf("2199-12-31")
_BOUND = ("text", "edtf", "earliest", "latest")
_DATES = tuple(f"{end}_{part}" for end in ("start", "end") for part in _BOUND)
_SHOOT_COLUMNS = (
    "id",
    "production_id",
    "place_id",
    "unit",
    *_DATES,
    "status",
    "grade",
    "story_place",
    "scene",
    "scene_known_from",
    "interior_exterior",
    "day_night",
    "spoiler",
    "note",
    "in_film",
    "version",
)
_CITATION_COLUMNS = (
    "id",
    "shoot_id",
    "source_id",
    "stance",
    "manner",
    "shows",
    "status",
    *_DATES,
    "story_place",
    "quote",
    "locator",
    "note",
)
# The columns before and behind the dates, as the history holds them.
_SHOOT_HEAD, _SHOOT_TAIL = _SHOOT_COLUMNS[1:4], _SHOOT_COLUMNS[12:-1]
_CITATION_HEAD, _CITATION_TAIL = _CITATION_COLUMNS[1:7], _CITATION_COLUMNS[15:]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as far as shoots need it; `known_from` is the day from which it counts."""

    id: int
    kind: SourceKind
    known_from: date | None

    @classmethod
    def of(cls, source: Source) -> Speaker:
        """Answer a source that is on record."""
        return cls(source.id, source.kind, source.known_from)


@dataclass(slots=True, kw_only=True)
class Stated:
    """What one row of a source states: a production worked at a place over a period."""

    production_id: int
    released: DateBound
    place_id: int
    source: Speaker
    period: Period
    status: Status
    scene: str = ""
    story_place: str = ""
    note: str = ""
    quote: str = ""
    locator: str = ""


@dataclass(slots=True)
class Standing:
    """A shoot that is known, by its dates (EDTF) and the sources that speak of it."""

    id: int
    start: str
    end: str
    sources: set[int]


@dataclass(slots=True)
class Kept:
    """What became of a row: its shoot, and whether the shoot or only the citation is new."""

    standing: Standing
    new_shoot: bool = False
    new_citation: bool = False


@dataclass(slots=True)
class Shoots:
    """The shoots of the productions that an import has met so far."""

    _of: dict[int, dict[int, list[Standing]]] = field(default_factory=dict)

    def meet(self, session: Session, production_ids: Iterable[int]) -> None:
        """Look up the shoots on record of these productions."""
        for some in chunks(sorted(set(production_ids) - self._of.keys())):
            self._of |= {number: {} for number in some}
            rows = session.execute(
                select(_SHOOT.c.id, _SHOOT.c.production_id, _SHOOT.c.place_id)
                .add_columns(_SHOOT.c.start_edtf, _SHOOT.c.end_edtf)
                .where(_SHOOT.c.production_id.in_(some), _SHOOT.c.unit == Unit.UNKNOWN)
                .where(_SHOOT.c.merged_into_id.is_(None))
                .order_by(_SHOOT.c.id)
            )
            found: dict[int, Standing] = {}
            for row in rows:
                found[row.id] = Standing(row.id, row.start_edtf, row.end_edtf, set())
                self._of[row.production_id].setdefault(row.place_id, []).append(found[row.id])
            for ids in chunks(found):
                cited = select(Citation.shoot_id, Citation.source_id).where(Citation.shoot_id.in_(ids))
                for shoot_id, source_id in session.execute(cited):
                    found[shoot_id].sources.add(source_id)

    def keep(self, pending: Pending, log: Log, stated: Sequence[Stated]) -> list[Kept]:
        """Find or add the shoot of each row and let its source speak; answers are in the same order.

        A row without dates speaks of the only shoot that the production had there, if there is just one.
        Productions on record must have been met; what is written has to be followed by `renew`.
        """
        kept: list[Kept] = []
        for one in stated:
            there = self._of.setdefault(one.production_id, {}).setdefault(one.place_id, [])
            standing = _matching(there, one.period)
            if standing is None:
                standing = Standing(0, one.period.start.edtf, one.period.end.edtf, set())
                there.append(standing)
                kept.append(Kept(standing, new_shoot=True, new_citation=True))
            else:
                kept.append(Kept(standing, new_citation=one.source.id not in standing.sources))
            standing.sources.add(one.source.id)
        fresh = [(one, k.standing) for one, k in zip(stated, kept, strict=True) if k.new_shoot]
        for number, (_, standing) in zip(pending.take(_SHOOT, len(fresh)), fresh, strict=True):
            standing.id = number
        _put_shoots(pending, log, [(standing.id, one) for one, standing in fresh])
        cited = [(k.standing.id, one) for one, k in zip(stated, kept, strict=True) if k.new_citation]
        _put_citations(pending, log, cited)
        return kept


def renew(session: Session, rows: Sequence[tuple[Stated, Kept]]) -> None:
    """Bring shoots up to date that rows said more about, once what `keep` prepared is written."""
    # A shoot that had a citation before is graded from all of them.
    renewed = {k.standing.id for _, k in rows if k.new_citation and not k.new_shoot}
    for some in chunks(sorted(renewed)):
        bring_up_to_date(session, session.scalars(select(Shoot).where(Shoot.id.in_(some))).all())
    notes = [(k.standing.id, one.note) for one, k in rows if one.note and not k.new_shoot]
    if notes:
        _add_notes(session, notes)


def _add_notes(session: Session, notes: Sequence[tuple[int, str]]) -> None:
    """Let a shoot tell what further rows about it tell, each once."""
    for some in chunks(sorted({number for number, _ in notes})):
        shoots = {shoot.id: shoot for shoot in session.scalars(select(Shoot).where(Shoot.id.in_(some)))}
        for number, note in notes:
            shoot = shoots.get(number)
            if shoot is not None and note not in shoot.note:
                shoot.note = f"{shoot.note}\n{note}" if shoot.note else note
    session.flush()


def _matching(there: Sequence[Standing], period: Period) -> Standing | None:
    start, end = period.start.edtf, period.end.edtf
    same = next((s for s in there if (s.start, s.end) == (start, end)), None)
    if same is None and not start and not end and len(there) == 1:
        return there[0]
    return same


def _put_shoots(pending: Pending, log: Log, shoots: Sequence[tuple[int, Stated]]) -> None:
    storage, day = pending.storage, today()
    unit, in_film = Unit.UNKNOWN.value, InFilm.UNKNOWN.value
    rows = []
    for number, one in shoots:
        known = _graded(one.source.kind, one.status, _alike(one.period, day), one.released, day)
        row = (one.production_id, one.place_id, unit)
        told = (*known, one.story_place, one.scene)
        since = one.source.known_from if one.scene else None
        tail = ("", "", 0, one.note, in_film)
        rows.append((number, *row, *_stored(storage, one.period), *told, storage.day(since), *tail, 1))
        after = dict(zip(_SHOOT_HEAD, row, strict=True))
        after |= _plain(one.period)
        since_then = since.isoformat() if since else None
        values = zip(_SHOOT_TAIL, (*told, since_then, *tail), strict=True)
        after |= {name: value for name, value in values if value is not None}
        subjects = (("shoot", number), ("production", one.production_id), ("place", one.place_id))
        log.noted("shoot", number, f"shoot {number}", after, *subjects)
    pending.put(_SHOOT, _SHOOT_COLUMNS, rows)


def _put_citations(pending: Pending, log: Log, citations: Sequence[tuple[int, Stated]]) -> None:
    storage = pending.storage
    said = (Stance.SUPPORTS.value, Manner.STATES.value, Shows.WORK.value)
    statuses = {status: status.value for status in Status}
    rows = []
    for number, (shoot_id, one) in zip(pending.take(_CITATION, len(citations)), citations, strict=True):
        source_id = one.source.id
        row = (shoot_id, source_id, *said, statuses[one.status])
        tail = (one.story_place, one.quote[:300], one.locator[:200], "")
        rows.append((number, *row, *_stored(storage, one.period), *tail))
        after = dict(zip(_CITATION_HEAD, row, strict=True))
        after |= _plain(one.period)
        after |= zip(_CITATION_TAIL, tail, strict=True)
        label = f"citation of source {source_id} for shoot {shoot_id}"
        log.noted("citation", number, label, after, ("shoot", shoot_id), ("source", source_id))
    pending.put(_CITATION, _CITATION_COLUMNS, rows)


@lru_cache(maxsize=8192)
def _alike(period: Period, day: date) -> Period:
    """Answer a period that proves as much as this one: of its dates only an end before the day counts."""
    if period.end.latest is None:
        return Period(UNKNOWN, period.end if period.end.is_open else UNKNOWN)
    return Period(UNKNOWN, _PAST if period.end.latest < day else _COMING)


@lru_cache(maxsize=4096)
def _graded(
    kind: SourceKind, status: Status, period: Period, released: DateBound, _day: object
) -> tuple[str, str]:
    """Answer the status and grade that one claim alone proves: for all rows alike worked out once."""
    claim = Claim(
        id=0, source_id=0, root_id=0, kind=kind, title="", status=status, start=period.start, end=period.end
    )
    known = knowledge_of([claim], on=today(), as_known=False, released=released)
    assert known is not None  # noqa: S101 - only a replay of the past can find nothing
    return known.status.value, known.grade.value


@lru_cache(maxsize=8192)
def _stored(storage: Storage, period: Period) -> tuple[Any, ...]:
    return tuple(
        value
        for bound in (period.start, period.end)
        for value in (bound.text, bound.edtf, storage.day(bound.earliest), storage.day(bound.latest))
    )


@lru_cache(maxsize=8192)
def _plain(period: Period) -> dict[str, str]:
    """Answer the dates as the history holds them, those that are not known left out; not to be changed."""
    values = [
        value
        for bound in (period.start, period.end)
        for value in (
            bound.text,
            bound.edtf,
            bound.earliest.isoformat() if bound.earliest else None,
            bound.latest.isoformat() if bound.latest else None,
        )
    ]
    return {name: value for name, value in zip(_DATES, values, strict=True) if value is not None}
