"""Text as people type it: cleaning, folding for comparison, slugs."""

from __future__ import annotations

import re
import unicodedata

# Characters that reorder or hide text; they serve no name or note and disguise one name as another.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
# NFKD leaves these letters whole although people leave the stroke or ligature out.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
_SEPARATORS = re.compile(r"[\W_]+")
_SLUG_LENGTH = 80


def clean(text: str) -> str:
    """Answer the text in NFC without control, zero-width and direction-changing characters, ends trimmed."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip()


def clean_line(text: str) -> str:
    """Answer the cleaned text on one line, runs of white space as single blanks."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Answer a key under which spellings of one name meet: no case, accents, ligatures or punctuation."""
    decomposed = unicodedata.normalize("NFKD", clean(text).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    return _SEPARATORS.sub(" ", bare).strip()


def slugify(text: str, *, fallback: str) -> str:
    """Answer a part of an address made of the folded text, at most 80 characters, else the fallback."""
    words = fold(text).encode("ascii", "ignore").decode().split()
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:_SLUG_LENGTH]
        if len(longer) > _SLUG_LENGTH:
            break
        slug = longer
    return slug or fallback
