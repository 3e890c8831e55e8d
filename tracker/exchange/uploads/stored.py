"""Where uploaded files lie: one folder each below the instance's imports, deleted when it has expired."""

from __future__ import annotations

import secrets
import shutil
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import IO

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tracker.exchange.rejects import REJECTS
from tracker.exchange.uploads.models import AT_WORK, Upload
from tracker.foundation.clock import now
from tracker.foundation.errors import DataFileError
from tracker.foundation.text import clean_line

FOLDER = "imports"
MOST_BYTES = 32 << 20
KEPT = timedelta(days=30)
_MOST_NAME_BYTES = 180
_CHUNK = 1 << 20


def keep(root: Path, name: str, content: IO[bytes]) -> tuple[str, str, int]:
    """Write an uploaded file into a new folder; answer the folder, the file's name there, and its size.

    Raises DataFileError if it is empty or larger than MOST_BYTES; nothing stays of it then.
    """
    folder = secrets.token_hex(16)
    place = root / folder
    place.mkdir(parents=True, mode=0o700)
    called = safe_name(name)
    size = 0
    try:
        with (place / called).open("xb") as file:
            while chunk := content.read(_CHUNK):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise DataFileError(
                        f"{called} is larger than {MOST_BYTES >> 20} MB. Split it, or ask the operator to "
                        "run flask import with it."
                    )
                file.write(chunk)
        if size == 0:
            raise DataFileError(f"{called} is empty. Choose the file that holds the rows.")
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return folder, called, size


def safe_name(name: str) -> str:
    """Answer the name of a file without folders and control characters, and not too long for a disk."""
    base = clean_line(PurePosixPath(name.replace("\\", "/")).name).lstrip(".") or "upload.csv"
    stem, dot, ending = base.rpartition(".")
    if not dot:
        stem, ending = base, ""
    ending = f".{ending}"[:12] if ending else ""
    while len((stem + ending).encode()) > _MOST_NAME_BYTES:
        stem = stem[:-1]
    return stem + ending


def path_of(root: Path, upload: Upload) -> Path:
    """Answer where the file of an upload lies. Raises DataFileError if it was deleted."""
    path = root / upload.folder / upload.file_name
    if not upload.folder or not path.is_file():
        raise DataFileError(f"{upload.file_name} was deleted after {KEPT.days} days. Upload it again.")
    return path


def rejects_of(root: Path, upload: Upload) -> Path:
    """Answer where the rows lie that its last dry run or import rejected; there may be no such file."""
    return root / (upload.folder or "-") / f"{upload.file_name}{REJECTS}"


def discard(root: Path, folder: str) -> None:
    """Delete a folder with all that is in it."""
    if folder:
        shutil.rmtree(root / folder, ignore_errors=True)


def expire(session: Session, root: Path) -> int:
    """Delete what is older than KEPT and not being worked at; answer how many files.

    Uploads that never were imported are forgotten; of the others the row stays. The caller commits.
    """
    old = select(Upload.id, Upload.folder, Upload.run_id).where(
        Upload.created_at < now() - KEPT, Upload.state.not_in(AT_WORK), Upload.folder != ""
    )
    rows = session.execute(old).all()
    for number, folder, run_id in rows:
        discard(root, folder)
        if run_id is None:
            session.execute(delete(Upload).where(Upload.id == number))
        else:
            session.execute(update(Upload).where(Upload.id == number).values(folder="", look={}))
    return len(rows)
