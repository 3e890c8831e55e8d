"""Put the rows of a dump into an empty database, and prove that it says the same as the dump."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, ForeignKeyConstraint, func, insert, select
from sqlalchemy.exc import DataError, IntegrityError

from tracker.exchange.dumping.kinds import Kind
from tracker.exchange.dumping.manifest import ListedTable, Manifest
from tracker.exchange.dumping.progress import Bar
from tracker.exchange.dumping.stores import Source
from tracker.exchange.dumping.tables import DumpTable, lines, read_tables, rows_from, table_names
from tracker.foundation.errors import DataFileError

_AT_ONCE = 500


def load(connection: Connection, source: Source, manifest: Manifest, bar: Bar) -> None:
    """Insert all rows and compare; the caller commits, or nothing is there.

    Raises DataFileError that names file and line where the dump does not fit the database.
    """
    tables = read_tables(connection, table_names(connection))
    listed = {one.table: one for one in manifest.tables}
    _check_tables(tables, listed, manifest.schema)
    with _references_checked_last(connection, tables):
        with bar("rows", manifest.rows) as told:
            for table in tables:
                one = listed[table.name]
                with source.open(one.listed.file) as file:
                    rows = rows_from(table, iter(file), one.listed.file)
                    _insert(connection, table, rows, one.listed.file, told)
                _set_sequence(connection, table)
        with bar("comparing", manifest.rows) as told:
            for table in tables:
                _compare(connection, table, listed[table.name])
                told(listed[table.name].listed.rows)


def _check_tables(tables: Sequence[DumpTable], listed: dict[str, ListedTable], schema: str) -> None:
    names = {table.name for table in tables}
    for missing in sorted(names - listed.keys()):
        raise DataFileError(f"The dump lacks the table {missing}, which is in schema {schema}.")
    for unknown in sorted(listed.keys() - names):
        raise DataFileError(f"The dump has a table {unknown}, which schema {schema} does not know.")
    for table in tables:
        theirs = listed[table.name].columns
        for name in sorted(theirs.keys() ^ table.kinds.keys()):
            where = "lacks" if name in table.kinds else "has"
            raise DataFileError(f"The dump {where} the column {table.name}.{name}, unlike schema {schema}.")


def _insert(
    connection: Connection, table: DumpTable, rows: Iterator[dict[str, Any]], file: str, told: Any
) -> None:
    done = 0
    for batch in _batches(rows):
        try:
            with connection.begin_nested():
                connection.execute(insert(table.table), batch)
        except (DataError, IntegrityError) as error:
            number, reason = _culprit(connection, table, batch, error)
            raise DataFileError(f"{file} line {done + number} cannot be restored: {reason}.") from error
        done += len(batch)
        told(len(batch))


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _culprit(
    connection: Connection, table: DumpTable, batch: list[dict[str, Any]], error: Exception
) -> tuple[int, str]:
    """Answer which row of a batch the database refuses, counted from 1, and why."""
    for number, row in enumerate(batch, start=1):
        try:
            with connection.begin_nested():
                connection.execute(insert(table.table), row)
        except (DataError, IntegrityError) as found:
            return number, reason_of(found)
    return len(batch), reason_of(error)


def reason_of(error: Exception) -> str:
    """Answer what the database itself says, on one line."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0].rstrip(".") if said else type(error).__name__


@contextmanager
def _references_checked_last(connection: Connection, tables: Sequence[DumpTable]) -> Iterator[None]:
    """Let rows point to rows that come later, and check that all are there when the block ends.

    SQLite can put the check off for a transaction. PostgreSQL can for constraints that are declared so;
    ours are not, so those that point ahead are for the time of the block, and are as they were afterwards.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            raise DataFileError(f"Table {table}, row {row} points to a {parent} that is not in the dump.")
        return
    ahead = _pointing_ahead(tables)
    for table, name in ahead:
        connection.exec_driver_sql(
            f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" DEFERRABLE INITIALLY DEFERRED'
        )
    yield
    try:
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        raise DataFileError(f"A row points to one that is not in the dump: {reason_of(error)}.") from error
    for table, name in ahead:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" NOT DEFERRABLE')


def _pointing_ahead(tables: Sequence[DumpTable]) -> list[tuple[str, str]]:
    """Answer the foreign keys to the same table or to a later one, as (table, name of the constraint)."""
    order = {table.name: number for number, table in enumerate(tables)}

    def is_ahead(table: DumpTable, constraint: ForeignKeyConstraint) -> bool:
        return order[constraint.referred_table.name] >= order[table.name]

    return sorted(
        (table.name, str(constraint.name))
        for table in tables
        for constraint in table.table.foreign_key_constraints
        if is_ahead(table, constraint)
    )


def _set_sequence(connection: Connection, table: DumpTable) -> None:
    """Let PostgreSQL go on counting behind the restored rows."""
    if connection.dialect.name != "postgresql":
        return
    for name in table.key:
        if table.kinds[name] is not Kind.INTEGER:
            continue
        sequence = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', name)))
        last = connection.scalar(select(func.max(table.table.c[name])))
        if sequence and last:
            connection.execute(select(func.setval(sequence, last)))


def _compare(connection: Connection, table: DumpTable, listed: ListedTable) -> None:
    """See that the table now reads as the file does, to the byte."""
    digest, count = hashlib.sha256(), 0
    for line in lines(connection, table):
        digest.update(line)
        count += 1
    if (count, digest.hexdigest()) != (listed.listed.rows, listed.listed.sha256):
        raise DataFileError(
            f"Table {table.name} reads differently from {listed.listed.file} after the restore "
            f"({count:,} rows for {listed.listed.rows:,}); nothing is kept."
        )
