"""Picks: a small CSV file in which somebody chooses, once for all rows, which place is meant."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from tracker.exchange.cells import harmless
from tracker.exchange.running.report import Unplaced
from tracker.foundation.errors import DataFileError
from tracker.foundation.text import fold

_HEADER = ("place", "pick", "rows", "first line", "why")
_OFFERED = 5


def write_picks(path: Path, unplaced: Iterable[Unplaced]) -> None:
    """Write the places that wait for a choice, those of most rows first, with candidates to copy from."""
    offered = [f"candidate {n}" for n in range(1, _OFFERED + 1)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*_HEADER, *offered])
        for one in sorted(unplaced, key=lambda one: (-one.rows, one.first_line)):
            candidates = [f"{number} = {label}" for number, label in one.candidates]
            row = [one.text, "", str(one.rows), str(one.first_line), one.why, *candidates]
            writer.writerow([harmless(cell) for cell in row])


def read_picks(path: Path) -> dict[str, str]:
    """Answer the choices by folded place: a candidate's id, another place's name, or "-" for no pin at all.

    Raises DataFileError if the file is no picks file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeError) as error:
        raise DataFileError(f"The picks {str(path)!r} cannot be read ({error}). Save it as UTF-8.") from None
    if rows and not {"place", "pick"} <= rows[0].keys():
        raise DataFileError(f"{path.name} has no columns place and pick. Take the file that a dry run wrote.")
    found = {}
    for row in rows:
        # What was copied with its label is taken by the id before it.
        pick = (row["pick"] or "").strip().partition(" = ")[0].strip()
        if pick:
            found[fold((row["place"] or "").lstrip("'"))] = pick
    return found
