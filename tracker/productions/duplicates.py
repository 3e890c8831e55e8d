"""Productions and shoots that are likely one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from tracker.foundation.dates import Period
from tracker.productions.models import Production, ProductionIdentifier, Shoot, Title

Found = tuple[int, int, str]
_NOT_IN_A_NUMBER = re.compile(r"[^a-z0-9]+")


def likely_one_production(session: Session, *, limit: int = 50) -> list[Found]:
    """Answer pairs of productions that share a number elsewhere or a title, as (older, newer, why)."""
    found: dict[tuple[int, int], str] = {}
    for pair in _pairs(_by_number(session)):
        found.setdefault(pair, "the same number in another database")
    for pair in _pairs(_by_title(session)):
        found.setdefault(pair, "the same title, and years that fit")
    return [(first, second, why) for (first, second), why in sorted(found.items())][:limit]


def likely_one_shoot(session: Session, *, limit: int = 50, production_id: int | None = None) -> list[Found]:
    """Answer pairs of shoots of one production at one place by one unit whose dates overlap."""
    other = aliased(Shoot)
    same = and_(
        other.production_id == Shoot.production_id,
        other.place_id == Shoot.place_id,
        other.unit == Shoot.unit,
        other.id > Shoot.id,
    )
    pairs = select(Shoot, other).join(other, same).order_by(Shoot.id, other.id)
    if production_id is not None:
        pairs = pairs.where(Shoot.production_id == production_id)
    return [
        (a.id, b.id, "the same film, place and unit, and dates that overlap")
        for a, b in session.execute(pairs.limit(4 * limit))
        if overlap(a.period, b.period)
    ][:limit]


def overlap(a: Period, b: Period) -> bool:
    """Say whether two periods can have a day in common; what is unknown can be any day."""
    return _begins_before_the_end(a, b) and _begins_before_the_end(b, a)


def _begins_before_the_end(a: Period, b: Period) -> bool:
    first, last = a.start.earliest, b.end.latest
    return first is None or last is None or first <= last


def _by_number(session: Session) -> Iterable[list[int]]:
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    columns = (ProductionIdentifier.scheme, ProductionIdentifier.value, ProductionIdentifier.production_id)
    for scheme, value, production_id in session.execute(select(*columns)):
        # One may be a whole address, or written in capitals.
        key = _NOT_IN_A_NUMBER.split(value.lower().rstrip("/"))[-1]
        groups[(scheme, key)].append(production_id)
    return groups.values()


def _by_title(session: Session) -> Iterable[list[int]]:
    groups: dict[str, list[tuple[int, int | None, str]]] = defaultdict(list)
    rows = session.execute(
        select(Title.key, Production.id, Production.year, Production.kind)
        .join(Production, Production.id == Title.production_id)
        .order_by(Production.id)
    )
    for key, production_id, year, kind in rows:
        groups[key].append((production_id, year, kind.value))
    for group in groups.values():
        for (a, a_year, a_kind), (b, b_year, b_kind) in combinations(group[:8], 2):
            years_fit = a_year is None or b_year is None or abs(a_year - b_year) <= 1
            if years_fit and a_kind == b_kind:
                yield [a, b]


def _pairs(groups: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    for ids in groups:
        yield from combinations(sorted(set(ids))[:6], 2)
