"""Look a dump over before anything is written: every file there, of its size, with its SHA-256."""

from __future__ import annotations

import hashlib
import zlib
from zipfile import BadZipFile

from tracker.exchange.dumping.manifest import ListedFile, Manifest
from tracker.exchange.dumping.progress import Bar, silent
from tracker.exchange.dumping.stores import Source, pieces
from tracker.exchange.dumping.uploads import read_listing
from tracker.foundation.errors import DataFileError


def check_files(source: Source, manifest: Manifest, bar: Bar = silent) -> None:
    """See that all files are as the manifest says. Raises DataFileError that names the first that is not."""
    listed = manifest.files
    count = len(listed) + (manifest.uploads.rows if manifest.uploads else 0)
    with bar("checking files", count) as told:
        for one in listed:
            _check(source, one)
            told(1)
        for upload in read_listing(source, manifest.uploads):
            _check(source, ListedFile(file=upload.stored_as, rows=0, size=upload.size, sha256=upload.sha256))
            told(1)


def _check(source: Source, listed: ListedFile) -> None:
    size = source.size(listed.file)
    if size is None:
        raise DataFileError(f"{listed.file} is missing from the dump. Take another copy of it.")
    if size != listed.size:
        raise DataFileError(
            f"{listed.file} has {size:,} bytes and should have {listed.size:,}: it is damaged. "
            "Take another copy of the dump."
        )
    digest = hashlib.sha256()
    try:
        with source.open(listed.file) as file:
            for piece in pieces(file):
                digest.update(piece)
    except (BadZipFile, zlib.error, EOFError) as error:
        raise DataFileError(f"{listed.file} is damaged: {error}. Take another copy of the dump.") from error
    if digest.hexdigest() != listed.sha256:
        raise DataFileError(
            f"{listed.file} is not as it was written: its SHA-256 is {digest.hexdigest()[:12]}… instead of "
            f"{listed.sha256[:12]}…. Take another copy of the dump."
        )
