"""Listings of what is being filmed: lines such as "Movie: Free Guy", "Stars: …", "Location: …", by region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.articles.language import whole_words
from tracker.articles.sentences import Sentence


def _labels(names: str) -> frozenset[str]:
    return frozenset(names.split("|"))


_FILM = _labels(
    "movie|film|feature|feature film|pelicula|kinofilm|spielfilm|long metrage|lungometraggio|"
    "spillefilm|production|produktion|titel|title|titre|titulo|titolo|tittel|project|short film"
)
_SERIES = _labels(
    "tv series|series|tv show|show|serie|tv|tv-serie|fernsehserie|serie tv|mini-series|miniseries|"
    "limited series"
)
_LOCATION = _labels(
    "location|locations|where|filming location|filming locations|drehort|drehorte|lieu|lieux|"
    "lieu de tournage|lieux de tournage|localizacion|localizaciones|lugar|luogo|luoghi|sted|"
    "innspillingssted|innspillingssteder|address|ort|orte"
)
_STARS = _labels(
    "stars|star|starring|cast|darsteller|besetzung|mit|avec|distribution|acteurs|reparto|"
    "interpretes|interpreti|attori|medvirkende|skuespillere|i rollene"
)
_DIRECTOR = _labels(
    "director|directors|directed by|regie|realisateur|realisation|realisatrice|direccion|director/a|"
    "regia|regista|regi|regissor"
)
_PRODUCER = _labels("producer|producers|produzent|producteur|productor|produttore|produsent")
_WRITER = _labels("writer|writers|drehbuch|scenario|scenariste|guion|sceneggiatura|manus")
_CREDIT = _labels("credit|credits|via|tip|source|thanks")
_DATES = _labels(
    "date|dates|when|datum|drehzeit|drehzeitraum|fecha|fechas|date de tournage|dates de tournage|"
    "periodo|dato|opptak|shooting dates|filming dates|zeitraum"
)

WORKING = _labels(
    "working title|aka|arbeitstitel|titre provisoire|titulo provisional|titolo provvisorio|arbeidstittel"
)
_LABELS = (
    _FILM | _SERIES | _LOCATION | _STARS | _DIRECTOR | _PRODUCER | _WRITER | _CREDIT | _DATES | WORKING
) - _labels("production|project|film|movie|series|show")
ROLES = {"actor": _STARS, "director": _DIRECTOR, "producer": _PRODUCER, "writer": _WRITER}
_HEADING = whole_words(
    r"(?:filming|shooting|now filming|what's filming|dreharbeiten|gedreht wird|tournages?|rodajes?"
    r"|riprese|innspillinger)"
    r"(?: this week| today| now)? (?:in|en|a|au|i)"
)
_LONGEST_HEADING = 60
_SEASON = re.compile(
    r"\s*\((?:season|series|staffel|saison|temporada|stagione|sesong) \w+\)\s*$", re.IGNORECASE
)


@dataclass
class Block:
    """One production of a listing with the lines that speak of it; `region` is that of its heading."""

    title: Sentence
    kind: str
    region: str
    lines: list[Sentence] = field(default_factory=list)

    def labelled(self, labels: frozenset[str]) -> list[Sentence]:
        return [line for line in self.lines if line.label in labels]

    @property
    def locations(self) -> list[Sentence]:
        return self.labelled(_LOCATION)

    @property
    def dates(self) -> list[Sentence]:
        return self.labelled(_DATES)

    @property
    def name(self) -> str:
        return body_of(self.title)


def body_of(line: Sentence) -> str:
    """Return what follows the label, without quotation marks."""
    return _SEASON.sub("", line.text[line.body :]).strip().strip("“”\"„«»‘’' ")


def blocks_of(sentences: Sequence[Sentence]) -> list[Block]:
    """Return the productions of a listing in order; a text without a line of locations is none."""
    found: list[Block] = []
    region = ""
    for sentence in sentences:
        if sentence.label in _FILM | _SERIES:
            found.append(Block(sentence, "tv series" if sentence.label in _SERIES else "film", region))
        elif sentence.label and found:
            found[-1].lines.append(sentence)
        else:
            region = heading_region(sentence) or region
    return found if any(block.locations for block in found) else []


def heading_region(sentence: Sentence) -> str:
    """Return the region of a heading such as "Filming in Georgia", or nothing."""
    match = _HEADING.match(sentence.flat.lstrip())
    if match is None or len(sentence.text) > _LONGEST_HEADING or sentence.text.rstrip().endswith("."):
        return ""
    return re.sub(r"\s*(?:this week|today|now|:)*[:\s]*$", "", sentence.text.lstrip()[match.end() :].strip())


def is_label(text: str) -> bool:
    """Tell whether a flat text before a colon labels what follows rather than being a part of it."""
    return text in _LABELS


def is_credit(sentence: Sentence) -> bool:
    return sentence.label in _CREDIT
