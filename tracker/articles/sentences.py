"""Cut an article into sentences that know where they stand; lines with a label are parts of a listing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.articles.language import Language, flat

# No sentence is longer; a text without a stop or blank is cut: the patterns stay quick on any text.
_LONGEST_SENTENCE = 1_000
_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?…]+[\"”“»’')\]]*\s+(?=[\"“„«‘'(\[¿¡]*[A-ZÀ-ÞØÅÆ0-9@#])")
_WORD_BEFORE = re.compile(r"([^\s(\"“„«]+)$")
_LABEL = re.compile(r"\s*([^\W\d_][\w /-]{1,24}?)\s?:\s+(?=\S)")
_BYLINE = re.compile(
    r"\s*(?:by|von|par|por|di|av|text|foto|photo|fotos?)[: ]\s*[A-ZÀ-Þ/].{0,110}$", re.IGNORECASE
)
_LONGEST_BYLINE = 120
# Where an ordinal is written with a full stop: "am 16. Oktober".
_DOTS_ORDINALS = frozenset({"de", "no"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `start` is its offset in the article, `flat` its text in lower case without accents.

    `line` numbers the line that it stands on; `label` is what a line of a listing begins with ("location"),
    `body` where in the sentence the text after the label begins.
    """

    start: int
    text: str
    flat: str
    line: int
    label: str = ""
    body: int = 0
    byline: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def split(text: str, language: Language, *, is_label: Callable[[str], bool] | None = None) -> list[Sentence]:
    """Return the sentences of an article in order; a line break always ends one.

    `is_label` tells which beginnings of a line are labels; without it all are that look like one.
    """
    abbreviations = language.words("abbreviations")
    found: list[Sentence] = []
    for number, line in enumerate(_LINE.finditer(text)):
        is_byline = (
            len(line[0]) <= _LONGEST_BYLINE
            and bool(_BYLINE.match(line[0]))
            and not line[0].rstrip().endswith(".")
        )
        label = _LABEL.match(line[0])
        if label and is_label is not None and not is_label(flat(label[1])):
            label = None  # "Fast X: Vin Diesel spotted in Rome" is a headline
        if label and not is_byline and len(line[0]) <= _LONGEST_SENTENCE:
            found.append(_sentence(line.start(), line[0], number, flat(label[1]), label.end()))
            continue
        for start, piece in _short(_pieces(line[0], abbreviations, language.code in _DOTS_ORDINALS)):
            found.append(_sentence(line.start() + start, piece, number, byline=is_byline))
    return found


def _sentence(
    start: int, text: str, line: int, label: str = "", body: int = 0, *, byline: bool = False
) -> Sentence:
    return Sentence(start, text, flat(text), line, label, body, byline)


def _pieces(line: str, abbreviations: frozenset[str], dots: bool) -> Iterator[tuple[int, str]]:
    start = 0
    for stop in _STOP.finditer(line):
        if stop[0][0] == "." and _is_abbreviation(
            line[max(0, stop.start() - 20) : stop.start()], line[stop.end() :][:1], abbreviations, dots
        ):
            continue
        yield start, line[start : stop.end()]
        start = stop.end()
    if line[start:].strip():
        yield start, line[start:]


def _short(pieces: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for start, piece in pieces:
        at = 0
        while len(piece) - at > _LONGEST_SENTENCE:
            blank = piece.rfind(" ", at + 1, at + _LONGEST_SENTENCE)
            cut = blank if blank > at else at + _LONGEST_SENTENCE
            yield start + at, piece[at:cut]
            at = cut
        yield start + at, piece[at:]


def _is_abbreviation(before: str, after: str, abbreviations: frozenset[str], dots: bool) -> bool:
    word = _WORD_BEFORE.search(before)
    if word is None:
        return False
    last = flat(word[1])
    if last in abbreviations or (len(last) == 1 and last.isalpha()):
        return True
    # "am 16. Oktober": an ordinal, unless a year or a time of day ends the sentence.
    return dots and last.isdigit() and len(last) <= 2 and after[:1].isalpha()
