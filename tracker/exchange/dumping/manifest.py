"""The manifest of a dump: what it is, of which schema, and each file with its rows, size and SHA-256."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import orjson

from tracker.exchange.dumping.kinds import Kind
from tracker.exchange.dumping.stores import Source
from tracker.foundation.errors import DataFileError

MANIFEST = "manifest.json"
FORMAT = "shot-here-dump"
VERSION = 1
_LARGEST = 16 << 20


class DumpKind(enum.StrEnum):
    WHOLE = "whole"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """A file of the dump: how many rows it has, how many bytes, and their SHA-256 in hexadecimal."""

    file: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTable:
    """A table: its file, its columns in order with what each cell is, and the key by which it is sorted."""

    table: str
    listed: ListedFile
    columns: Mapping[str, Kind]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a dump says of itself. `uploads` lists the uploaded files, one on a line."""

    kind: DumpKind
    schema: str
    created_at: datetime
    licence: str
    notice: str
    tables: tuple[ListedTable, ...]
    uploads: ListedFile | None = None

    @property
    def files(self) -> list[ListedFile]:
        """The files that are listed here; the uploads are listed in theirs."""
        return [table.listed for table in self.tables] + ([self.uploads] if self.uploads else [])

    @property
    def rows(self) -> int:
        return sum(table.listed.rows for table in self.tables)


def as_bytes(manifest: Manifest) -> bytes:
    """Answer the manifest as JSON, to be read by people as well."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "kind": manifest.kind.value,
        "schema": manifest.schema,
        "created_at": manifest.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licence": manifest.licence,
        "notice": manifest.notice,
        "tables": [
            {
                "table": one.table,
                **_plain(one.listed),
                "key": list(one.key),
                "columns": {name: kind.value for name, kind in one.columns.items()},
            }
            for one in manifest.tables
        ],
        "uploads": _plain(manifest.uploads) if manifest.uploads else None,
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_manifest(source: Source) -> Manifest:
    """Read a dump's manifest. Raises DataFileError if there is none, or none that this version can read."""
    if source.size(MANIFEST) is None:
        raise DataFileError(f"There is no {MANIFEST} in it: this is no dump, or one that was not finished.")
    try:
        with source.open(MANIFEST) as file:
            content = orjson.loads(file.read(_LARGEST))
        if content.get("format") != FORMAT:
            raise DataFileError(f"{MANIFEST} is of something else: its format is not {FORMAT!r}.")
        if content["version"] != VERSION:
            raise DataFileError(
                f"The dump's format has version {content['version']!r}; this program reads {VERSION}. "
                "Use the program that wrote it, or a newer one."
            )
        return _read(content)
    except DataFileError:
        raise
    except Exception as error:
        # Whatever is wrong in it, the remedy is the same: a whole copy.
        raise DataFileError(
            f"{MANIFEST} is damaged ({type(error).__name__}: {str(error)[:80]}). Take another copy."
        ) from error


def _read(content: dict[str, Any]) -> Manifest:
    uploads = content["uploads"]
    return Manifest(
        kind=DumpKind(content["kind"]),
        schema=str(content["schema"]),
        created_at=datetime.fromisoformat(content["created_at"]),
        licence=str(content["licence"]),
        notice=str(content["notice"]),
        tables=tuple(
            ListedTable(
                table=str(one["table"]),
                listed=_listed(one),
                columns={name: Kind(kind) for name, kind in one["columns"].items()},
                key=tuple(one["key"]),
            )
            for one in content["tables"]
        ),
        uploads=_listed(uploads) if uploads else None,
    )


def _plain(listed: ListedFile) -> dict[str, Any]:
    return {"file": listed.file, "rows": listed.rows, "bytes": listed.size, "sha256": listed.sha256}


def _listed(one: Mapping[str, Any]) -> ListedFile:
    return ListedFile(
        file=safe_name(str(one["file"])),
        rows=int(one["rows"]),
        size=int(one["bytes"]),
        sha256=str(one["sha256"]),
    )


def safe_name(name: str) -> str:
    """Answer a file's name that stays inside the dump. Raises DataFileError for one that leads elsewhere."""
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        raise DataFileError(f"The dump lists a file {name[:80]!r}, which would lie outside of it.")
    return str(path)
