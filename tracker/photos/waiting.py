"""Pictures that were sent and belong to nothing yet: for a day, and for who sent them alone.

What waits is the picture as it would be published, and beside it what the camera wrote. Who is asked and says
no, or says nothing, loses only the latter.
"""

from __future__ import annotations

import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import orjson

from tracker.photos.exif import Facts
from tracker.photos.picture import SIZES, Picture
from tracker.photos.storing import write_whole

KEPT_SECONDS = 24 * 3600
# More than this of one person's are not kept; the oldest goes first.
MOST_OF_ONE = 30
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A picture that waits; `name` is what its sender's file was called."""

    token: str
    digest: str
    width: int
    height: int
    name: str
    facts: Facts


class WaitingRoom:
    """The folder where pictures wait, one folder for each sender."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, picture: Picture, *, owner_id: int, name: str) -> Waiting:
        """Keep a picture until its sender says what it belongs to; clear away what waited too long."""
        self._clear(owner_id)
        token = secrets.token_urlsafe(16)
        place = self._folder / str(owner_id) / token
        for size, content in picture.files.items():
            write_whole(place / size, content)
        waiting = Waiting(token, picture.digest, picture.width, picture.height, name[:200], picture.facts)
        about = {
            "digest": waiting.digest,
            "width": waiting.width,
            "height": waiting.height,
            "name": waiting.name,
            "facts": waiting.facts.plain(),
        }
        write_whole(place / "about.json", orjson.dumps(about))
        return waiting

    def find(self, token: str, *, owner_id: int) -> Waiting | None:
        """Answer what waits under a token, None if it is another's, or waited too long."""
        place = self._place(token, owner_id)
        if place is None:
            return None
        try:
            about = orjson.loads((place / "about.json").read_bytes())
        except OSError:
            return None
        facts = Facts.from_plain(about["facts"])
        return Waiting(token, about["digest"], about["width"], about["height"], about["name"], facts)

    def file(self, token: str, size: str, *, owner_id: int) -> Path | None:
        """Answer the file of one size."""
        place = self._place(token, owner_id)
        return place / size if place is not None and size in SIZES else None

    def picture(self, waiting: Waiting, *, owner_id: int) -> Picture:
        """Answer what waits as a picture again, to be stored."""
        place = self._folder / str(owner_id) / waiting.token
        files = {size: (place / size).read_bytes() for size in SIZES}
        return Picture(waiting.digest, waiting.width, waiting.height, files, waiting.facts)

    def drop(self, token: str, *, owner_id: int) -> None:
        """Clear away what no longer waits."""
        place = self._place(token, owner_id)
        if place is not None:
            shutil.rmtree(place, ignore_errors=True)

    def clear_old(self) -> int:
        """Clear away what waited too long, whoever sent it; answer how many pictures that were."""
        gone = 0
        for place in self._folder.glob("*/*"):
            if _age_seconds(place) > KEPT_SECONDS:
                shutil.rmtree(place, ignore_errors=True)
                gone += 1
        return gone

    def _place(self, token: str, owner_id: int) -> Path | None:
        place = self._folder / str(owner_id) / token
        if not _TOKEN.fullmatch(token) or not place.is_dir() or _age_seconds(place) > KEPT_SECONDS:
            return None
        return place

    def _clear(self, owner_id: int) -> None:
        self.clear_old()
        own = sorted((self._folder / str(owner_id)).glob("*"), key=_age_seconds)
        for place in own[MOST_OF_ONE - 1 :]:
            shutil.rmtree(place, ignore_errors=True)


def _age_seconds(place: Path) -> float:
    try:
        return time.time() - place.stat().st_mtime
    except FileNotFoundError:  # cleared away by another process
        return 0.0
