"""Edits of productions with their titles and numbers elsewhere. All run inside an open change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.database import count_up
from tracker.foundation.dates import UNKNOWN, DateBound
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line, fold, slugify
from tracker.productions.models import Production, ProductionIdentifier, ProductionKind, Title, TitleKind
from tracker.productions.operations import add_identifier, bring_up_to_date
from tracker.productions.queries import identifiers_of, shoots_of

_NUMBERS = {
    "wikidata": (re.compile(r"\bQ[1-9]\d{0,11}\b"), "Q83808444"),
    "imdb": (re.compile(r"\btt\d{7,10}\b"), "tt9603212"),
    "tmdb": (re.compile(r"(?:\A|/movie/|/tv/)(\d{1,10})(?:\Z|[-/?])"), "575264"),
}
SCHEMES = tuple(_NUMBERS)
FIRST_YEAR, LAST_YEAR = 1870, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleDraft:
    """A name of a production; `id` is that of the title that it changes, None for a new one."""

    text: str
    kind: TitleKind
    language: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionDraft:
    """A production as a person describes it. `numbers` are by scheme; an empty one takes it back."""

    kind: ProductionKind
    year: int | None
    titles: Sequence[TitleDraft]
    released: DateBound = UNKNOWN
    numbers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise InvalidValueError(
                f"{self.year} is no year of a film. Write one from {FIRST_YEAR} to {LAST_YEAR}."
            )
        if any(not fold(title.text) for title in self.titles):
            raise InvalidValueError("A title cannot be empty. Write it again, or leave it as it was.")
        keys = [fold(title.text) for title in self.titles]
        if len(set(keys)) < len(keys):
            twice = next(title.text for title in self.titles if keys.count(fold(title.text)) > 1)
            raise InvalidValueError(f"The title {twice!r} is there twice. Keep one of them.")
        if not any(title.kind is TitleKind.OFFICIAL for title in self.titles):
            raise InvalidValueError("One title has to be the official one. Choose which.")


def check_number(scheme: str, text: str) -> str:
    """Answer a production's number in another database, also out of an address there; "" for no text."""
    pattern, example = _NUMBERS[scheme]
    text = clean_line(text)
    found = pattern.search(text)
    if text and found is None:
        raise InvalidValueError(f"{text[:60]!r} is no number of {scheme}. Write one such as {example}.")
    return found[found.lastindex or 0] if found else ""


def edit_production(session: Session, production: Production, draft: ProductionDraft) -> None:
    """Write what a person says of a production, and bring its shoots up to date with its release.

    The production's address stays as it is. Raises InvalidValueError for a number that another production
    has, and StaleDataError if somebody else saved it meanwhile.
    """
    before = production.version
    official = next(title for title in draft.titles if title.kind is TitleKind.OFFICIAL)
    production.title = clean_line(official.text)[:300]
    production.kind, production.year = draft.kind, draft.year
    is_moved = production.released != draft.released
    if is_moved:
        production.released = draft.released
    _write_titles(session, production, draft.titles)
    for scheme, number in draft.numbers.items():
        _write_number(session, production, scheme, check_number(scheme, number))
    session.flush()
    if production.version == before:
        count_up(session, production)
    if is_moved:
        bring_up_to_date(session, shoots_of(session, production.id))


def _write_titles(session: Session, production: Production, drafts: Sequence[TitleDraft]) -> None:
    of_film = select(Title).where(Title.production_id == production.id)
    known = {title.id: title for title in session.scalars(of_film)}
    for draft in drafts:
        title = known.get(draft.id) if draft.id is not None else None
        if title is None:
            title = Title(production_id=production.id)
            session.add(title)
        text = clean_line(draft.text)[:300]
        title.text, title.kind, title.language = text, draft.kind, draft.language
        title.key, title.slug = fold(text)[:300], slugify(text, fallback="title")


def _write_number(session: Session, production: Production, scheme: str, number: str) -> None:
    known = next((i for i in identifiers_of(session, production.id) if i.scheme == scheme), None)
    if known is not None and known.value == number:
        return
    if number:
        of_another = session.scalar(
            select(Production.title)
            .join(ProductionIdentifier, ProductionIdentifier.production_id == Production.id)
            .where(ProductionIdentifier.scheme == scheme, ProductionIdentifier.value == number)
        )
        if of_another is not None:
            raise InvalidValueError(f"{number} of {scheme} belongs to {of_another!r} already.")
    if known is None:
        if number:
            add_identifier(session, production, scheme=scheme, value=number)
    elif number:
        known.value = number
    else:
        session.delete(known)
