"""The public's own dump: the facts that everybody may read on the pages, to download as one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import orjson
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tracker.exchange.dumping.checking import check_files
from tracker.exchange.dumping.manifest import DumpKind, Manifest, read_manifest
from tracker.exchange.dumping.progress import Bar, silent
from tracker.exchange.dumping.public_rows import TABLES, PublicTable, Seen
from tracker.exchange.dumping.snapshot import snapshot
from tracker.exchange.dumping.stores import Sink, new_archive
from tracker.exchange.dumping.tables import revision_of
from tracker.exchange.dumping.writing import finish, write_table
from tracker.foundation.clock import now, today

LICENCE = (
    "CC0-1.0 (https://creativecommons.org/publicdomain/zero/1.0/): use it for anything. "
    "Positions whose credit names GeoNames stay under CC BY 4.0."
)
NOTICE = (
    "Public: the facts of the record. Hidden places are a grid cell or less; "
    "accounts, history, photos and quotes are not in it."
)
# Beside each other in the instance's folder `public`, one of a day.
ARCHIVE = re.compile(r"shot-here-\d{4}-\d{2}-\d{2}\.zip")
FOLDER = "public"
_AT_ONCE = 500


def write_public(engine: Engine, sink: Sink, *, bar: Bar = silent) -> Manifest:
    """Write the public dump of the database as it is at this moment.

    Raises ConfigurationError if the database has no tables, OSError where there is no room.
    """
    seen = Seen(today())
    with snapshot(engine) as connection, Session(connection) as session:
        schema = revision_of(connection)
        total = sum(session.scalar(select(func.count(table.model.id))) or 0 for table in TABLES)
        with bar("rows", total) as told:
            listed = [
                write_table(
                    sink, table.name, _lines(session, table, seen), told, columns=table.columns, key=("id",)
                )
                for table in TABLES
            ]
    return finish(
        sink,
        Manifest(
            kind=DumpKind.PUBLIC,
            schema=schema,
            created_at=now(),
            licence=LICENCE,
            notice=NOTICE,
            tables=tuple(listed),
        ),
    )


def publish(engine: Engine, folder: Path, *, keep: int, bar: Bar = silent) -> tuple[Path, Manifest]:
    """Put today's public dump into the folder from which the pages offer it; the oldest go."""
    path = folder / f"shot-here-{today().isoformat()}.zip"
    with new_archive(
        path,
        private=False,
        replace=True,
        check=lambda source: check_files(source, read_manifest(source), bar),
    ) as sink:
        manifest = write_public(engine, sink, bar=bar)
    for old in archives(folder)[keep:]:
        old.unlink(missing_ok=True)
    return path, manifest


def archives(folder: Path) -> list[Path]:
    """Answer the public dumps in a folder, the newest first; nothing else that lies there."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if ARCHIVE.fullmatch(path.name)]
    return sorted((path for path in found if path.is_file() and not path.is_symlink()), reverse=True)


def _lines(session: Session, table: PublicTable, seen: Seen) -> Iterator[bytes]:
    """Yield the rows by id, a batch at a time; merged rows are hidden from every query."""
    last, model = 0, table.model
    while True:
        statement = select(model).where(model.id > last).options(*table.options).order_by(model.id)
        if table.condition is not None:
            statement = statement.where(table.condition)
        batch = session.scalars(statement.limit(_AT_ONCE)).all()
        for row in batch:
            values = table.row(row, seen)
            if values is not None:
                yield orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE)
        if len(batch) < _AT_ONCE:
            return
        last = batch[-1].id
        session.expunge_all()
