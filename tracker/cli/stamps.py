"""Stamps: small files that say from which content something was made, so that it is not made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from tracker.geocoding.sourcefiles import PACKAGES

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file that says from which content something was made."""

    file: Path
    content: str

    def holds(self) -> bool:
        """Tell whether the thing was made from this very content."""
        return self.file.is_file() and self.file.read_text(encoding="ascii") == self.content

    def leave(self) -> None:
        """Say that it is made."""
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(self.content, encoding="ascii")


def gazetteer_stamp(gazetteer: Path, cities_dir: Path) -> Stamp:
    """Answer the stamp of a gazetteer that is built from today's code, packages and files."""
    files = [*_files_of(_PACKAGE / "geocoding"), cities_dir / ".stamp"]
    return Stamp(gazetteer.parent / ".stamps" / "gazetteer", _digest(files, map(version, PACKAGES)))


def demo_stamp(instance: Path, database_url: str) -> Stamp:
    """Answer the stamp of the demo that is loaded into a database."""
    return Stamp(
        instance / ".stamps" / "demo", _digest(_files_of(_PACKAGE / "exchange" / "demo"), [database_url])
    )


def _files_of(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix != ".pyc")


def _digest(files: Iterable[Path], words: Iterable[str]) -> str:
    together = sha256()
    for file in files:
        together.update(file.read_bytes() if file.is_file() else b"")
    together.update("\n".join(words).encode())
    return together.hexdigest()
