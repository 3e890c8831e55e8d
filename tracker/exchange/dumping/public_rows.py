"""What of each row is public: every column that may leave is named here, and nothing else leaves.

A table or a column that is added tomorrow stays out until it is named. Left out are accounts, what waits, the
history, uploads, the words of others (quotes) and remarks. Of an obscured place the grid cell is known, of a
private one the municipality's name at most, and none of its sources.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from tracker.exchange.dumping.kinds import Kind
from tracker.exchange.exporting.rows import public_place, told_of
from tracker.foundation.dates import DateBound
from tracker.places.models import Place, Privacy
from tracker.productions.evidence import AttestedDay, Citation, OrderCitation
from tracker.productions.models import Grade, Production, ProductionIdentifier, Shoot, Title
from tracker.productions.partners import Partner, PartnerRole
from tracker.productions.release import is_kept_back
from tracker.sources.models import Source

Columns = dict[str, Kind]
Values = dict[str, Any]
_TEXT, _INTEGER, _DATE = Kind.TEXT, Kind.INTEGER, Kind.DATE


@dataclass(slots=True)
class Seen:
    """What was let through so far and may be pointed to, and the day on which the record is read."""

    today: date
    # Shoots that may be told with their sources: not refuted, and not at a private place.
    shoots: set[int] = field(default_factory=set)
    citations: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    partners: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A table of the public dump; `row` answers None for a row that stays out."""

    name: str
    model: Any
    columns: Columns
    row: Callable[[Any, Seen], Values | None]
    options: tuple[ORMOption, ...] = ()
    condition: ColumnElement[bool] | None = None


def _bound(name: str) -> Columns:
    return {
        f"{name}_edtf": _TEXT,
        f"{name}_text": _TEXT,
        f"{name}_earliest": _DATE,
        f"{name}_latest": _DATE,
    }


PRODUCTION: Columns = {
    "id": _INTEGER,
    "slug": _TEXT,
    "title": _TEXT,
    "kind": _TEXT,
    "year": _INTEGER,
    **_bound("released"),
}
TITLE: Columns = {
    "id": _INTEGER,
    "production_id": _INTEGER,
    "text": _TEXT,
    "kind": _TEXT,
    "language": _TEXT,
}
IDENTIFIER: Columns = {"id": _INTEGER, "production_id": _INTEGER, "scheme": _TEXT, "value": _TEXT}
PLACE: Columns = {
    "id": _INTEGER,
    "slug": _TEXT,
    "name": _TEXT,
    "kind": _TEXT,
    "privacy": _TEXT,
    "country": _TEXT,
    "region": _TEXT,
    "municipality": _TEXT,
    "lat": Kind.NUMBER,
    "lon": Kind.NUMBER,
    "uncertainty_m": _INTEGER,
    "geometry": Kind.JSON,
    "credit": _TEXT,
}
SHOOT: Columns = {
    "id": _INTEGER,
    "production_id": _INTEGER,
    "place_id": _INTEGER,
    "unit": _TEXT,
    **_bound("start"),
    **_bound("end"),
    "status": _TEXT,
    "grade": _TEXT,
    "in_film": _TEXT,
    "scene": _TEXT,
    "setting": _TEXT,
    "story_place": _TEXT,
}
CITATION: Columns = {
    "id": _INTEGER,
    "shoot_id": _INTEGER,
    "source_id": _INTEGER,
    "stance": _TEXT,
    "manner": _TEXT,
    "shows": _TEXT,
    "status": _TEXT,
    **_bound("start"),
    **_bound("end"),
    "story_place": _TEXT,
    "in_film": _TEXT,
}
ATTESTED_DAY: Columns = {"id": _INTEGER, "citation_id": _INTEGER, "day": _DATE}
ORDER: Columns = {
    "id": _INTEGER,
    "production_id": _INTEGER,
    "shoot_id": _INTEGER,
    "relation": _TEXT,
    "other_id": _INTEGER,
    "source_id": _INTEGER,
    "stance": _TEXT,
    "manner": _TEXT,
}
PARTNER_ROLE: Columns = {
    "id": _INTEGER,
    "partner_id": _INTEGER,
    "production_id": _INTEGER,
    "shoot_id": _INTEGER,
    "help": _TEXT,
    "manner": _TEXT,
    "source_id": _INTEGER,
}
PARTNER: Columns = {
    "id": _INTEGER,
    "slug": _TEXT,
    "name": _TEXT,
    "kind": _TEXT,
    "country": _TEXT,
    "site": _TEXT,
}
SOURCE: Columns = {
    "id": _INTEGER,
    "kind": _TEXT,
    "by_cast": Kind.BOOLEAN,
    "title": _TEXT,
    "author": _TEXT,
    "outlet": _TEXT,
    "address": _TEXT,
    "archive_address": _TEXT,
    "language": _TEXT,
    **_bound("published"),
    "captured_on": _DATE,
    "repeats_id": _INTEGER,
}


def _values(row: object, columns: Columns, **worked_out: Any) -> Values:
    """Answer the named columns of a row, those that are worked out as they are given."""
    return {name: worked_out[name] if name in worked_out else getattr(row, name) for name in columns}


def _of_bound(name: str, given: DateBound) -> Values:
    return {
        f"{name}_edtf": given.edtf,
        f"{name}_text": given.text,
        f"{name}_earliest": given.earliest,
        f"{name}_latest": given.latest,
    }


def _period(row: Any) -> Values:
    return {**_of_bound("start", row.start), **_of_bound("end", row.end)}


def _shoot(row: Shoot, seen: Seen) -> Values:
    if row.place.privacy is not Privacy.PRIVATE:
        seen.shoots.add(row.id)
    told = told_of(row, row.production, seen.today, note=False)
    scene = {"scene": told.scene, "setting": told.setting, "story_place": told.story_place}
    return _values(row, SHOOT, **_period(row), **scene)


def _citation(row: Citation, seen: Seen) -> Values | None:
    if not row.is_live or row.shoot_id not in seen.shoots:
        return None
    seen.sources.add(row.source_id)
    seen.citations.add(row.id)
    is_told = row.shoot.place.privacy is Privacy.OPEN and not is_kept_back(
        row.shoot.production, row.shoot, seen.today
    )
    return _values(row, CITATION, **_period(row), story_place=row.story_place if is_told else "")


def _attested_day(row: AttestedDay, seen: Seen) -> Values | None:
    return _values(row, ATTESTED_DAY) if row.citation_id in seen.citations else None


def _order(row: OrderCitation, seen: Seen) -> Values | None:
    if not row.is_live or not {row.shoot_id, row.other_id} <= seen.shoots:
        return None
    seen.sources.add(row.source_id)
    return _values(row, ORDER)


def _role(row: PartnerRole, seen: Seen) -> Values | None:
    # Who helped at a hidden place tells where it is.
    if row.shoot is not None and (
        row.shoot_id not in seen.shoots or row.shoot.place.privacy is not Privacy.OPEN
    ):
        return None
    seen.partners.add(row.partner_id)
    if row.source_id is not None:
        seen.sources.add(row.source_id)
    return _values(row, PARTNER_ROLE)


def _partner(row: Partner, seen: Seen) -> Values | None:
    return _values(row, PARTNER) if row.id in seen.partners else None


def _source(row: Source, seen: Seen) -> Values | None:
    if row.id not in seen.sources:
        return None
    return _values(row, SOURCE, **_of_bound("published", row.published))


_OF_SHOOT = joinedload(Citation.shoot)
# In the order in which they are written: what is pointed to is decided before what points to it is, or after,
# as `Seen` needs it.
TABLES: tuple[PublicTable, ...] = (
    PublicTable(
        "productions",
        Production,
        PRODUCTION,
        lambda row, _: _values(row, PRODUCTION, **_of_bound("released", row.released)),
    ),
    PublicTable("titles", Title, TITLE, lambda row, _: _values(row, TITLE)),
    PublicTable("identifiers", ProductionIdentifier, IDENTIFIER, lambda row, _: _values(row, IDENTIFIER)),
    PublicTable("places", Place, PLACE, lambda row, _: _values(public_place(row), PLACE)),
    PublicTable(
        "shoots",
        Shoot,
        SHOOT,
        _shoot,
        (joinedload(Shoot.place), joinedload(Shoot.production)),
        Shoot.grade != Grade.Z,
    ),
    PublicTable(
        "citations",
        Citation,
        CITATION,
        _citation,
        (_OF_SHOOT.joinedload(Shoot.place), _OF_SHOOT.joinedload(Shoot.production)),
    ),
    PublicTable("attested_days", AttestedDay, ATTESTED_DAY, _attested_day),
    PublicTable("orders", OrderCitation, ORDER, _order),
    PublicTable(
        "partner_roles",
        PartnerRole,
        PARTNER_ROLE,
        _role,
        (joinedload(PartnerRole.shoot).joinedload(Shoot.place),),
    ),
    PublicTable("partners", Partner, PARTNER, _partner),
    PublicTable("sources", Source, SOURCE, _source),
)
