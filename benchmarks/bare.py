"""An import without SQLAlchemy: the rows are prepared as ever, every statement is sqlite3's own.

It only knows how to fill a record that is empty: what it looks up is looked up, and must not be found.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from tracker.exchange.running.facts import Record, Spot
from tracker.exchange.running.keeping import film_of
from tracker.exchange.running.resolving import as_json
from tracker.exchange.running.run import Import, Row
from tracker.foundation.bulk import Pending, Storage, chunks
from tracker.foundation.clock import now
from tracker.foundation.text import fold, slugify
from tracker.history.bulk import Log
from tracker.productions.bulk import Film
from tracker.productions.bulk_shoots import Speaker

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY")
# The first run of an empty record: its change, its source and itself.
_ONE = 1
_STANDING = "SELECT key, content, table_name, row_id FROM imported_row WHERE source_id = 1 AND key IN ({})"
_WIDE = (
    "SELECT id, kind, name, region, lat, lon, uncertainty_m FROM place "
    "WHERE country IN ({}) AND kind IN ('country', 'region', 'municipality', 'town') ORDER BY id"
)
_PLACE = "SELECT id, name_key, kind, country, lat, lon, public_lat, public_lon, gazetteer_id, merged_into_id"
_TITLE = (
    "SELECT title.key, production.id, year, released_text, released_edtf, released_earliest, released_latest "
    "FROM production JOIN title ON title.production_id = production.id WHERE title.key IN ({})"
)


@dataclass(slots=True)
class Bare:
    """Carries out an import whose places are looked up. `statement_seconds` is what sqlite3 itself took."""

    run: Import
    path: Path
    statement_seconds: float = 0.0
    _connection: sqlite3.Connection = field(init=False)
    _last: dict[str, int] = field(default_factory=dict)
    _spots: set[Spot] = field(default_factory=set)
    _films: set[Film] = field(default_factory=set)
    _countries: set[str] = field(default_factory=set)
    _subjects: set[tuple[str, int]] = field(default_factory=set)

    def carry_out(self) -> None:
        """Take all batches, each in a transaction."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as self._connection:
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            for batch in self.run.batches():
                with self._transaction():
                    self._take(batch)
            with self._transaction():
                self._do("UPDATE import_run SET state = 'done', finished_at = ?", [_moment()])

    def _take(self, batch: Sequence[Row]) -> None:
        run = self.run
        records = run.records_of(batch)
        run.report.counts["same"] += 0
        self._look_up(_STANDING, (record.key for record in records))
        if run.done == 0:
            self._open()
        else:
            self._do("SELECT rows_done, state, change_id, source_id FROM import_run WHERE id = 1")
        self._meet(records)
        self._last.clear()
        pending = Pending(Storage(is_sqlite=True), self._ids)
        run.prepare(pending, Log(_ONE), _ONE, _ONE, records, self._subjects)
        for statement, rows in pending.handed_over():
            with self._clock():
                self._connection.executemany(statement, rows)
        run.done += len(batch)
        counts = {"figures": dict(run.report.counts), "refused": []}
        self._do("UPDATE import_run SET rows_done = ?, counts = ?", [run.done, json.dumps(counts)])

    def _open(self) -> None:
        """Open the change, its source and the run."""
        ledger, draft, when = self.run.ledger, self.run.ledger.draft, _moment()
        change = [_ONE, when, f"Import of {ledger.file_name}"]
        self._do("INSERT INTO change (id, made_at, comment) VALUES (?, ?, ?)", change)
        captured = draft.captured_on.isoformat() if draft.captured_on else None
        source = {
            "kind": draft.kind.value,
            "by_cast": 0,
            "title": draft.title,
            "author": "",
            "outlet": draft.outlet,
            "published_text": "",
            "published_edtf": "",
            "captured_on": captured,
            "note": draft.note,
        }
        names, marks = ", ".join(source), ", ".join("?" * len(source))
        insert = f"INSERT INTO source (id, version, {names}) VALUES (1, 1, {marks})"  # noqa: S608
        self._do(insert, list(source.values()))
        after = json.dumps(source | {"by_cast": False})
        added = "INSERT INTO revision VALUES (1, 1, 'source', 1, 'added', ?, NULL, ?, NULL)"
        self._do(added, [draft.title, after])
        self._do("INSERT INTO change_subject VALUES (1, 1, 'source', 1)")
        self._subjects.add(("source", _ONE))
        resolved = json.dumps({"spots": [as_json(*one) for one in self.run.keeper.places.known()]})
        opened = [ledger.file_name, ledger.digest, ledger.mapping, resolved, when]
        self._do(
            "INSERT INTO import_run (id, file_name, digest, mapping, source_id, change_id, state, rows_done, "
            "counts, resolved, started_at) VALUES (1, ?, ?, ?, 1, 1, 'running', 0, '{}', ?, ?)",
            opened,
        )
        self.run.keeper.speak_as(Speaker(_ONE, draft.kind, draft.captured_on))

    def _meet(self, records: Sequence[Record]) -> None:
        spots = {spot for record in records for spot in record.spots} - self._spots
        self._spots |= spots
        drafts = [draft for spot in spots if (draft := self.run.keeper.places.resolve(spot).draft)]
        countries = {draft.country for draft in drafts if draft.country} - self._countries
        self._countries |= countries
        self._look_up(_WIDE, countries)
        ids = {draft.gazetteer_id for draft in drafts if draft.gazetteer_id}
        # Another name of a place, or another place of its name, may be there; ours reads these as well.
        self._look_up(_PLACE + " FROM place WHERE gazetteer_id IN ({})", ids, empty=False)
        names = {fold(draft.name) for draft in drafts}
        self._look_up(_PLACE + " FROM place WHERE name_key IN ({}) ORDER BY id", names, empty=False)
        films = {film_of(record) for record in records} - self._films
        self._films |= films
        self._look_up(_TITLE, {film.key for film in films})
        slugs = {slugify(film.title, fallback="production") for film in films}
        self._look_up("SELECT slug FROM production WHERE slug IN ({})", slugs)

    def _look_up(self, statement: str, values: Iterable[object], *, empty: bool = True) -> None:
        for some in chunks(values):
            found = self._do(statement.format(", ".join("?" * len(some))), some)
            if found and empty:
                raise ValueError(f"The record is not empty: {statement} answers {found[0]}.")

    def _ids(self, table: Table, count: int) -> range:
        if table.name not in self._last:
            ((self._last[table.name],),) = self._do(f'SELECT coalesce(max(id), 0) FROM "{table.name}"')  # noqa: S608
        first = self._last[table.name] + 1
        self._last[table.name] += count
        return range(first, first + count)

    def _do(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._clock():
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._do("BEGIN IMMEDIATE")
        yield
        self._do("COMMIT")

    @contextmanager
    def _clock(self) -> Iterator[None]:
        before = time.process_time()
        yield
        self.statement_seconds += time.process_time() - before


def _moment() -> str:
    return Storage(is_sqlite=True).moment(now())  # type: ignore[return-value]  # a text on SQLite
