"""Cells with HTML in them, as the text that a reader would see."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from tracker.foundation.text import clean_line

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_FORMULA_SIGNS = frozenset("=+-@")
_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in ("script", "style")
        if tag in ("br", "p", "div", "li", "tr", "td"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def plain(cell: str) -> str:
    """Answer the words of a cell on one line: tags dropped, entities read."""
    if cell[:1] == "'" and cell[1:2] in _FORMULA_SIGNS:
        # What we put before cells that spreadsheets would run, in files of rejected rows.
        cell = cell[1:]
    if "<" in cell and _TAG.search(cell):
        reader = _Reader()
        reader.feed(cell)
        reader.close()
        cell = "".join(reader.parts)
    elif "&" in cell and _ENTITY.search(cell):
        cell = unescape(cell)
    if cell.isascii() and cell.isprintable():
        # Most cells, and cleaning costs as much as the rest of an import.
        return " ".join(cell.split())
    return clean_line(cell)
