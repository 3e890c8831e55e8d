"""Places by what was shot there: the scout's question as one statement, whatever is asked.

Only shoots that happened or are meant to happen answer it: what is refuted, rumoured, cancelled or postponed
is no precedent. What would give a film's story away before it is out cannot be found by its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.foundation.text import fold
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.productions.evidence import Citation, Stance
from tracker.productions.models import Grade, InFilm, Production, Shoot, Status, Unit
from tracker.productions.partners import PartnerRole
from tracker.productions.shot_then import (
    certainly_between,
    certainly_in_month,
    perhaps_between,
    perhaps_in_month,
)

PAGE = 50
_PRECEDENTS = (Status.PLANNED, Status.PERMITTED, Status.UNDER_WAY, Status.SUSPENDED, Status.WRAPPED)
_SHOOT = Shoot.__table__.c


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFilter:
    """What is asked of a place and of a shoot there; None and "" ask nothing.

    `days` are the first and the last day asked; `month` is one of any year. With `certainly` work was surely
    going on then, else perhaps. `today` decides which films are out.
    """

    today: date
    words: str = ""
    kind: PlaceKind | None = None
    country: str = ""
    plays: str = ""
    days: tuple[date, date] | None = None
    month: int | None = None
    certainly: bool = False
    partner_id: int | None = None
    unit: Unit | None = None
    in_film: InFilm | None = None

    @property
    def asks_of_shoots(self) -> bool:
        return any((self.plays, self.days, self.month, self.partner_id, self.unit, self.in_film))


def count_places(session: Session, asked: PlaceFilter) -> int:
    """Answer how many open places fit."""
    return session.scalar(select(func.count(Place.id)).where(*terms_of_place(asked))) or 0


def page_of_places(
    session: Session, asked: PlaceFilter, *, after: tuple[str, int] | None = None, limit: int = PAGE
) -> list[Place]:
    """Answer a page of the open places that fit, by name, behind the (name_key, id) `after`."""
    found = select(Place).where(*terms_of_place(asked))
    if after is not None:
        key, last = after
        found = found.where(
            Place.name_key >= key, or_(Place.name_key > key, and_(Place.name_key == key, Place.id > last))
        )
    return list(session.scalars(found.order_by(Place.name_key, Place.id).limit(limit)))


def fitting_shoots(session: Session, asked: PlaceFilter, place_ids: Sequence[int]) -> dict[int, list[Shoot]]:
    """Answer the shoots that fit at places, with productions, by place, earliest first."""
    if not place_ids:
        return {}
    found: dict[int, list[Shoot]] = {}
    rows = session.scalars(
        select(Shoot)
        .join(Production, Production.id == Shoot.production_id)
        .where(Shoot.place_id.in_(place_ids), *_of_shoot(asked))
        .options(joinedload(Shoot.production))
        .order_by(_SHOOT.start_earliest, _SHOOT.end_latest, _SHOOT.id)
    )
    for shoot in rows:
        found.setdefault(shoot.place_id, []).append(shoot)
    return found


def fits(asked: PlaceFilter) -> ColumnElement[bool]:
    """Answer the condition on shoots that they fit, and lie at a place that fits."""
    fitting = (
        select(Shoot.id)
        .join(Production, Production.id == Shoot.production_id)
        .join(Place, Place.id == Shoot.place_id)
        .where(*terms_of_place(asked), *_of_shoot(asked))
        .correlate(None)
    )
    return Shoot.id.in_(fitting)


def countries_of_places(session: Session) -> list[str]:
    """Answer the codes of the countries in which open places lie."""
    rows = session.scalars(
        select(Place.country).where(Place.privacy == Privacy.OPEN, Place.country.is_not(None)).distinct()
    )
    return [str(code) for code in rows]


def terms_of_place(asked: PlaceFilter) -> list[ColumnElement[bool]]:
    """Answer what a place has to be, and what has to have been shot there."""
    terms: list[ColumnElement[bool]] = [Place.privacy == Privacy.OPEN]
    if asked.kind is not None:
        terms.append(Place.kind == asked.kind)
    if asked.country:
        terms.append(Place.country == asked.country)
    if asked.words:
        terms.append(or_(_named(asked.words), _shoot_with(asked, _scene_has(asked))))
    if asked.asks_of_shoots:
        terms.append(_shoot_with(asked))
    return terms


def _named(words: str) -> ColumnElement[bool]:
    key = fold(words)
    return or_(
        Place.name_key.startswith(key, autoescape=True), Place.name_key.contains(f" {key}", autoescape=True)
    )


def _shoot_with(asked: PlaceFilter, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(Shoot.id)
        .join(Production, Production.id == Shoot.production_id)
        .where(Shoot.place_id == Place.id, *_of_shoot(asked), *more)
        .exists()
    )


def _of_shoot(asked: PlaceFilter) -> list[ColumnElement[bool]]:
    """Answer what a shoot has to be; the statement joins its production."""
    terms: list[ColumnElement[bool]] = [Shoot.grade != Grade.Z, Shoot.status.in_(_PRECEDENTS)]
    if asked.plays:
        terms.append(and_(_may_be_told(asked), _plays(asked.plays)))
    if asked.days is not None:
        terms.append((certainly_between if asked.certainly else perhaps_between)(*asked.days))
    if asked.month is not None:
        terms.append((certainly_in_month if asked.certainly else perhaps_in_month)(asked.month))
    if asked.partner_id is not None:
        terms.append(_helped_by(asked.partner_id))
    if asked.unit is not None:
        terms.append(Shoot.unit == asked.unit)
    if asked.in_film is not None:
        terms.append(Shoot.in_film == asked.in_film)
    return terms


def _may_be_told(asked: PlaceFilter) -> ColumnElement[bool]:
    released = Production.__table__.c.released_latest
    out = or_(released <= asked.today, and_(released.is_(None), Production.year < asked.today.year))
    return or_(Shoot.spoiler == 0, out)


def _scene_has(asked: PlaceFilter) -> ColumnElement[bool]:
    return and_(_may_be_told(asked), Shoot.scene.icontains(asked.words, autoescape=True))


def _plays(words: str) -> ColumnElement[bool]:
    """Say that it plays that, by the record or any live source: both sides of a contradiction are found."""
    said = (
        select(Citation.id)
        .where(
            Citation.shoot_id == Shoot.id,
            Citation.closed_reason.is_(None),
            Citation.stance != Stance.REFUTES,
            Citation.story_place.icontains(words, autoescape=True),
        )
        .exists()
    )
    return or_(Shoot.story_place.icontains(words, autoescape=True), said)


def _helped_by(partner_id: int) -> ColumnElement[bool]:
    role = PartnerRole
    return (
        select(role.id)
        .where(
            role.partner_id == partner_id,
            role.production_id == Shoot.production_id,
            or_(role.shoot_id == Shoot.id, role.shoot_id.is_(None)),
        )
        .exists()
    )
