"""The uploaded files in a dump: each as it is, listed with its size and SHA-256, one on a line."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from tracker.exchange.dumping.manifest import ListedFile, safe_name
from tracker.exchange.dumping.progress import Bar
from tracker.exchange.dumping.stores import Sink, Source, pieces
from tracker.foundation.errors import ConflictError, DataFileError

UPLOADS = "uploads"
LISTING = "uploads.jsonl"


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file: where it lies among the uploads, its size in bytes, its SHA-256 in hexadecimal."""

    file: str
    size: int
    sha256: str

    @property
    def stored_as(self) -> str:
        return f"{UPLOADS}/{self.file}"


def files_in(folder: Path) -> list[Path]:
    """Answer the files in a folder and below by name; links and hidden files, such as parts, are none."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    shown = (path for path in found if not f"/{path.relative_to(folder).as_posix()}".count("/."))
    return sorted(shown)


def write_uploads(sink: Sink, folder: Path, bar: Bar) -> ListedFile:
    """Copy the uploads into a dump. One that is taken away meanwhile is left out."""
    found = files_in(folder)
    listed: list[Upload] = []
    with bar("uploads", len(found)) as told:
        for path in found:
            name = path.relative_to(folder).as_posix()
            try:
                file = path.open("rb")
            except FileNotFoundError:
                continue
            with file, sink.entry(f"{UPLOADS}/{name}") as entry:
                for piece in pieces(file):
                    entry.write(piece)
            listed.append(Upload(name, entry.size, entry.sha256))
            told(1)
    with sink.entry(LISTING) as entry:
        for one in listed:
            entry.write(_listed(one))
    return ListedFile(file=LISTING, rows=len(listed), size=entry.size, sha256=entry.sha256)


def _listed(upload: Upload) -> bytes:
    line = {"file": upload.file, "bytes": upload.size, "sha256": upload.sha256}
    try:
        return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError as error:
        raise DataFileError(f"The name of the upload {upload.file!r} is no UTF-8. Rename it.") from error


def read_listing(source: Source, listing: ListedFile | None) -> Iterator[Upload]:
    """Yield what a dump lists as uploads. Raises DataFileError for a line that is none."""
    if listing is None:
        return
    with source.open(listing.file) as file:
        for number, line in enumerate(file, start=1):
            try:
                content = orjson.loads(line)
                upload = Upload(str(content["file"]), int(content["bytes"]), str(content["sha256"]))
            except (ValueError, TypeError, KeyError) as error:
                raise DataFileError(f"{listing.file} line {number} lists no file: {error!r}.") from error
            safe_name(upload.file)
            yield upload


def check_place(folder: Path, uploads: Iterable[Upload]) -> None:
    """See that the uploads may be put into a folder. Raises ConflictError if other files lie there."""
    there = {path.relative_to(folder).as_posix() for path in files_in(folder)} if folder.is_dir() else set()
    if not there:
        return
    strangers = there - {one.file for one in uploads if _is(folder / one.file, one)}
    if strangers:
        raise ConflictError(
            f"{folder} is not empty: it holds {len(strangers)} files that are not those of the dump, such as "
            f"{min(strangers)}. Move it away, then restore again."
        )


@contextmanager
def put_back(source: Source, listing: ListedFile | None, folder: Path, bar: Bar) -> Iterator[None]:
    """Put the uploads into their folder at the end of the block, if it does not fail.

    They are copied beside it first, so that there is little left to do when the database is ready.
    """
    beside = folder.with_name(f"{folder.name}.incomplete-{os.getpid()}")
    moved: list[Path] = []
    try:
        with bar("uploads", listing.rows if listing else 0) as told:
            for one in read_listing(source, listing):
                if not _is(folder / one.file, one):
                    _copy(source, one, beside / one.file)
                told(1)
        _move(beside, folder, moved)
        yield
    except BaseException:
        for path in moved:
            path.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _copy(source: Source, upload: Upload, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with source.open(upload.stored_as) as file, path.open("xb") as out:
        for piece in pieces(file):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _move(beside: Path, folder: Path, moved: list[Path]) -> None:
    for path in files_in(beside) if beside.is_dir() else ():
        target = folder / path.relative_to(beside)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
        moved.append(target)


def _is(path: Path, upload: Upload) -> bool:
    """Say whether a file is that upload, byte for byte."""
    if not path.is_file() or path.stat().st_size != upload.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == upload.sha256
