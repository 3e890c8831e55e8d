"""The public dump that is offered for download: the newest whole one in the folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from tracker.exchange.dumping.manifest import DumpKind, Manifest, read_manifest
from tracker.exchange.dumping.public import archives
from tracker.exchange.dumping.stores import opened
from tracker.foundation.errors import DataFileError


@dataclass(frozen=True, slots=True)
class Offer:
    """A public dump: its file, size in bytes, SHA-256 in hexadecimal, when it was saved, what it says."""

    path: Path
    size: int
    sha256: str
    saved_at: datetime
    manifest: Manifest


def newest(folder: Path) -> Offer | None:
    """Answer the newest public dump; what is damaged, or holds more than is public, is passed over."""
    for path in archives(folder):
        try:
            stat = path.stat()
            offer = _read(path, stat.st_mtime_ns, stat.st_size)
        except (DataFileError, OSError):
            continue
        if offer.manifest.kind is DumpKind.PUBLIC:
            return offer
    return None


@lru_cache(maxsize=16)
def _read(path: Path, saved_ns: int, size: int) -> Offer:
    """Read and hash a file once for each time that it is saved."""
    with opened(path) as source:
        manifest = read_manifest(source)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Offer(path, size, digest, datetime.fromtimestamp(saved_ns // 10**9, UTC), manifest)
