"""Everything about a user as a ZIP of JSON, and the sightings as CSV too, written while it is read."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from tracker.exchange.cells import harmless
from tracker.history.models import Change, Revision
from tracker.people.holdings import HOLDINGS, Holding

_AT_A_TIME = 500
# Where a place is may have become private since; an edit's own words about it stay in `comment`.
_WITHOUT_VALUES = frozenset({"place"})
_README = """This is what Shot Here has about your account.

account.json             your account
sightings.json, .csv     what you sent in
citations_offered.json   sources that you sent in while you were new
changes.json, edits.json your saved edits, and each row that they wrote with before and after
watched.json             the films and places that you watch; telling.json: how you are told
tokens.json              names and scopes of your API tokens, never the tokens themselves
*_decided.json           what you decided as a moderator
account_events*.json     what was done to your account, and what you did to others as an admin

Moments are in UTC. Passwords, tokens and keys are not in it.
The licence of the record is ODbL 1.0; what only you know of, such as sightings that wait, is yours.
"""


class _Pipe(io.RawIOBase):
    """A file that is read while it is written; `zipfile` writes to it without going back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """Answer what was written since the last time."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def write_archive(engine: Engine, user_id: int) -> Iterator[bytes]:
    """Yield the ZIP. It reads on a connection of its own, a few hundred rows at a time."""
    pipe = _Pipe()
    with Session(engine) as session, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _README)
        for holding in HOLDINGS:
            yield from _member(archive, pipe, f"{holding.name}.json", _json(_rows(session, holding, user_id)))
        yield from _member(archive, pipe, "edits.json", _json(_edits(session, user_id)))
        yield from _member(archive, pipe, "sightings.csv", _csv(_rows(session, _sightings(), user_id)))
    yield pipe.taken()


def _member(archive: zipfile.ZipFile, pipe: _Pipe, name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            yield pipe.taken()
    yield pipe.taken()


def _rows(session: Session, holding: Holding, user_id: int) -> Iterator[Mapping[str, Any]]:
    table = holding.table
    wanted = [
        column
        for column in table.columns
        if column.name not in holding.secret and (holding.columns is None or column.name in holding.columns)
    ]
    found = select(*wanted).where(table.c[holding.column] == user_id).order_by(*table.primary_key)
    return _read(session, found)


def _edits(session: Session, user_id: int) -> Iterator[Mapping[str, Any]]:
    found = (
        select(
            Revision.change_id,
            Revision.table_name,
            Revision.row_id,
            Revision.action,
            Revision.before,
            Revision.after,
        )
        .join(Change, Revision.change_id == Change.id)
        .where(Change.author_id == user_id)
        .order_by(Revision.id)
    )
    for row in _read(session, found):
        if row["table_name"] in _WITHOUT_VALUES:
            yield {**row, "before": None, "after": None}
        else:
            yield row


def _read(session: Session, found: Select[Any]) -> Iterator[Mapping[str, Any]]:
    rows = session.execute(found.execution_options(yield_per=_AT_A_TIME))
    for row in rows.mappings():
        yield {str(name): value for name, value in row.items()}


def _json(rows: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    yield b"["
    for number, row in enumerate(rows):
        yield (b",\n" if number else b"\n") + orjson.dumps(row, default=str)
    yield b"\n]\n"


def _csv(rows: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    line = io.StringIO()
    writer = csv.writer(line)
    for number, row in enumerate(rows):
        if number == 0:
            writer.writerow(row.keys())
        writer.writerow("" if value is None else harmless(str(value)) for value in row.values())
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def _sightings() -> Holding:
    return next(holding for holding in HOLDINGS if holding.name == "sightings")
