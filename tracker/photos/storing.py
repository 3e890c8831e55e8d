"""The folder of published pictures: files named by their SHA-256, so that each is there once."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from tracker.foundation.errors import InvalidValueError
from tracker.photos.picture import FULL, SIZES, Picture

DIGEST = re.compile(r"[0-9a-f]{64}")
MEDIA_TYPES = {FULL: "image/jpeg"} | {size: "image/webp" for size in SIZES if size != FULL}


class Store:
    """The pictures below a folder. A picture is written before any row names it, and removed after."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str, size: str) -> Path:
        """Answer where a picture of that size is. Raises InvalidValueError for what names none."""
        if not DIGEST.fullmatch(digest) or size not in SIZES:
            raise InvalidValueError(f"{digest[:70]!r} in the size {size[:10]!r} is no picture’s name.")
        name = f"{digest}.jpg" if size == FULL else f"{digest}-{size}.webp"
        return self._folder / digest[:2] / name

    def keep(self, picture: Picture) -> None:
        """Write a picture in all its sizes; what is there already is the same."""
        for size, content in picture.files.items():
            write_whole(self.path(picture.digest, size), content)

    def has(self, digest: str) -> bool:
        return all(self.path(digest, size).is_file() for size in SIZES)

    def remove(self, digest: str) -> None:
        """Remove a picture in all its sizes; one that is gone already is no error."""
        for size in SIZES:
            self.path(digest, size).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # others are in the folder
            self.path(digest, FULL).parent.rmdir()

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """Answer the digests of pictures that were written before a moment."""
        for file in sorted(self._folder.glob("[0-9a-f][0-9a-f]/*.jpg")):
            if DIGEST.fullmatch(file.stem) and file.stat().st_mtime < moment.timestamp():
                yield file.stem


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also when two processes write it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    Path(out.name).replace(path)
