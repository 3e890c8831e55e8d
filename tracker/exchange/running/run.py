"""One import from the first look at its file to the last batch; interrupted at any time, it goes on there.

A door asks `prepare` for an `Import`, lets it `resolve` its places outside any transaction, and then for each
batch calls `rehearse`, which only counts, or `take`, each in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy.orm import Session

from tracker.exchange.csvrows import Rejected
from tracker.exchange.running.changed import update_citation, update_sighting
from tracker.exchange.running.facts import Record, Spot
from tracker.exchange.running.keeping import Keeper, Prepared, film_of
from tracker.exchange.running.ledger import Ledger, Standing
from tracker.exchange.running.records import Reader
from tracker.exchange.running.report import Report, Unplaced
from tracker.exchange.running.resolving import (
    APPROXIMATE,
    EXACT,
    REFUSED,
    UNRESOLVED,
    as_json,
    from_json,
)
from tracker.foundation.bulk import Pending
from tracker.foundation.text import fold
from tracker.history.bulk import Log, reopened, subjects_of
from tracker.productions.bulk import Film
from tracker.productions.bulk_shoots import Speaker, renew
from tracker.sources.models import Source

BATCH = 1_000
# A row of several places counts as its least sure one.
_LEAST_SURE_FIRST = (UNRESOLVED, APPROXIMATE, EXACT)

Row = Record | Rejected


@dataclass(slots=True)
class Import:
    """An import of one table. `rows` is how many it has, `spots` the places that they name."""

    reader: Reader
    keeper: Keeper
    ledger: Ledger
    rows: int
    spots: tuple[Spot, ...]
    remarks: tuple[str, ...] = ()
    report: Report = field(default_factory=Report)
    done: int = 0
    _refused: list[Rejected] = field(default_factory=list)
    _films: set[Film] = field(default_factory=set)
    _subjects: set[tuple[str, int]] | None = None

    def go_on(self, session: Session) -> None:
        """Find an interrupted run of the same file: its answers are taken over, its rows not taken again."""
        run = self.ledger.interrupted(session)
        if run is None:
            return
        self.done = run.rows_done
        self.report.counts.update(run.counts["figures"])
        self._refused = [Rejected(line, tuple(row), why) for line, row, why in run.counts["refused"]]
        self.report.rejected += self._refused
        self.keeper.places.recall(from_json(value) for value in run.resolved["spots"])

    def resolve(self, told: Callable[[], None]) -> None:
        """Look up all places that the rows name; `told` is called after each."""
        self.keeper.places.resolve_all(self.spots, told)

    def batches(self, size: int = BATCH) -> Iterator[list[Row]]:
        """Yield the rows that are still to be taken; of those before only the report is made again."""
        rows = self.reader.records()
        for row in islice(rows, self.done):
            if isinstance(row, Rejected):
                self.report.rejected.append(row)
            elif not row.is_repeat and (why := self._look(row)):
                self.report.rejected.append(Rejected(row.line, row.raw, why))
        while batch := list(islice(rows, size)):
            yield batch

    def rehearse(self, session: Session, batch: Sequence[Row]) -> None:
        """Count what `take` would do with a batch, and write nothing."""
        counts = self.report.counts
        records = self.records_of(batch)
        standing = self.ledger.standing(session, records)
        for record in records:
            if record.key not in standing:
                counts["new"] += 1
                counts["unattributed"] += not record.title
            else:
                counts["same" if standing[record.key].content == record.content else "changed"] += 1
        films = {film_of(record) for record in records if record.title} - self._films
        self.keeper.films.meet(session, films)
        for film in films:
            counts["films_known" if self.keeper.films.find(film) else "films"] += 1
        self._films |= films
        self.done += len(batch)

    def take(self, session: Session, batch: Sequence[Row]) -> None:
        """Write what a batch says that is not on record; whoever opened the transaction commits it."""
        records = self.records_of(batch)
        standing = self.ledger.standing(session, records)
        fresh = [r for r in records if r.key not in standing]
        changed = [r for r in records if r.key in standing and standing[r.key].content != r.content]
        self.report.counts["same"] += len(records) - len(fresh) - len(changed)
        if fresh or changed:
            resolved = [] if self.ledger.run_id else self.keeper.places.known()
            spots = [as_json(spot, answer) for spot, answer in resolved]
            run_id, change_id, source_id = self.ledger.open(session, self.done, {"spots": spots})
            if self._subjects is None:
                self._subjects = subjects_of(session, change_id)
            with reopened(session, change_id, self._subjects):
                self.keeper.speak_as(Speaker.of(session.get_one(Source, source_id)))
                pending, log = Pending.of(session), Log(change_id)
                moved = self._renew(session, pending, log, changed, standing)
                records = [*fresh, *moved]
                self.keeper.meet(session, records)
                self.ledger.strike_stale(session, source_id, records)
                prepared = self.prepare(pending, log, source_id, run_id, records, self._subjects)
                pending.write(session)
                renew(session, prepared.stated)
        self.done += len(batch)
        self.ledger.note(session, self.done, self.report.counts, self._refused)

    def finish(self, session: Session) -> None:
        """Close the run, if it wrote anything."""
        self.ledger.close(session)

    def prepare(
        self,
        pending: Pending,
        log: Log,
        source_id: int,
        run_id: int,
        records: Sequence[Record],
        subjects: set[tuple[str, int]],
    ) -> Prepared:
        """Prepare all rows of records that were met, history and ledger included; no database is asked."""
        before = len(self.report.rejected)
        prepared = self.keeper.prepare(pending, log, records, self.report)
        self._refused += self.report.rejected[before:]
        self.ledger.enter(pending, source_id, run_id, records, prepared.written)
        log.put(pending, subjects)
        return prepared

    def _renew(
        self,
        session: Session,
        pending: Pending,
        log: Log,
        changed: Sequence[Record],
        standing: dict[str, Standing],
    ) -> list[Record]:
        """Let the record say what changed rows say now; answer those that speak of something else now."""
        moved: list[Record] = []
        if not changed:
            return moved
        self.keeper.meet_places(session, changed)
        self.keeper.prepare_places(pending, log, changed, self.report)
        pending.write(session)
        source_id = self.keeper.source_id
        for record in changed:
            places = self.keeper.place_ids(record)
            table, row_id = standing[record.key].written
            if table == "unattributed_sighting" and not record.title:
                done = update_sighting(session, row_id, record, places, self.keeper.status)
            else:
                done = update_citation(session, (table, row_id), source_id, record, set(places))
            if done:
                self.ledger.correct(session, source_id, record)
                self.report.counts["changed"] += 1
            else:
                moved.append(record)
        self.ledger.strike(session, source_id, moved)
        return moved

    def records_of(self, batch: Sequence[Row]) -> list[Record]:
        """Answer the rows that can be taken; count the others, and where these are placed."""
        records: list[Record] = []
        for row in batch:
            self.report.counts["read"] += 1
            if isinstance(row, Rejected):
                self.report.reject(row)
            elif row.is_repeat:
                self.report.counts["repeated"] += 1
                self.report.counts["nowhere"] += not row.spots
            elif why := self._look(row):
                self.report.reject(Rejected(row.line, row.raw, why))
            else:
                hows = {self.keeper.places.resolve(spot).how for spot in row.spots}
                self.report.place(row, next((how for how in _LEAST_SURE_FIRST if how in hows), "nowhere"))
                records.append(row)
        return records

    def _look(self, record: Record) -> str:
        """Note the places of a row that somebody has to look at; answer why it is refused for one, or ""."""
        for spot in record.spots:
            answer = self.keeper.places.resolve(spot)
            if answer.how == REFUSED:
                return answer.why
            if answer.how == UNRESOLVED:
                blank = Unplaced(spot.label, answer.why, answer.candidates, first_line=record.line)
                self.report.unplaced.setdefault(fold(spot.label), blank).rows += 1
            elif answer.how == APPROXIMATE:
                self.report.approximate[answer.why] += 1
        return ""
