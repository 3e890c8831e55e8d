"""Write a whole dump: every table, every upload, and the manifest last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine

from tracker.exchange.dumping.kinds import Kind
from tracker.exchange.dumping.manifest import (
    MANIFEST,
    DumpKind,
    ListedFile,
    ListedTable,
    Manifest,
    as_bytes,
)
from tracker.exchange.dumping.progress import Bar, Told, silent
from tracker.exchange.dumping.snapshot import snapshot
from tracker.exchange.dumping.stores import Sink
from tracker.exchange.dumping.tables import count_rows, lines, read_tables, revision_of, table_names
from tracker.exchange.dumping.uploads import write_uploads
from tracker.foundation.clock import now

LICENCE = (
    "Facts of the public record: CC0-1.0 (https://creativecommons.org/publicdomain/zero/1.0/). "
    "Positions from GeoNames: CC BY 4.0. Photos: each under its own licence. "
    "Everything else is private to the operator."
)
NOTICE = (
    "Whole and private: holds accounts with the hashes of their passwords, what waits for a decision, "
    "and the exact points of hidden places. Keep it as safe as the server."
)


def write_whole(engine: Engine, sink: Sink, *, uploads: Path, bar: Bar = silent) -> Manifest:
    """Write everything that is in the database and among the uploads, as it is at this moment.

    Raises ConfigurationError if the database has no tables, DataFileError for a value that cannot be
    written, OSError where there is no room.
    """
    with snapshot(engine) as connection:
        schema = revision_of(connection)
        tables = _write_tables(connection, sink, bar)
    listing = write_uploads(sink, uploads, bar)
    return finish(
        sink,
        Manifest(
            kind=DumpKind.WHOLE,
            schema=schema,
            created_at=now(),
            licence=LICENCE,
            notice=NOTICE,
            tables=tables,
            uploads=listing,
        ),
    )


def write_table(
    sink: Sink,
    name: str,
    written: Iterable[bytes],
    told: Told,
    *,
    columns: Mapping[str, Kind],
    key: Sequence[str],
) -> ListedTable:
    """Write one table's lines into the dump and answer its entry in the manifest."""
    file, rows, untold = f"tables/{name}.jsonl", 0, 0
    with sink.entry(file) as entry:
        for line in written:
            entry.write(line)
            rows += 1
            untold += 1
            if untold == 500:
                told(untold)
                untold = 0
    told(untold)
    listed = ListedFile(file=file, rows=rows, size=entry.size, sha256=entry.sha256)
    return ListedTable(table=name, listed=listed, columns=dict(columns), key=tuple(key))


def finish(sink: Sink, manifest: Manifest) -> Manifest:
    """Write the manifest: the last file of a dump."""
    with sink.entry(MANIFEST) as entry:
        entry.write(as_bytes(manifest))
    return manifest


def _write_tables(connection: Connection, sink: Sink, bar: Bar) -> tuple[ListedTable, ...]:
    tables = sorted(read_tables(connection, table_names(connection)), key=lambda table: table.name)
    total = sum(count_rows(connection, table) for table in tables)
    with bar("rows", total) as told:
        return tuple(
            write_table(sink, table.name, lines(connection, table), told, columns=table.kinds, key=table.key)
            for table in tables
        )
