"""The desk's queue: all that waits for a moderator, by risk and then by age, page by page.

Privacy comes first, then what has waited for three days, whatever else comes in: nothing is starved.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, select, tuple_
from sqlalchemy.orm import Session

from tracker.foundation.clock import now
from tracker.foundation.database import UtcDateTime
from tracker.sightings.models import Risk, Sighting
from tracker.sightings.what_waits import Kind, everything

_Rows = Select[*tuple[Any, ...]]

LONG = timedelta(hours=24)
TOO_LONG = timedelta(hours=72)


class Section(enum.IntEnum):
    """A part of the queue; a lower number stands higher."""

    PRIVACY = 0
    OVERDUE = 1
    CONTRADICTION = 2
    WAITED = 3
    NEW_ACCOUNT = 4
    REST = 5

    @property
    def words(self) -> str:
        return _SECTION_WORDS[self]


_SECTION_WORDS = {
    Section.PRIVACY: "Privacy and removal",
    Section.OVERDUE: "Waited three days",
    Section.CONTRADICTION: "Contradiction",
    Section.WAITED: "Moved up: waited too long",
    Section.NEW_ACCOUNT: "New accounts",
    Section.REST: "The rest",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry of the queue; what it says is loaded by its kind and number.

    `sender_id` is whose it is, who therefore does not decide; None where it is nobody's with an account.
    """

    kind: Kind
    id: int
    section: Section
    since: datetime
    sender_id: int | None
    production_id: int | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries are asked for; None asks for all."""

    kind: Kind | None = None
    production_id: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended. `at` is the moment that sorted the first page: none is shown twice."""

    at: datetime
    section: int
    since: datetime
    kind: str
    id: int

    @classmethod
    def after(cls, entry: Waiting, at: datetime) -> Mark:
        return cls(at, entry.section, entry.since, entry.kind, entry.id)


def waiting_page(
    session: Session,
    *,
    filters: Filters = Filters(),
    after: Mark | None = None,
    limit: int = 50,
    at: datetime | None = None,
) -> list[Waiting]:
    """Answer what waits, the gravest first and the oldest first within; `at` is the moment that counts."""
    queue = _ordered(after.at if after else at or now())
    found = _filtered(select(queue), queue, filters)
    if after is not None:
        found = found.where(_key(queue) > _literal_key(after))
    rows = session.execute(found.order_by(*_columns(queue)).limit(limit))
    return [
        Waiting(Kind(r.kind), r.id, Section(r.section), r.since, r.sender_id, r.production_id, r.country)
        for r in rows
    ]


def count_waiting(session: Session, filters: Filters = Filters()) -> int:
    """Answer how many entries wait."""
    queue = everything()
    return session.scalar(_filtered(select(func.count()).select_from(queue), queue, filters)) or 0


def oldest_since(session: Session) -> datetime | None:
    """Answer since when the oldest entry has waited, None where nothing waits."""
    queue = everything()
    moment: datetime | None = session.scalar(select(func.min(queue.c.since)))
    return moment


def countries_waiting(session: Session) -> list[str]:
    """Answer the countries of what waits, by code."""
    queue = everything()
    found = select(queue.c.country).where(queue.c.country.is_not(None)).distinct().order_by(queue.c.country)
    return [str(code) for code in session.scalars(found)]


def productions_waiting(session: Session) -> list[int]:
    """Answer the numbers of the productions of what waits."""
    queue = everything()
    found = select(queue.c.production_id).where(queue.c.production_id.is_not(None)).distinct()
    return [int(number) for number in session.scalars(found)]


def queue_place(session: Session, sighting: Sighting, *, at: datetime | None = None) -> tuple[int, int]:
    """Answer a waiting sighting's place among all that waits, and how much that is; 0 where it waits not."""
    moment = at or now()
    queue = _ordered(moment)
    mine = select(*_columns(queue)).where(queue.c.kind == Kind.SIGHTING.value, queue.c.id == sighting.id)
    own = session.execute(mine).first()
    waiting = select(func.count()).select_from(queue)
    count = session.scalar(waiting) or 0
    if own is None:
        return 0, count
    key = Mark(moment, own.section, own.since, own.kind, own.id)
    return (session.scalar(waiting.where(_key(queue) < _literal_key(key))) or 0) + 1, count


def _ordered(at: datetime) -> Subquery:
    """Answer all that waits with its section at a moment."""
    every = everything()
    section = case(
        (every.c.risk == Risk.PRIVACY.value, Section.PRIVACY.value),
        (every.c.since <= at - TOO_LONG, Section.OVERDUE.value),
        (every.c.risk == Risk.CONTRADICTION.value, Section.CONTRADICTION.value),
        (every.c.since <= at - LONG, Section.WAITED.value),
        (every.c.risk == Risk.NEW_ACCOUNT.value, Section.NEW_ACCOUNT.value),
        else_=Section.REST.value,
    )
    return select(every, section.label("section")).subquery("queue")


def _columns(queue: Subquery) -> Sequence[ColumnElement[Any]]:
    return (queue.c.section, queue.c.since, queue.c.kind, queue.c.id)


def _key(queue: Subquery) -> Any:
    return tuple_(*_columns(queue))


def _literal_key(mark: Mark) -> Any:
    since = literal(mark.since, UtcDateTime())
    return tuple_(literal(int(mark.section)), since, literal(str(mark.kind)), literal(mark.id))


def _filtered(found: _Rows, queue: Subquery, filters: Filters) -> _Rows:
    if filters.kind is not None:
        found = found.where(queue.c.kind == filters.kind.value)
    if filters.production_id is not None:
        found = found.where(queue.c.production_id == filters.production_id)
    if filters.country is not None:
        found = found.where(queue.c.country == filters.country)
    return found
