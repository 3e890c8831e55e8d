"""How much a file that is read whole may hold: a small archive can unpack to any size."""

from __future__ import annotations

import zipfile

from tracker.foundation.errors import DataFileError

MOST_BYTES = 64 << 20
MOST_ENTRIES = 1_000
MOST_RATIO = 200


def read_entry(archive: zipfile.ZipFile, ending: str) -> bytes:
    """Answer the first entry of an archive with that ending.

    Raises DataFileError for an archive of too many entries, or an entry too large or too tightly packed.
    """
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise DataFileError(f"The archive has {len(entries):,} entries; at most {MOST_ENTRIES:,} are read.")
    entry = next((e for e in entries if e.filename.casefold().endswith(ending)), None)
    if entry is None:
        raise DataFileError(f"The archive holds no {ending} file. Unpack it and choose the file itself.")
    if entry.file_size > MOST_BYTES or entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise DataFileError(
            f"{entry.filename} unpacks to {entry.file_size:,} bytes from {entry.compress_size:,}; "
            "that is refused as harmful. Unpack it yourself if you trust it."
        )
    with archive.open(entry) as file:
        # The sizes in the directory are only what the archive says of itself.
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DataFileError(f"{entry.filename} unpacks to more than {MOST_BYTES >> 20} MB. Split it.")
    return content
