"""Taking a whole import back, as a change of its own. What others have built on since stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from tracker.exchange.models import ImportedRow, ImportRun, ImportState
from tracker.foundation.bulk import chunks
from tracker.foundation.database import Base
from tracker.foundation.errors import NotFoundError
from tracker.history.bulk import Entry, Log, reopened, subjects_of
from tracker.history.models import Action, Change, Revision
from tracker.places.cells import count_out
from tracker.places.models import Place
from tracker.productions.models import Shoot
from tracker.productions.operations import bring_up_to_date
from tracker.sightings.unattributed import UnattributedPlace

_REVISION: Any = Revision.__table__
# What follows its rows by itself: deleted with them, and no reason to keep them.
_FOLLOWING = frozenset({"place_cell", "unattributed_place"})
# What an import writes, before what it rests on.
_TABLES = (
    "attested_day",
    "citation",
    "unattributed_sighting",
    "shoot",
    "title",
    "production_identifier",
    "production",
    "place",
    "source",
)


@dataclass(slots=True)
class Undone:
    """How many rows of each table were taken back, and how many stay because others use or changed them."""

    removed: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)


def undo(session: Session, run_id: int, *, author_id: int | None = None) -> Undone:
    """Take back what an import added, in one new change. Raises NotFoundError if there is no such import."""
    run = session.get(ImportRun, run_id)
    if run is None or run.state is ImportState.UNDONE or run.change_id is None:
        raise NotFoundError(f"There is no import {run_id} to undo. List them with --runs.")
    opened = Change(author_id=author_id, comment=f"Undid the import of {run.file_name}"[:500])
    session.add(opened)
    session.flush()
    done = Undone()
    with reopened(session, opened.id):
        log = Log(opened.id)
        session.execute(delete(ImportedRow).where(ImportedRow.run_id == run_id))
        # A source that is used by other runs is held by these.
        run.undone_by_id, run.state, run.source_id, source_id = (
            opened.id,
            ImportState.UNDONE,
            None,
            run.source_id,
        )
        session.flush()
        cited = _shoots_cited(session, run.change_id)
        for name in _TABLES:
            if name in Base.metadata.tables:
                _take_back(session, log, Base.metadata.tables[name], run.change_id, done)
        if done.kept.get("source"):
            run.source_id = source_id
        log.subjects.update(subjects_of(session, run.change_id))
        log.write(session)
        session.expire_all()
        for some in chunks(cited):
            bring_up_to_date(session, session.scalars(select(Shoot).where(Shoot.id.in_(some))).all())
    return done


def runs(session: Session, *, limit: int = 20) -> list[ImportRun]:
    """Answer the latest imports, newest first."""
    return list(session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(limit)))


def _take_back(session: Session, log: Log, table: Table, change_id: int, done: Undone) -> None:
    added = {
        row.row_id: row
        for row in session.execute(
            select(_REVISION.c.row_id, _REVISION.c.label, _REVISION.c.after).where(
                _REVISION.c.change_id == change_id,
                _REVISION.c.table_name == table.name,
                _REVISION.c.action == Action.ADDED,
            )
        )
    }
    changed = _changed_since(session, table.name, added, change_id)
    free = set(added) - changed
    free -= _in_use(session, table, free)
    for number in sorted(free):
        row = added[number]
        log.entries.append(Entry(table.name, number, row.label, before=row.after))
    if table.name == "place":
        _uncount(session, free)
        for some in chunks(sorted(free)):
            session.execute(update(table).where(table.c.id.in_(some)).values(within_id=None))
    for some in chunks(sorted(free)):
        if table.name == "unattributed_sighting":
            session.execute(delete(UnattributedPlace).where(UnattributedPlace.sighting_id.in_(some)))
        session.execute(delete(table).where(table.c.id.in_(some)))
    if free:
        done.removed[table.name] = len(free)
    if len(free) < len(added):
        done.kept[table.name] = len(added) - len(free)


def _changed_since(session: Session, table: str, numbers: Iterable[int], change_id: int) -> set[int]:
    """Answer the rows that another change has written since: these belong to more than the import."""
    found: set[int] = set()
    for some in chunks(numbers):
        found.update(
            session.scalars(
                select(_REVISION.c.row_id).where(
                    _REVISION.c.table_name == table,
                    _REVISION.c.row_id.in_(some),
                    _REVISION.c.change_id > change_id,
                )
            )
        )
    return found


def _in_use(session: Session, table: Table, numbers: set[int]) -> set[int]:
    """Answer the rows that others still refer to; a row that only freed ones of its own kind use is free."""
    used: set[int] = set()
    within: list[tuple[int, int]] = []
    for other in Base.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table is not table or other.name in _FOLLOWING:
                continue
            for some in chunks(sorted(numbers)):
                if other is table:
                    rows = session.execute(select(other.c.id, key.parent).where(key.parent.in_(some)))
                    within += [(inner, outer) for inner, outer in rows]
                else:
                    used.update(session.scalars(select(key.parent).where(key.parent.in_(some))))
    while more := {outer for inner, outer in within if inner not in numbers - used} - used:
        used |= more
    return used


def _uncount(session: Session, numbers: set[int]) -> None:
    for some in chunks(sorted(numbers)):
        columns = (Place.id, Place.cell, Place.public_lat, Place.public_lon)
        for number, cell, lat, lon in session.execute(select(*columns).where(Place.id.in_(some))).all():
            if cell is not None and lat is not None and lon is not None:
                count_out(session, cell=cell, lat=lat, lon=lon, place_id=number)
                session.execute(Place.__table__.update().where(Place.id == number).values(cell=None))  # type: ignore[attr-defined]


def _shoots_cited(session: Session, change_id: int) -> list[int]:
    """Answer the shoots of others that the import gave a citation: they are graded without it again."""
    of = (_REVISION.c.change_id == change_id, _REVISION.c.table_name == "shoot")
    return list(session.scalars(select(_REVISION.c.row_id).where(*of, _REVISION.c.action == Action.CHANGED)))
