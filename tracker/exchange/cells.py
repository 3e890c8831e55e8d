"""Cells of CSV files that others open in spreadsheets."""

from __future__ import annotations

import re

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def harmless(cell: str) -> str:
    """Answer the cell so that no spreadsheet runs it: an apostrophe before what would begin a formula.

    Plain numbers stay what they are: a longitude of -3.5 is no formula.
    """
    if cell.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
