"""Writes of sources. All run inside an open change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.foundation.dates import UNKNOWN, DateBound
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.history.merging import WITH_MERGED, survivor_of
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
    archive_address: str = ""


def find_source(session: Session, address: str) -> Source | None:
    """Answer the source at that address, in any of its mobile or tracked variants."""
    same = select(Source).where(Source.address_key == address_key(check_address(address)))
    found = session.scalar(same.execution_options(**WITH_MERGED))
    return found and (survivor_of(session, Source, found.id) or found)


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
        archive_address=check_address(draft.archive_address) if draft.archive_address else None,
    )
    session.add(source)
    session.flush()
    if repeats is not None:
        mark_repeat(session, source, of=repeats)
    return source


def edit_source(session: Session, source: Source, draft: SourceDraft) -> None:
    """Write what a person says of a source. What it proves is brought up to date by whoever calls this.

    Raises InvalidValueError without a title, for a bad address or one that another source has, and
    StaleDataError if somebody else saved it meanwhile.
    """
    title = clean_line(draft.title)[:300]
    if not title:
        raise InvalidValueError("A source needs a title: what it is, in a few words.")
    address = check_address(draft.address) if draft.address else None
    other = find_source(session, address) if address else None
    if other is not None and other.id != source.id:
        raise InvalidValueError(
            f"Source {other.id}, {other.title!r}, has this address already. Cite that one instead."
        )
    source.kind, source.by_cast, source.title = draft.kind, draft.by_cast, title
    source.author, source.outlet = clean_line(draft.author)[:300], clean_line(draft.outlet)[:300]
    source.address, source.address_key = address, address_key(address) if address else None
    source.archive_address = check_address(draft.archive_address) if draft.archive_address else None
    source.language, source.captured_on = draft.language, draft.captured_on
    if source.published != draft.published:
        source.published = draft.published
    source.note = clean_line(draft.note)[:500]
    session.flush()


def mark_repeat(session: Session, source: Source, *, of: Source) -> list[Source]:
    """Say that a source only passes another one on; chains collapse to the root.

    Answers all sources that count as another one than before: shoots that cite them want new grades.
    Raises InvalidValueError if the two would repeat each other.
    """
    family = _family(session, source, of)
    if source.id in _chain(of, family):
        raise InvalidValueError(
            f"{source.title!r} and {of.title!r} would repeat each other. Choose the earlier one."
        )
    source.passes_on_id = of.id
    return _collapse(session, family)


def undo_repeat(session: Session, source: Source) -> list[Source]:
    """Let a source count for itself again; those that repeat it follow it.

    Answers all sources that count as another one than before; none if it repeats nothing.
    """
    if source.repeats_id is None:
        return []
    family = _family(session, source)
    source.passes_on_id = None
    return _collapse(session, family)


def _family(session: Session, *members: Source) -> dict[int, Source]:
    """Answer all sources that count as the same roots as these, by number."""
    roots = {member.root_id for member in members}
    found = session.scalars(select(Source).where(or_(Source.id.in_(roots), Source.repeats_id.in_(roots))))
    return {member.id: member for member in members} | {source.id: source for source in found}


def _collapse(session: Session, family: Mapping[int, Source]) -> list[Source]:
    """Write anew which root each source of a family counts as; answer those that moved."""
    moved = []
    for each in family.values():
        end = _chain(each, family)[-1]
        root = None if end == each.id else end
        if each.repeats_id != root:
            each.repeats_id = root
            moved.append(each)
    session.flush()
    return moved


def _chain(source: Source, family: Mapping[int, Source]) -> list[int]:
    """Answer the ids from a source to the end of what it passes on, its own first."""
    chain = [source.id]
    while (following := family[chain[-1]].passes_on_id) is not None:
        chain.append(following)
    return chain


def _without_address(session: Session, draft: SourceDraft) -> Source | None:
    return session.scalar(
        select(Source).where(
            Source.address_key.is_(None),
            Source.kind == draft.kind,
            Source.title == draft.title,
            Source.author == join_authors([draft.author])[:300],
        )
    )
