"""What the pages of imports call things."""

from __future__ import annotations

from tracker.exchange.running.report import FIGURES
from tracker.exchange.uploads.models import UploadState

FIELD_WORDS = {
    "title": "title of the production",
    "year": "year of release",
    "type": "kind of production",
    "place": "place",
    "place_detail": "place, more exactly",
    "around": "town or region around it",
    "country": "country",
    "start": "first day",
    "end": "last day",
    "shot_year": "year of filming",
    "point": "coordinates in one cell",
    "lat": "latitude",
    "lon": "longitude",
    "number": "number of the row at its source",
    "category": "category",
    "scene": "scene",
    "story_place": "what the place plays",
    "note": "note",
    "address": "address of the row's source",
    "wikidata": "Wikidata id",
    "imdb": "IMDb id",
}
ENCODINGS = [
    ("", "As the file tells"),
    ("utf-8", "UTF-8"),
    ("cp1252", "Western, Windows (cp1252)"),
    ("mac_roman", "Western, old Mac (mac_roman)"),
    ("cp1250", "Central European (cp1250)"),
    ("cp1251", "Cyrillic (cp1251)"),
    ("cp1253", "Greek (cp1253)"),
    ("cp1254", "Turkish (cp1254)"),
    ("shift_jis", "Japanese (shift_jis)"),
    ("gb18030", "Chinese (gb18030)"),
    ("big5", "Chinese, traditional (big5)"),
    ("euc_kr", "Korean (euc_kr)"),
]
DELIMITERS = [
    ("", "What fits the file"),
    (",", "commas"),
    (";", "semicolons"),
    ("\t", "tabs"),
    ("|", "bars"),
]
ORDERS = [("", "What the dates tell"), ("day-first", "5 March"), ("month-first", "3 May")]
STATUSES = [
    ("confirmed", "work was done there"),
    ("permitted", "work was permitted there"),
    ("planned", "work was planned there"),
    ("rumoured", "work was rumoured there"),
]
STEPS = {
    UploadState.LOOKING: "Looking at the file",
    UploadState.TRYING: "Trying it out, nothing is saved",
    UploadState.WRITING: "Importing",
    UploadState.UNDOING: "Taking the import back",
}
COUNTED = {"reading": "lines read", "places": "places looked up", "rows": "rows"}
# What must be said even where it is none.
_ALWAYS = ("read", "new", "same", "changed", "repeated", "rejected")


def figures_of(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Answer the figures of a run with their labels, those that are none left out but for the first ones."""
    return [
        (label.capitalize(), counts.get(key, 0))
        for key, label in FIGURES.items()
        if counts.get(key, 0) or key in _ALWAYS
    ]


def size_in_words(size: int) -> str:
    """Answer a number of bytes as people say it."""
    if size < 1024:
        return f"{size} bytes"
    return f"{size / 1024:,.0f} kB" if size < 1 << 20 else f"{size / (1 << 20):,.1f} MB"


def seconds_in_words(seconds: float) -> str:
    """Answer how long something takes yet, in words."""
    if seconds < 5:
        return "a moment"
    if seconds < 90:
        return f"about {round(seconds / 5) * 5} seconds"
    return f"about {round(seconds / 60)} minutes"
