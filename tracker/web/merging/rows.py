"""The rows of a merge as moderators read them: a name, what tells it apart, and where it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.foundation.dates import describe_short
from tracker.foundation.text import clean_line
from tracker.history.models import Change, Revision
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.productions.models import Production, Shoot
from tracker.sightings.merging import MergeKind
from tracker.sources.models import Source
from tracker.web.places.public import kind_and_where, place_url
from tracker.web.productions.shoot_words import film_url, stop_url

MODELS: dict[MergeKind, type[Any]] = {
    MergeKind.PRODUCTION: Production,
    MergeKind.PLACE: Place,
    MergeKind.SOURCE: Source,
    MergeKind.SHOOT: Shoot,
}
NOUNS = {
    MergeKind.PRODUCTION: "film",
    MergeKind.PLACE: "place",
    MergeKind.SOURCE: "source",
    MergeKind.SHOOT: "shoot",
}


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row: its number, name, what tells it from another, and its address."""

    id: int
    name: str
    line: str
    url: str


@dataclass(frozen=True, slots=True)
class Made:
    """A merge in the history that can be taken back."""

    change_id: int
    words: str
    author: str


def lines_of(session: Session, kind: MergeKind, ids: Iterable[int]) -> dict[int, RowLine]:
    """Answer rows by number, in one statement; what is merged or never was there is missing."""
    model = MODELS[kind]
    found = select(model).where(model.id.in_(set(ids)))
    if kind is MergeKind.SHOOT:
        found = found.options(joinedload(Shoot.production), joinedload(Shoot.place))
    return {row.id: _LINES[kind](row) for row in session.scalars(found)}


def number_of(text: str) -> int | None:
    """Answer the number in "12", "12 Rauma" or an address that ends in /places/12-rauma, None without."""
    last = clean_line(text).partition("?")[0].rstrip("/").rpartition("/")[2]
    number = last.partition(" ")[0].partition("-")[0].removeprefix("#")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 9 else None


def latest_merges(session: Session, *, limit: int = 20) -> list[Made]:
    """Answer the latest merges that are not taken back, newest first."""
    made: list[Made] = []
    for kind, model in MODELS.items():
        merged = select(model.id).where(model.merged_into_id.is_not(None)).execution_options(with_merged=True)
        ids = list(session.scalars(merged.order_by(model.id.desc()).limit(4 * limit)))
        revisions = session.scalars(
            select(Revision)
            .where(Revision.table_name == kind.value, Revision.row_id.in_(ids))
            .options(joinedload(Revision.change).joinedload(Change.author))
            .order_by(Revision.id.desc())
            .limit(10 * limit)
        )
        seen: set[int] = set()
        for revision in revisions:
            before, after = revision.before or {}, revision.after or {}
            if after.get("merged_into_id") and before.get("merged_into_id", 0) is None:
                if revision.row_id not in seen:
                    author = revision.change.author
                    made.append(
                        Made(revision.change_id, revision.change.comment, author.name if author else "")
                    )
                seen.add(revision.row_id)
    return sorted(made, key=lambda one: -one.change_id)[:limit]


def _made(change: Change) -> Made:
    return Made(change.id, change.comment, change.author.name if change.author else "")


def _production(film: Production) -> RowLine:
    line = ", ".join(part for part in (film.kind.value.replace("_", " "), str(film.year or "")) if part)
    return RowLine(film.id, film.title, line, film_url(film))


def _place(place: Place) -> RowLine:
    return RowLine(place.id, public_name(place), kind_and_where(place), place_url(place))


def _source(source: Source) -> RowLine:
    parts = (source.kind.word, source.author, source.outlet, source.address or "")
    line = ", ".join(part for part in parts if part)
    return RowLine(source.id, source.title, line, url_for("sources.show", source_id=source.id))


def _shoot(shoot: Shoot) -> RowLine:
    name = f"{shoot.production.title} at {public_name(shoot.place)}"
    known = not (shoot.start.is_unknown and shoot.end.is_unknown)
    when = describe_short(shoot.period) if known else "no dates"
    return RowLine(shoot.id, name, f"{when}, {shoot.unit.value} unit", stop_url(shoot))


_LINES: dict[MergeKind, Any] = {
    MergeKind.PRODUCTION: _production,
    MergeKind.PLACE: _place,
    MergeKind.SOURCE: _source,
    MergeKind.SHOOT: _shoot,
}
