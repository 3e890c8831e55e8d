"""Where a dump lies: a folder of files, or the same files in one zip archive.

A new one is written beside its place, under a name that says that it is incomplete, and renamed when it is
whole. So what bears the right name is whole, whenever the power fails.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from tracker.foundation.errors import ConflictError, DataFileError

CHUNK = 1 << 20
# What is compressed already is stored as it is.
_PACKED = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".zip", ".gz"})


class Entry:
    """A file of a dump while it is written: counts and hashes what goes by."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Write a piece."""
        self._file.write(piece)
        self._hash.update(piece)
        self.size += len(piece)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class Sink(Protocol):
    """Takes the files of a dump."""

    def entry(self, name: str) -> AbstractContextManager[Entry]:
        """Begin a file; names are relative, with slashes."""


class Source(Protocol):
    """Gives the files of a dump."""

    def size(self, name: str) -> int | None:
        """Answer the size of a file in bytes, None if it is not there."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file for reading. Raises OSError or KeyError where it is not there."""


class _FolderSink:
    def __init__(self, root: Path, *, private: bool) -> None:
        self._root = root
        self._modes = (0o600, 0o700) if private else (0o644, 0o755)

    @contextmanager
    def entry(self, name: str) -> Iterator[Entry]:
        path = self._root / name
        path.parent.mkdir(mode=self._modes[1], parents=True, exist_ok=True)
        with _new_file(path, self._modes[0]) as file:
            yield Entry(file)


class _ZipSink:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def entry(self, name: str) -> Iterator[Entry]:
        info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        packed = Path(name).suffix.lower() in _PACKED
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self._archive.open(info, "w", force_zip64=True) as file:
            yield Entry(file)


class Folder:
    """A dump in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def size(self, name: str) -> int | None:
        path = self._root / name
        return path.stat().st_size if path.is_file() else None

    def open(self, name: str) -> IO[bytes]:
        return (self._root / name).open("rb")


class Archive:
    """A dump in a zip archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def size(self, name: str) -> int | None:
        try:
            return self._archive.getinfo(name).file_size
        except KeyError:
            return None

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(name)


@contextmanager
def new_folder(path: Path, *, private: bool) -> Iterator[Sink]:
    """Take a dump into a new folder, or into an empty one. Raises ConflictError for one that is not empty."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ConflictError(f"{path} is there already and not empty. Name a folder that is not there yet.")
    incomplete = _beside(path)
    incomplete.mkdir(mode=0o700 if private else 0o755, parents=True)
    try:
        yield _FolderSink(incomplete, private=private)
        incomplete.rename(path)
        _sync_folder(path.parent)
    finally:
        shutil.rmtree(incomplete, ignore_errors=True)


@contextmanager
def new_archive(
    path: Path, *, private: bool, replace: bool = False, check: Callable[[Source], None] | None = None
) -> Iterator[Sink]:
    """Take a dump into a new zip file, looked over by `check` before it gets its name.

    Raises ConflictError if it is there and not to be replaced.
    """
    if path.exists() and not replace:
        raise ConflictError(f"{path} is there already. Name a file that is not there yet.")
    path.parent.mkdir(parents=True, exist_ok=True)
    incomplete = _beside(path)
    try:
        with _new_file(incomplete, 0o600 if private else 0o644) as file:
            archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
            try:
                yield _ZipSink(archive)
                archive.close()
            finally:
                # Of an archive that is thrown away nothing more is to be written: the disk may be full.
                archive.fp = None
        if check is not None:
            with opened(incomplete) as source:
                check(source)
        incomplete.rename(path)
        _sync_folder(path.parent)
    finally:
        incomplete.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a dump for reading, folder or archive. Raises DataFileError if it is neither."""
    if path.is_dir():
        yield Folder(path)
        return
    if not path.exists():
        raise DataFileError(f"There is no dump at {path}.")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise DataFileError(f"{path} is no dump and no backup, or it is damaged: {error}.") from error
    with archive:
        yield Archive(archive)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what is left of a file, a megabyte at a time."""
    while piece := file.read(CHUNK):
        yield piece


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.incomplete-{os.getpid()}")


@contextmanager
def _new_file(path: Path, mode: int) -> Iterator[IO[bytes]]:
    """Write a new file, on the disk for good when the block ends."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode), "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    with suppress(OSError):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
