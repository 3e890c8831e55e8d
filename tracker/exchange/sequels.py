"""What the column `after` says: this shoot came after others of its production."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.foundation.text import fold
from tracker.productions.evidence import Relation
from tracker.productions.models import Shoot
from tracker.productions.operations import cite_order
from tracker.productions.queries import shoot_by_id, shoots_of
from tracker.sources.models import Source


@dataclass(frozen=True, slots=True)
class Sequel:
    """A shoot, the source that places it after others, and those by the name or number of the row."""

    line: int
    shoot_id: int
    source_id: int
    after: tuple[str, ...]


def cite_sequels(session: Session, sequels: Iterable[Sequel]) -> list[str]:
    """Record what sources say of the order, once all rows are there; answer what could not be matched."""
    remarks: list[str] = []
    for sequel in sequels:
        shoot = shoot_by_id(session, sequel.shoot_id)
        source = session.get(Source, sequel.source_id)
        if shoot is None or source is None:
            continue
        others = [other for other in shoots_of(session, shoot.production_id) if other.id != shoot.id]
        for name in sequel.after:
            earlier = _named(others, name)
            if len(earlier) != 1:
                why = (
                    "no other stop of the film is called so"
                    if not earlier
                    else "several stops are called so; write the number of seq"
                )
                remarks.append(f"line {sequel.line}: after {name!r}: {why}")
                continue
            words = f"{source.title} puts it after {earlier[0].place.name}"
            cite_order(session, shoot, Relation.AFTER, earlier[0], source, words=words)
    return remarks


def _named(shoots: Iterable[Shoot], name: str) -> list[Shoot]:
    if name.isascii() and name.isdigit():
        return [shoot for shoot in shoots if shoot.source_order == int(name)]
    return [shoot for shoot in shoots if shoot.place.name_key == fold(name)]
