"""Cells of CSV files that others open in spreadsheets."""

from __future__ import annotations

import re

# Apostrophes before a sign count as well, so that reading back knows which one was ours.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def harmless(cell: str) -> str:
    """Answer the cell so that no spreadsheet runs it: an apostrophe before what would begin a formula.

    Plain numbers stay what they are: a longitude of -3.5 is no formula.
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def as_written(cell: str) -> str:
    """Answer what was in a cell before `harmless` put its apostrophe there."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
