"""Write rejected rows to a file that can be corrected and imported again."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from tracker.exchange.cells import harmless
from tracker.exchange.csvrows import Rejected

# How the file of rejected rows is called behind the name of the file that they came from.
REJECTS = ".rejected.csv"
_LONGEST_SHOWN = 1_000


def write_rejects(path: Path, header: Iterable[str], rejected: Iterable[Rejected]) -> None:
    """Write rows under their own header, after the line and the reason; overlong cells are cut."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "reason", *(_cell(name) for name in header)])
        for one in rejected:
            writer.writerow([one.line, _cell(one.reason), *(_cell(cell) for cell in one.row)])


def _cell(text: str) -> str:
    text = text.replace("\x00", "\ufffd")
    if len(text) > _LONGEST_SHOWN:
        text = text[: _LONGEST_SHOWN - 1] + "…"
    return harmless(text)
