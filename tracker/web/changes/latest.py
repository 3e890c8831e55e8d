"""The latest changes for the home page: one line for each shoot that was touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.history.models import Action, Revision
from tracker.history.queries import latest_revisions
from tracker.places.privacy import public_name
from tracker.productions.models import Shoot
from tracker.web.changes.fields import Field, row_words
from tracker.web.changes.references import References, references_of
from tracker.web.places.page import Link
from tracker.web.places.public import place_url
from tracker.web.productions.shoot_words import span_of, stop_url

_TABLES = ("shoot", "citation", "order_citation")
# Looked at to find that many shoots; one edit often writes several rows of the same shoot.
_LOOKED_AT = 120


@dataclass(frozen=True, slots=True)
class Latest:
    """A shoot with the last thing that was learned of it."""

    place: Link
    film: Link
    what: str
    beside: str
    grade: str


def latest_learned(session: Session, *, limit: int) -> list[Latest]:
    """Answer the shoots that were touched last, latest first."""
    revisions = latest_revisions(session, _TABLES, limit=_LOOKED_AT)
    references = references_of(session, revisions)
    groups: dict[tuple[int, int], list[Revision]] = {}
    seen: set[int] = set()
    for revision in revisions:
        shoot_id = _shoot_id(revision, references)
        if shoot_id is None or shoot_id not in references.shoots:
            continue
        key = (revision.change_id, shoot_id)
        if key not in groups and shoot_id in seen:
            continue
        seen.add(shoot_id)
        groups.setdefault(key, []).append(revision)
    lines = (_line(references.shoots[shoot], rows, references) for (_, shoot), rows in groups.items())
    return [line for line, _ in zip(lines, range(limit), strict=False)]


def _shoot_id(revision: Revision, references: References) -> int | None:
    if revision.table_name == "shoot":
        return revision.row_id
    if revision.table_name == "citation":
        cited = references.cited.get(revision.row_id)
        return cited[0] if cited else None
    order = references.orders.get(revision.row_id)
    return order.later_id if order else None


def _line(shoot: Shoot, revisions: list[Revision], references: References) -> Latest:
    what, beside = _what(shoot, revisions, references)
    return Latest(
        place=Link(public_name(shoot.place), place_url(shoot.place)),
        film=Link(shoot.production.title, stop_url(shoot)),
        what=what,
        beside=beside,
        grade=shoot.grade.value,
    )


def _what(shoot: Shoot, revisions: list[Revision], references: References) -> tuple[str, str]:
    by_table = {(r.table_name, r.action): r for r in reversed(revisions)}
    sources = _sources(r for r in revisions if r.table_name == "citation" and r.action is Action.ADDED)
    told = _told_by(sources, references)
    if ("shoot", Action.ADDED) in by_table:
        return f"added as {shoot.status.word}, {span_of([shoot])}", told
    order = by_table.get(("order_citation", Action.ADDED))
    if order is not None:
        earlier = references.shoots.get(references.orders[order.row_id].earlier_id)
        source = references.sources.get(references.orders[order.row_id].source_id)
        after = public_name(earlier.place) if earlier else "another stop"
        return f"comes after {after}", f"order from {source.title}" if source else "order cited"
    changed = by_table.get(("shoot", Action.CHANGED))
    if changed is not None and (words := _changed(shoot, row_words(changed, references).fields)):
        return words, told or "worked out anew from the sources"
    if sources:
        return "a source was added" if len(sources) == 1 else f"{len(sources)} sources were added", told
    return "a citation was changed", "the earlier text is kept"


def _changed(shoot: Shoot, fields: Iterable[Field]) -> str:
    """Say what a change made of a shoot: "rumoured → wrapped, dated May 2006"."""
    changed = {field.label: field for field in fields}
    dates = [changed.pop(label) for label in ("Began", "Ended") if label in changed]
    parts: list[str] = []
    if status := changed.pop("Status", None):
        parts.append(f"{status.before} → {status.after}")
    if dates and not any(field.before for field in dates):
        parts.append(f"dated {span_of([shoot])}")
    else:
        parts += [_arrow(field) for field in dates]
    if len(changed) > 1 or parts:
        changed.pop("Grade", None)  # the column beside says it
    parts += [_arrow(field) for field in changed.values()]
    return ", ".join(parts[:2])


def _arrow(field: Field) -> str:
    if not field.before:
        return f"{field.label.lower()} {field.after}"
    return f"{field.label.lower()} {field.before} → {field.after or 'nothing'}"


def _sources(revisions: Iterable[Revision]) -> list[int]:
    found = [(r.after or {}).get("source_id") for r in revisions]
    return list(dict.fromkeys(number for number in found if isinstance(number, int)))


def _told_by(source_ids: list[int], references: References) -> str:
    titles = [references.sources[i].title for i in source_ids if i in references.sources]
    if not titles:
        return ""
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    return f"source: {titles[0]}{more}"
