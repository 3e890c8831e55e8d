"""Find out in which encoding a text file is written, and say so where it had to be guessed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from tracker.exchange.reading.unsure import UnsureEncodingError
from tracker.foundation.errors import DataFileError

_CHUNK = 1 << 20
_SAMPLE = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}
_TYPOGRAPHY = frozenset("“”„‘’‚–—…«»€£°•·\u00a0")


# Fewer letters than these in favour of one reading are chance.
_MARGIN = 2
_TYPICAL = 1.0
_WORDS_SHOWN = 4
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    **_LEGACY,
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a file. `remark` tells what was guessed or is damaged, "" where the file itself tells."""

    codec: str
    errors: str = "strict"
    remark: str = ""

    @property
    def name(self) -> str:
        return _NAMES.get(self.codec, self.codec)


def encoding_of(path: Path, *, given: str | None = None) -> Encoding:
    """Answer the encoding of a text file, or the `given` one if the file can be read so.

    Raises DataFileError if it is empty, no text at all, or if its letters could be of several encodings.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if not sample.strip():
        raise DataFileError(f"{path.name} is empty. Choose the file that holds the rows.")
    if sample.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise DataFileError(
            f"{path.name} is a spreadsheet or archive. Save the sheet as CSV and import that."
        )
    if given:
        return _given(path, given)
    for bom, codec in _BOMS:
        if sample.startswith(bom):
            return Encoding(codec, "replace")
    wide = _wide_codec(sample)
    if wide:
        return Encoding(wide, "replace", "read as UTF-16 without a byte order mark")
    good, bad = _count_utf8(path)
    if not bad:
        return Encoding("utf-8")
    if good > bad:
        return Encoding("utf-8", "replace", f"damaged UTF-8 in {bad} places; those rows are rejected")
    codec = _legacy_codec(path, sample)
    words = ", ".join(_accented_words(sample, codec))
    return Encoding(codec, "replace", f"not UTF-8; read as {_LEGACY[codec]}, look at the accents: {words}")


def _legacy_codec(path: Path, sample: bytes) -> str:
    """Choose between the Western encodings of old, or ask: wrong letters are worse than a question."""
    scores = {name: _likelihood(sample, name) for name in _LEGACY}
    best, other = sorted(scores, key=lambda name: -scores[name])
    beyond_ascii = sum(byte > 127 for byte in sample)
    letters = sum(chr(byte).isalpha() or byte > 127 for byte in sample)
    is_foreign = beyond_ascii > 0.35 * letters or scores[best] < _TYPICAL * beyond_ascii
    if not is_foreign and scores[best] - scores[other] >= min(_MARGIN, beyond_ascii):
        return best
    readings = {name: _accented_words(sample, name) for name in _LEGACY}
    told = "; ".join(f"{name} gives {', '.join(words) or 'nothing'}" for name, words in readings.items())
    raise UnsureEncodingError(
        f"The letters of {path.name} may be of several encodings ({told}).",
        "Say which with --encoding, such as cp1252, mac_roman, cp1250, cp1251, shift_jis.",
        readings,
    )


def _accented_words(sample: bytes, codec: str) -> list[str]:
    """Answer a few words that hold letters beyond ASCII, as the codec reads them."""
    found: dict[str, None] = {}
    for part in re.split(rb"[\s,;|\"]+", sample):
        if not part.isascii():
            text = part.decode(codec, "replace").strip(" \"',;.()«»“”")
            found.setdefault(text[:40])
        if len(found) == _WORDS_SHOWN:
            break
    return list(found)


def _given(path: Path, name: str) -> Encoding:
    """Take the encoding that the person names, if there is one of that name and the whole file fits."""
    try:
        codec = codecs.lookup(name).name
        decoder = codecs.getincrementaldecoder(codec)("strict")
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except LookupError:
        raise DataFileError(f"There is no encoding {name!r}. Write one such as utf-8 or cp1252.") from None
    except UnicodeError as error:
        raise DataFileError(
            f"{path.name} is not {name}: {error}. Leave --encoding out or correct it."
        ) from None
    return Encoding(codec, "strict", "as asked")


def _wide_codec(sample: bytes) -> str:
    """Recognise UTF-16 without a mark: in Western text nearly every second byte is NUL."""
    head = sample[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 2 < len(head) * 0.7:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _count_utf8(path: Path) -> tuple[int, int]:
    """Read a file as UTF-8; answer how many characters lie beyond ASCII, and how many bytes do not fit."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            wrong = text.count("\ufffd")
            bad += wrong
            if not text.isascii():
                good += len(text) - len(text.encode("ascii", "ignore")) - wrong
            if not chunk:
                return good, bad


def _likelihood(sample: bytes, codec: str) -> int:
    """Answer how much a decoded text looks like words: no capital or sign inside a word in small letters."""
    text = f" {sample.decode(codec, 'replace')} "
    score = 0
    for at in range(1, len(text) - 1):
        letter = text[at]
        if letter.isascii():
            continue
        before, after = text[at - 1], text[at + 1]
        if letter == "\ufffd":
            score -= 4
        elif letter.isalpha():
            score += -2 if letter.isupper() and before.islower() else 2
        elif letter in _TYPOGRAPHY:
            score += 1
        else:
            score -= 3 if before.isalpha() and after.isalpha() else 1
    return score
