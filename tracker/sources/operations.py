"""Writes of sources. All run inside an open change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.foundation.dates import UNKNOWN, DateBound
from tracker.foundation.errors import InvalidValueError
from tracker.sources.addresses import address_key, check_address
from tracker.sources.authors import join_authors
from tracker.sources.models import Source, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDraft:
    """A source as somebody describes it. `published` is as exact as the source itself shows."""

    kind: SourceKind
    title: str
    address: str = ""
    author: str = ""
    outlet: str = ""
    published: DateBound = UNKNOWN
    captured_on: date | None = None
    language: str | None = None
    by_cast: bool = False
    note: str = ""


def find_source(session: Session, address: str) -> Source | None:
    """Answer the source at that address, in any of its mobile or tracked variants."""
    return session.scalar(select(Source).where(Source.address_key == address_key(check_address(address))))


def find_or_add_source(session: Session, draft: SourceDraft, *, repeats: Source | None = None) -> Source:
    """Answer the source with the draft's address, else with its title and author; add it if there is none."""
    address = check_address(draft.address) if draft.address else None
    found = find_source(session, address) if address else _without_address(session, draft)
    if found is not None:
        return found
    source = Source(
        kind=draft.kind,
        by_cast=draft.by_cast,
        title=draft.title,
        author=join_authors([draft.author])[:300],
        outlet=draft.outlet,
        address=address,
        address_key=address_key(address) if address else None,
        language=draft.language,
        published=draft.published,
        captured_on=draft.captured_on,
        note=draft.note,
    )
    session.add(source)
    session.flush()
    if repeats is not None:
        mark_repeat(session, source, of=repeats)
    return source


def mark_repeat(session: Session, source: Source, *, of: Source) -> list[Source]:
    """Say that a source only passes another one on; chains collapse to the root.

    Answers all sources that count as another one than before: shoots that cite them want new grades.
    Raises InvalidValueError if the two would repeat each other.
    """
    if of.root_id == source.id or of.id == source.id:
        raise InvalidValueError(
            f"{source.title!r} and {of.title!r} would repeat each other. Choose the earlier one."
        )
    source.passes_on_id = of.id
    return _collapse(session, {source.root_id, of.root_id}, source)


def undo_repeat(session: Session, source: Source) -> list[Source]:
    """Let a source count for itself again; those that repeat it follow it.

    Answers all sources that count as another one than before; none if it repeats nothing.
    """
    if source.repeats_id is None:
        return []
    source.passes_on_id = None
    return _collapse(session, {source.root_id}, source)


def _collapse(session: Session, roots: set[int], source: Source) -> list[Source]:
    """Write anew which root each source of these families counts as; answer those that moved."""
    with session.no_autoflush:  # root and link are written together
        family = {source.id: source} | {
            each.id: each
            for each in session.scalars(
                select(Source).where(or_(Source.id.in_(roots), Source.repeats_id.in_(roots)))
            )
        }
    moved = []
    for each in family.values():
        root = _end_of_chain(each, family)
        if each.repeats_id != root:
            each.repeats_id = root
            moved.append(each)
    session.flush()
    return moved


def _end_of_chain(source: Source, family: Mapping[int, Source]) -> int | None:
    """Answer the id at the end of what a source passes on, None if it passes nothing on."""
    end = source.passes_on_id
    while end is not None and (following := family[end].passes_on_id) is not None:
        end = following
    return end


def _without_address(session: Session, draft: SourceDraft) -> Source | None:
    return session.scalar(
        select(Source).where(
            Source.address_key.is_(None),
            Source.kind == draft.kind,
            Source.title == draft.title,
            Source.author == join_authors([draft.author])[:300],
        )
    )
