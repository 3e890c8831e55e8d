"""What an article says, fact by fact, each with its position in the text."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from tracker.geocoding.candidates import Answer


class Status(enum.StrEnum):
    """What the article asserts of a shoot; `IMPLIED` is only thanked for or hinted at."""

    CONFIRMED = "confirmed"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True)
class KnownTitle:
    """A production on record: its title and every other name that it goes by."""

    title: str
    names: tuple[str, ...] = ()
    kind: str = "film"


# What the productions on record are called; asked once for each article.
KnownTitles = Callable[[], Sequence[KnownTitle]]


class Resolves(Protocol):
    """Whoever finds places by name: the gazetteer, or the cascade around it."""

    def resolve(
        self,
        query: str,
        *,
        context: str = "",
        country: str | None = None,
        near: tuple[float, float] | None = None,
        limit: int = 8,
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class FoundProduction:
    """A production, `known` or only proposed; offsets are those of its first mention."""

    title: str
    kind: str
    aliases: tuple[str, ...]
    known: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place of the shoot. `precision` is country, region, municipality or place; position in degrees.

    A place that is not listed stands at the town around it: `approximate`, with the town's uncertainty; with
    no town known, it has no position.
    """

    name: str
    as_written: str
    country: str | None
    within: str | None
    kind: str
    precision: str
    status: Status
    lat: float | None
    lon: float | None
    uncertainty_m: float | None
    confidence: float
    approximate: bool
    production: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A period of shooting: its two ends in EDTF, None where the article does not say.

    `start_offset` and `end_offset` are where `text` stands. `unresolved` says why a phrase has no date.
    """

    start: str | None
    end: str | None
    text: str
    applies_to: tuple[str, ...]
    status: Status
    unresolved: str
    start_offset: int
    end_offset: int


@dataclass(frozen=True, slots=True)
class FoundOrder:
    """The article says that the shoot moves on to `place`, next after each of `after`.

    Places by the offset where each is first named (`FoundPlace.start`); `text` is the sentence that says so.
    """

    place: int
    after: tuple[int, ...]
    text: str
    start_offset: int
    end_offset: int


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who works on the production."""

    name: str
    role: str
    production: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundSource:
    """Whom the article relies on; `handle` begins with @, `type` is a platform or a sort of publisher."""

    type: str
    name: str
    handle: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one article."""

    language: str
    published: str | None
    status: Status | None
    productions: tuple[FoundProduction, ...]
    places: tuple[FoundPlace, ...]
    dates: tuple[FoundDate, ...]
    people: tuple[FoundPerson, ...]
    sources: tuple[FoundSource, ...]
    orders: tuple[FoundOrder, ...] = ()

    def as_record(self) -> dict[str, object]:
        """Return plain values, ready for JSON."""
        return asdict(self)
