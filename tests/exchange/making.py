"""Timeline files for the tests: a good row, and what is changed in it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tracker.exchange.timeline import NEEDED, OPTIONAL

COLUMNS = (*NEEDED, *OPTIONAL)
GOOD = {
    "production": "The Long Train",
    "year": "2021",
    "seq": "1",
    "place": "Rauma",
    "country": "NO",
    "start": "2020-09-06",
    "end": "2020-09-10",
    "status": "confirmed",
    "source_url": "https://paper.example/2020/09/12/train",
    "note": "On the line.",
}


def row(**cells: str) -> dict[str, str]:
    """Answer a good row with some cells changed."""
    return {**GOOD, **cells}


def text_of(*rows: dict[str, str], delimiter: str = ",", columns: tuple[str, ...] = COLUMNS) -> str:
    """Answer rows as the text of a CSV file with its header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def timeline_file(folder: Path, *rows: dict[str, str], encoding: str = "utf-8") -> Path:
    """Write rows to a timeline file."""
    path = folder / "timeline.csv"
    path.write_bytes(text_of(*rows).encode(encoding))
    return path
