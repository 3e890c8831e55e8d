"""What a merge would change: it is done, looked at, and rolled back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.history.models import Revision
from tracker.places.privacy import public_name
from tracker.productions.by_source import productions_by_ids, shoots_by_ids
from tracker.productions.duplicates import likely_one_shoot
from tracker.productions.models import Shoot
from tracker.routes.film import film_route
from tracker.routes.words import route_in_words
from tracker.sightings.merging import MergeKind, merge_rows

_NOUNS = {
    "shoot": "shoot",
    "citation": "citation",
    "order_citation": "saying of an order",
    "title": "title",
    "production_identifier": "number elsewhere",
    "source": "repeat",
    "place": "place within it",
    "sighting": "sighting",
    "attested_day": "day of work",
}
_OWNERS = frozenset(
    {
        "production_id",
        "place_id",
        "shoot_id",
        "other_id",
        "source_id",
        "within_id",
        "repeats_id",
        "citation_id",
    }
)
_MOST_ROUTES = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that reads otherwise afterwards."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What moves, what is there twice and counts once, and what reads otherwise afterwards."""

    moves: tuple[str, ...]
    collapses: tuple[str, ...]
    differences: tuple[Difference, ...]
    shoots_alike: int


def preview_of(session: Session, kind: MergeKind, *, survivor_id: int, loser_id: int, by: User) -> Preview:
    """Answer what the merge would change. Raises what `merge_rows` raises; nothing is written in the end."""
    begin_writing(session)
    try:
        made = merge_rows(session, kind, survivor_id=survivor_id, loser_id=loser_id, by=by)
        revisions = list(session.scalars(select(Revision).where(Revision.change_id == made.id)))
        touched = sorted({one.row_id for one in revisions if one.table_name == "shoot"})
        after = _shoots(session, touched)
        films = _films(kind, survivor_id, loser_id, after)
        routes_after = _routes(session, films)
        moves, collapses = _counts(revisions, kind)
        alike = sum(len(likely_one_shoot(session, production_id=number)) for number in films)
    finally:
        session.rollback()
    before = _shoots(session, touched)
    routes_before = _routes(session, films)
    differences = [*_of_shoots(before, after), *_of_routes(routes_before, routes_after)]
    return Preview(moves, collapses, tuple(differences), alike)


def _counts(revisions: Sequence[Revision], kind: MergeKind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    moved: Counter[str] = Counter()
    twice: Counter[str] = Counter()
    for one in revisions:
        changed = (one.after or {}).keys()
        if "merged_into_id" in changed:
            if one.table_name != kind.value:
                twice[one.table_name] += 1
        elif changed & _OWNERS:
            moved[one.table_name] += 1
    return _said(moved), _said(twice)


def _said(counts: Counter[str]) -> tuple[str, ...]:
    named = [(n, _NOUNS.get(table, table)) for table, n in sorted(counts.items())]
    return tuple(f"{n} {noun if n == 1 else _plural(noun)}" for n, noun in named)


def _plural(noun: str) -> str:
    first, _, rest = noun.partition(" ")
    return f"{first}s {rest}" if rest else f"{noun}s"


def _shoots(session: Session, ids: list[int]) -> dict[int, tuple[str, int, str, str]]:
    """Answer (name, film, grade, status) of shoots as plain values, which outlive the transaction."""
    return {
        shoot.id: (_name(shoot), shoot.production_id, shoot.grade.value, shoot.status.word)
        for shoot in shoots_by_ids(session, ids).values()
    }


def _name(shoot: Shoot) -> str:
    return f"{shoot.production.title} at {public_name(shoot.place)}"


def _films(
    kind: MergeKind, survivor_id: int, loser_id: int, shoots: dict[int, tuple[str, int, str, str]]
) -> list[int]:
    films = {film for _, film, _, _ in shoots.values()}
    if kind is MergeKind.PRODUCTION:
        films |= {survivor_id, loser_id}
    return sorted(films)[:_MOST_ROUTES]


def _routes(session: Session, films: list[int]) -> dict[int, tuple[str, str]]:
    found = productions_by_ids(session, films)
    return {
        number: (film.title, route_in_words(film_route(session, film, as_of=None, today=today()).route))
        for number, film in sorted(found.items())
    }


def _of_shoots(
    before: dict[int, tuple[str, int, str, str]], after: dict[int, tuple[str, int, str, str]]
) -> list[Difference]:
    found: list[Difference] = []
    for number, (name, _, grade, status) in before.items():
        if number not in after:
            found.append(Difference(f"{name}", f"grade {grade}, {status}", "part of the other shoot"))
        elif (grade, status) != after[number][2:]:
            later = after[number]
            found.append(Difference(name, f"grade {grade}, {status}", f"grade {later[2]}, {later[3]}"))
    return found


def _of_routes(before: dict[int, tuple[str, str]], after: dict[int, tuple[str, str]]) -> list[Difference]:
    found: list[Difference] = []
    for number, (title, words) in before.items():
        later = after[number][1] if number in after else "part of the other film"
        if words != later:
            found.append(Difference(f"Route of {title}", words or "no route", later or "no route"))
    return found
