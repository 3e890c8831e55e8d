"""What was shot at places, for lists and maps of places: short rows, a few statements for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from tracker.foundation.dates import Period
from tracker.productions.evidence import Citation
from tracker.productions.models import Grade, Production, Shoot, Status
from tracker.sources.models import Source


@dataclass(frozen=True, slots=True)
class FilmAt:
    """A production that was shot at a place."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Glance:
    """A shoot at a place in the fewest words."""

    slug: str
    title: str
    period: Period
    status: Status
    grade: Grade


@dataclass(frozen=True, slots=True)
class RecordSize:
    """How much the record holds; `shoots` have at least one source."""

    productions: int
    shoots: int
    places: int


def films_at(session: Session, place_ids: Sequence[int]) -> dict[int, list[FilmAt]]:
    """Answer the productions shot at places, by place and title; what is refuted is left out."""
    if not place_ids:
        return {}
    found: dict[int, list[FilmAt]] = defaultdict(list)
    rows = session.execute(
        select(Shoot.place_id, Production.slug, Production.title)
        .join(Production, Production.id == Shoot.production_id)
        .where(Shoot.place_id.in_(place_ids), Shoot.grade != Grade.Z)
        .distinct()
        .order_by(Shoot.place_id, Production.title, Production.slug)
    )
    for place_id, slug, title in rows:
        found[place_id].append(FilmAt(slug, title))
    return found


def glances_at(session: Session, place_ids: Sequence[int]) -> dict[int, list[Glance]]:
    """Answer the shoots at places, by place, earliest first; what is refuted is left out."""
    if not place_ids:
        return {}
    found: dict[int, list[Glance]] = defaultdict(list)
    columns = Shoot.__table__.c
    rows = session.execute(
        select(
            Shoot.place_id,
            Production.slug,
            Production.title,
            Shoot.start,
            Shoot.end,
            Shoot.status,
            Shoot.grade,
        )
        .join(Production, Production.id == Shoot.production_id)
        .where(Shoot.place_id.in_(place_ids), Shoot.grade != Grade.Z)
        .order_by(columns.start_earliest, columns.end_latest, columns.id)
    )
    for place_id, slug, title, start, end, status, grade in rows:
        found[place_id].append(Glance(slug, title, Period(start, end), status, grade))
    return found


def shoot_counts(session: Session, place_ids: Sequence[int]) -> dict[int, int]:
    """Answer how many shoots are recorded at places; what is refuted is left out."""
    if not place_ids:
        return {}
    rows = session.execute(
        select(Shoot.place_id, func.count())
        .where(Shoot.place_id.in_(place_ids), Shoot.grade != Grade.Z)
        .group_by(Shoot.place_id)
    )
    return {row[0]: row[1] for row in rows}


def source_counts(session: Session, shoot_ids: Sequence[int]) -> dict[int, int]:
    """Answer how many live sources speak of shoots, by shoot."""
    if not shoot_ids:
        return {}
    rows = session.execute(
        select(Citation.shoot_id, func.count(distinct(Citation.source_id)))
        .where(Citation.shoot_id.in_(shoot_ids), Citation.closed_reason.is_(None))
        .group_by(Citation.shoot_id)
    )
    return {row.shoot_id: row[1] for row in rows}


def learned_at(session: Session, place_id: int, *, before: date) -> list[date]:
    """Answer the days before another on which a source was published that speaks of a shoot at a place."""
    columns = Source.__table__.c
    published = case((columns.published_edtf.not_in(("", "..")), columns.published_latest))
    known_from = func.coalesce(published, columns.captured_on)
    rows = session.scalars(
        select(known_from)
        .select_from(Source)
        .join(Citation, Citation.source_id == Source.id)
        .join(Shoot, Shoot.id == Citation.shoot_id)
        .where(Shoot.place_id == place_id, known_from < before)
        .distinct()
        .order_by(known_from)
    )
    return list(rows)


def record_size(session: Session) -> RecordSize:
    """Answer how many productions have sourced shoots, how many these are, and at how many places."""
    sourced = select(Citation.id).where(Citation.shoot_id == Shoot.id).exists()
    productions, shoots, places = session.execute(
        select(
            func.count(distinct(Shoot.production_id)),
            func.count(Shoot.id),
            func.count(distinct(Shoot.place_id)),
        ).where(sourced, Shoot.grade != Grade.Z)
    ).one()
    return RecordSize(productions, shoots, places)
