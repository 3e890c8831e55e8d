"""The tables as the database itself has them, and their rows as lines of JSON.

They are read from the database and not from the models: so a dump can be restored at the revision at which it
was made, and a table that somebody adds is in the next dump without a word here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import JSON, Connection, MetaData, Table, collate, func, inspect, select
from sqlalchemy.schema import sort_tables_and_constraints
from sqlalchemy.types import String

from tracker.exchange.dumping.kinds import Kind, decoder, encoder, kind_of
from tracker.foundation.errors import ConfigurationError, DataFileError

REVISION_TABLE = "alembic_version"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class DumpTable:
    """One table: its columns with their kinds, the key first, the others by name."""

    table: Table
    kinds: dict[str, Kind]
    key: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.table.name)


def table_names(connection: Connection) -> list[str]:
    """Answer the names of all tables but the one with the schema's revision."""
    return sorted(name for name in inspect(connection).get_table_names() if name != REVISION_TABLE)


def revision_of(connection: Connection) -> str:
    """Answer the schema's revision, "" if there is none."""
    if not inspect(connection).has_table(REVISION_TABLE):
        return ""
    found = connection.exec_driver_sql(f"SELECT version_num FROM {REVISION_TABLE}").scalars().all()  # noqa: S608
    if len(found) > 1:
        raise ConfigurationError(
            f"The database stands at {len(found)} revisions at once ({', '.join(found)}); merge them first."
        )
    return str(found[0]) if found else ""


def read_tables(connection: Connection, names: Sequence[str]) -> list[DumpTable]:
    """Answer tables such that each comes behind those that it points to."""
    metadata = MetaData()
    metadata.reflect(connection, only=list(names), resolve_fks=False)
    tables = sorted(metadata.tables.values(), key=lambda table: table.name)
    # Where two tables point to each other one of them comes first; the checks wait for the end anyway.
    ordered = sort_tables_and_constraints(tables)  # type: ignore[no-untyped-call]
    return [_dump_table(table) for table, _ in ordered if table is not None]


def count_rows(connection: Connection, table: DumpTable) -> int:
    """Answer how many rows a table has."""
    return connection.scalar(select(func.count()).select_from(table.table)) or 0


def lines(connection: Connection, table: DumpTable) -> Iterator[bytes]:
    """Yield the rows by key as lines of JSON; no more than a batch is held.

    Raises DataFileError that names table and key for a value that JSON cannot hold.
    """
    columns = [table.table.c[name] for name in table.kinds]
    statement = select(*columns).order_by(*(_by(connection, table, name) for name in table.key))
    names = list(table.kinds)
    encoders = [(name, encode) for name, kind in table.kinds.items() if (encode := encoder(kind))]
    for row in connection.execute(statement.execution_options(yield_per=_AT_ONCE)):
        values = dict(zip(names, row, strict=True))
        yield _line(table, values, encoders)


def rows_from(table: DumpTable, read: Iterator[bytes], file: str) -> Iterator[dict[str, Any]]:
    """Yield rows of values from lines. Raises DataFileError that names file, line and column."""
    decoders = {name: decoder(kind) for name, kind in table.kinds.items()}
    for number, line in enumerate(read, start=1):
        try:
            values = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise DataFileError(f"{file} line {number} is no JSON: {error}.") from error
        if not isinstance(values, dict) or values.keys() != decoders.keys():
            raise DataFileError(f"{file} line {number} has other columns than the table {table.name}.")
        for name, value in values.items():
            if value is not None:
                try:
                    values[name] = decoders[name](value)
                except (ValueError, TypeError, ArithmeticError) as error:
                    kind = table.kinds[name].value
                    raise DataFileError(f"{file} line {number}: {name} is no {kind}: {error}.") from error
        yield values


def _dump_table(table: Table) -> DumpTable:
    # Names from the database are a kind of text that JSON does not take.
    key = tuple(str(column.name) for column in table.primary_key.columns)
    others = sorted({str(column.name) for column in table.columns} - set(key))
    kinds = {name: kind_of(table.c[name].type, f"{table.name}.{name}") for name in (*key, *others)}
    for name, kind in kinds.items():
        if kind is Kind.JSON:
            # A column that may be empty is empty where there is nothing; one that may not has JSON's null.
            table.c[name].type = JSON(none_as_null=bool(table.c[name].nullable))
    return DumpTable(table, kinds, key or tuple(others))


def _by(connection: Connection, table: DumpTable, name: str) -> Any:
    """Order texts by their bytes, as SQLite does; PostgreSQL would by the language of the server."""
    column = table.table.c[name]
    if connection.dialect.name == "postgresql" and isinstance(column.type, String):
        return collate(column, "C")
    return column


def _line(
    table: DumpTable, values: dict[str, Any], encoders: list[tuple[str, Callable[[Any], Any]]]
) -> bytes:
    try:
        for name, encode in encoders:
            if values[name] is not None:
                values[name] = encode(values[name])
        return orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE)
    except (TypeError, ValueError) as error:
        key = ", ".join(f"{name} {values[name]}" for name in table.key)
        raise DataFileError(f"Table {table.name}, {key}: {error}. Mend the row, then dump again.") from error
