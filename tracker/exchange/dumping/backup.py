"""A backup: the whole dump in one file, made while the server runs, and read once again before it counts."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine

from tracker.exchange.dumping.checking import check_files
from tracker.exchange.dumping.manifest import Manifest, read_manifest
from tracker.exchange.dumping.progress import Bar, silent
from tracker.exchange.dumping.snapshot import quick_copy
from tracker.exchange.dumping.stores import Source, new_archive
from tracker.exchange.dumping.writing import write_whole


def write_backup(
    engine: Engine, path: Path, *, uploads: Path, replace: bool = False, bar: Bar = silent
) -> Manifest:
    """Write a backup; the file appears when it is whole and has been read again.

    Raises ConflictError if it is there already, and what `write_whole` and `quick_copy` raise.
    """

    def check(source: Source) -> None:
        check_files(source, read_manifest(source), bar)

    with (
        new_archive(path, private=True, replace=replace, check=check) as sink,
        quick_copy(engine, path.parent, f"{path.name}.copy-{os.getpid()}", bar) as source,
    ):
        return write_whole(source, sink, uploads=uploads, bar=bar)
