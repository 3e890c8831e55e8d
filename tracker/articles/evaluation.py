"""Measure the extraction on articles whose facts are known: precision, recall, F1, traps that came out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.articles.article import Article, read_article
from tracker.articles.model import Extraction, FoundDate, FoundPlace, FoundSource, Resolves
from tracker.foundation.errors import DataFileError
from tracker.foundation.text import fold
from tracker.geocoding.sphere import distance_m

NEAR_M = 25_000.0
KINDS = ("productions", "places", "dates", "people", "sources")
_TRAP = re.compile(
    r"(?P<name>.+?) (?:is|are) (?:a |an |the |no |not |another |only )*"
    r"(?:character|journalist|mayor|councillor|official|title|shoot place|photo date|e-mail|fictional)"
)
_PLANNED = re.compile(r"(?P<name>.+?) is the next stop: planned")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind of fact: found and right, found in all, wanted and found, wanted in all."""

    right: int = 0
    found: int = 0
    hit: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.found + other.found,
            self.hit + other.hit,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.hit / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One article: a score for each kind of fact, what was missed or wrong, the traps that came out."""

    name: str
    scores: dict[str, Score]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    traps: tuple[str, ...]


def read_folder(folder: Path) -> Iterator[tuple[str, Article, dict[str, Any]]]:
    """Read the JSON files of a folder; raise DataFileError where one is no article with expected facts."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise DataFileError(f"{folder} holds no JSON files. Give a folder of articles with expected facts.")
    for file in files:
        try:
            raw = file.read_text(encoding="utf-8")
            expected = json.loads(raw)["expected"]
        except (OSError, ValueError, KeyError) as error:
            raise DataFileError(
                f"{file} cannot be used: {error!r}. Give text, published and expected."
            ) from error
        yield file.stem, read_article(raw), expected


def evaluate(folder: Path, extract: Callable[[Article], Extraction], gazetteer: Resolves) -> Iterator[Judged]:
    """Extract from each article of a folder and compare with what it is known to say."""
    for name, article, expected in read_folder(folder):
        yield judge(name, extract(article), expected, gazetteer)


def judge(name: str, found: Extraction, expected: dict[str, Any], gazetteer: Resolves) -> Judged:
    """Compare the facts of one article with the expected ones."""
    tests: dict[str, Callable[[Any, Any], bool]] = {
        "productions": _is_title,
        "places": lambda place, wanted: is_place(place, wanted, gazetteer),
        "dates": is_date,
        "people": lambda person, wanted: fold(person.name) == fold(wanted["name"]),
        "sources": is_source,
    }
    scores, missed, wrong = {}, list[str](), list[str]()
    for kind in KINDS:
        facts: Sequence[Any] = getattr(found, kind)
        wanted: Sequence[Any] = expected.get(kind, ())
        right = [fact for fact in facts if any(tests[kind](fact, want) for want in wanted)]
        hit = [want for want in wanted if any(tests[kind](fact, want) for fact in facts)]
        scores[kind] = Score(len(right), len(facts), len(hit), len(wanted))
        missed += [f"{kind}: {_said(want)}" for want in wanted if want not in hit]
        wrong += [f"{kind}: {_told(fact)}" for fact in facts if fact not in right]
    traps = tuple(trap for trap in expected.get("traps", ()) if came_out(trap, found))
    return Judged(name, scores, tuple(missed), tuple(wrong), traps)


def total(judged: Sequence[Judged]) -> dict[str, Score]:
    """Add up the scores of all articles."""
    return {kind: sum((each.scores[kind] for each in judged), Score()) for kind in KINDS}


def _is_title(production: Any, wanted: dict[str, Any]) -> bool:
    names = {fold(name) for name in (production.title, *production.aliases)}
    return bool(names & {fold(wanted["title"]), *(fold(alias) for alias in wanted.get("aliases", ()))})


def is_place(place: FoundPlace, wanted: dict[str, Any], gazetteer: Resolves) -> bool:
    """Tell whether a place is the expected one: by a name, or within 25 km in the same country."""
    if wanted.get("country") and place.country and place.country != wanted["country"]:
        return False
    if wanted.get("production") and place.production and fold(wanted["production"]) != fold(place.production):
        return False
    mine, theirs = (
        {fold(place.name), fold(place.as_written)},
        {fold(wanted["name"]), fold(wanted["as_written"])},
    )
    if mine & theirs or any(_holds(one, other) or _holds(other, one) for one in mine for other in theirs):
        return True
    if place.approximate or place.lat is None or place.lon is None or wanted.get("within"):
        return False
    pin = gazetteer.resolve(wanted["name"], country=wanted.get("country"), limit=1).pin
    if pin is None or pin.approximate or pin.kind != place.kind:
        return False
    return distance_m(pin.lat, pin.lon, place.lat, place.lon) <= NEAR_M


def _holds(longer: str, shorter: str) -> bool:
    return f" {shorter} " in f" {longer} "


def is_date(found: FoundDate, wanted: dict[str, Any]) -> bool:
    """Tell whether both ends are the expected ones, approximate or not."""
    return all(
        (mine or "").rstrip("~") == (theirs or "").rstrip("~")
        for mine, theirs in ((found.start, wanted.get("start")), (found.end, wanted.get("end")))
    )


def is_source(found: FoundSource, wanted: dict[str, Any]) -> bool:
    """Tell whether type and handle, or type and name, are the expected ones."""
    if found.type != wanted["type"]:
        return False
    if wanted.get("handle") or found.handle:
        return found.handle == wanted.get("handle")
    return fold(found.name) == fold(wanted["name"]) or _holds(fold(found.name), fold(wanted["name"]))


def came_out(trap: str, found: Extraction) -> bool:
    """Tell whether what a trap warns of is among the facts, as far as its sentence names it."""
    planned = _PLANNED.match(trap)
    if planned:
        name = fold(planned["name"])
        return any(fold(place.name) == name and place.status == "confirmed" for place in found.places)
    match = _TRAP.match(trap)
    if match is None:
        return False
    name = fold(match["name"])
    told = [
        *(production.title for production in found.productions),
        *(person.name for person in found.people),
    ]
    told += [word for place in found.places for word in (place.name, place.as_written)]
    told += [date.text for date in found.dates] + [source.handle or "" for source in found.sources]
    return name in {fold(each) for each in told if each}


def _said(wanted: dict[str, Any]) -> str:
    return " ".join(
        str(wanted.get(key)) for key in ("title", "name", "type", "handle", "start", "end") if wanted.get(key)
    )


def _told(fact: Any) -> str:
    keys = (
        ("start", "end", "text")
        if isinstance(fact, FoundDate)
        else ("title", "name", "type", "handle", "country")
    )
    return " ".join(str(value) for key in keys if (value := getattr(fact, key, None)))
