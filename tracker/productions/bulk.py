"""Productions of an import: found by title and year, or added, many at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.bulk import Pending, chunks
from tracker.foundation.dates import UNKNOWN, DateBound
from tracker.foundation.text import clean_line, fold, slugify
from tracker.history.bulk import Log
from tracker.productions.models import (
    Production,
    ProductionIdentifier,
    ProductionKind,
    Title,
    TitleKind,
)

_PRODUCTION: Any = Production.__table__
_TITLE: Any = Title.__table__
_IDENTIFIER: Any = ProductionIdentifier.__table__


@dataclass(frozen=True, slots=True)
class Film:
    """A production as a row names it; `year` is that of its release, `identifiers` are (scheme, value)."""

    title: str
    year: int | None = None
    kind: ProductionKind = ProductionKind.FILM
    identifiers: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        return _key(self.title)


@lru_cache(maxsize=65_536)
def _key(title: str) -> str:
    # Rows of one production stand far apart, and each asks several times.
    return fold(title)[:300]


@dataclass(frozen=True, slots=True)
class KnownFilm:
    """A production on record, with what is needed to grade its shoots."""

    id: int
    year: int | None
    released: DateBound


@dataclass(slots=True)
class Films:
    """The productions that an import has met so far: memory grows with them, not with the rows.

    `_slugs` are those on record that new productions of a batch could want.
    """

    _by_key: dict[str, list[KnownFilm]] = field(default_factory=dict)
    _by_identifier: dict[tuple[str, str], KnownFilm] = field(default_factory=dict)
    _slugs: set[str] = field(default_factory=set)

    def meet(self, session: Session, films: Iterable[Film]) -> None:
        """Look up what the record holds of these."""
        films = list(dict.fromkeys(films))
        keys = sorted({film.key for film in films} - self._by_key.keys())
        identifiers = {pair for film in films for pair in film.identifiers} - self._by_identifier.keys()
        for some in chunks(keys):
            self._by_key |= {key: [] for key in some}
            rows = session.execute(
                select(Title.key, *_KNOWN)
                .join(Title, Title.production_id == Production.id)
                .where(Title.key.in_(some))
                .order_by(Production.id)
            )
            for row in rows:
                self._by_key[row.key].append(KnownFilm(row.id, row.year, row.released))
        for some in chunks(sorted({value for _, value in identifiers})):
            rows = session.execute(
                select(ProductionIdentifier.scheme, ProductionIdentifier.value, *_KNOWN)
                .join(Production, Production.id == ProductionIdentifier.production_id)
                .where(ProductionIdentifier.value.in_(some))
            )
            for row in rows:
                self._by_identifier[row.scheme, row.value] = KnownFilm(row.id, row.year, row.released)
        self._slugs = _slugs_like(session, [film for film in films if self._is_new(film)])

    def find(self, film: Film) -> KnownFilm | None:
        """Answer the production that a row means; None if it is new, or if several could be meant."""
        for pair in film.identifiers:
            if pair in self._by_identifier:
                return self._by_identifier[pair]
        named = self._by_key.get(film.key, [])
        if film.identifiers and not film.year:
            named = [] if any(self._is_identified(one) for one in named) else named
        if film.year is not None:
            return next((one for one in named if one.year in (film.year, None)), None)
        return named[0] if len(named) == 1 else None

    def is_ambiguous(self, film: Film) -> bool:
        """Tell whether several productions are called so, and nothing says which is meant."""
        return film.year is None and not film.identifiers and len(self._by_key.get(film.key, [])) > 1

    def add(self, pending: Pending, log: Log, films: Iterable[Film]) -> int:
        """Add those of `films` that are not known yet, each once; answer how many. All must have been met."""
        fresh: list[Film] = []
        for film in dict.fromkeys(films):
            if self._is_new(film):
                fresh.append(film)
                # Known from here on; the id follows below.
                self._remember(film, KnownFilm(-len(fresh), film.year, UNKNOWN))
        if not fresh:
            return 0
        numbers = pending.take(_PRODUCTION, len(fresh))
        for at, (number, film) in enumerate(zip(numbers, fresh, strict=True), start=1):
            known = KnownFilm(number, film.year, _released(film.year))
            self._forget(film, -at)
            self._remember(film, known)
        slugs = _free_slugs(fresh, self._slugs)
        _put(pending, log, list(zip(numbers, fresh, slugs, strict=True)))
        return len(fresh)

    def _is_new(self, film: Film) -> bool:
        return self.find(film) is None and not self.is_ambiguous(film)

    def _remember(self, film: Film, known: KnownFilm) -> None:
        self._by_key.setdefault(film.key, []).append(known)
        for pair in film.identifiers:
            self._by_identifier[pair] = known

    def _forget(self, film: Film, number: int) -> None:
        self._by_key[film.key] = [one for one in self._by_key[film.key] if one.id != number]

    def _is_identified(self, known: KnownFilm) -> bool:
        return any(one.id == known.id for one in self._by_identifier.values())


_KNOWN = (Production.id, Production.year, Production.released)


@lru_cache(maxsize=1024)
def _released(year: int | None) -> DateBound:
    return DateBound.from_edtf(str(year), str(year)) if year else UNKNOWN


def _put(pending: Pending, log: Log, films: Sequence[tuple[int, Film, str]]) -> None:
    storage = pending.storage
    productions, titles, identifiers = [], [], []
    title_ids = pending.take(_TITLE, len(films))
    identifier_ids = iter(pending.take(_IDENTIFIER, sum(len(f.identifiers) for _, f, _ in films)))
    for (number, film, slug), title_id in zip(films, title_ids, strict=True):
        subject = ("production", number)
        text = clean_line(film.title)[:300]
        released = _released(film.year)
        bound = {
            "released_text": released.text,
            "released_edtf": released.edtf,
            "released_earliest": released.earliest,
            "released_latest": released.latest,
        }
        productions.append(
            (
                *(number, slug, text, film.kind.value, film.year, released.text, released.edtf),
                *(storage.day(released.earliest), storage.day(released.latest), 1),
            )
        )
        plain = {name: _iso(value) for name, value in bound.items()}
        after = {"slug": slug, "title": text, "kind": film.kind.value, "year": film.year, **plain}
        log.added("production", number, text, after, subject)
        own = slugify(text, fallback="title")
        titles.append((title_id, number, text, film.key, own, TitleKind.OFFICIAL.value, None))
        after = {"production_id": number, "text": text, "slug": own, "kind": TitleKind.OFFICIAL.value}
        log.added("title", title_id, text, after, subject)
        for (scheme, value), row_id in zip(film.identifiers, identifier_ids, strict=False):
            identifiers.append((row_id, number, scheme, value))
            after = {"production_id": number, "scheme": scheme, "value": value}
            log.added("production_identifier", row_id, f"{scheme} {value}", after, subject)
    pending.put(_PRODUCTION, _PRODUCTION_COLUMNS, productions)
    columns = ("id", "production_id", "text", "key", "slug", "kind", "language")
    pending.put(_TITLE, columns, titles)
    pending.put(_IDENTIFIER, ("id", "production_id", "scheme", "value"), identifiers)


_PRODUCTION_COLUMNS = (
    "id",
    "slug",
    "title",
    "kind",
    "year",
    "released_text",
    "released_edtf",
    "released_earliest",
    "released_latest",
    "version",
)


def _iso(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _slugs_like(session: Session, films: Sequence[Film]) -> set[str]:
    """Answer the slugs on record that stand in the way of new productions."""
    bases = Counter(_slug(film) for film in films)
    taken: set[str] = set()
    for some in chunks(sorted(bases)):
        taken.update(session.scalars(select(Production.slug).where(Production.slug.in_(some))))
    for base in sorted(base for base, times in bases.items() if base in taken or times > 1):
        alike = select(Production.slug).where(Production.slug.startswith(base, autoescape=True))
        taken.update(session.scalars(alike))
    return taken


def _free_slugs(films: Sequence[Film], taken: set[str]) -> list[str]:
    """Answer a slug for each: the title's, with the year, then with a number, where another has it."""
    answers: list[str] = []
    for film in films:
        base = _slug(film)
        answers.append(_first_free(base, film.year, taken) if base in taken else base)
        taken.add(answers[-1])
    return answers


def _slug(film: Film) -> str:
    return slugify(film.title, fallback="production")


def _first_free(base: str, year: int | None, taken: set[str]) -> str:
    stem = f"{base}-{year}" if year else base
    candidates = [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)
