"""The wide places on record, to say for each new place which of them it lies in."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.places.models import Place, PlaceKind
from tracker.places.operations import PlaceDraft

# A degree of latitude is nowhere on WGS84 shorter.
_LEAST_M_PER_DEGREE = 110_500.0
_KINDS = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.MUNICIPALITY, PlaceKind.TOWN)


@dataclass(frozen=True, slots=True)
class _Wide:
    id: int
    width: int
    name: str
    region: str
    point: Point | None
    reach_m: float


@dataclass(slots=True)
class WidePlaces:
    """Countries, regions, municipalities and towns by country; towns also by degree of latitude."""

    _named: dict[tuple[str, PlaceKind, str], list[_Wide]] = field(default_factory=lambda: defaultdict(list))
    _towns: dict[tuple[str, int], list[_Wide]] = field(default_factory=lambda: defaultdict(list))
    _countries: dict[str, list[_Wide]] = field(default_factory=lambda: defaultdict(list))
    _known: set[str] = field(default_factory=set)

    def load(self, session: Session, countries: Set[str]) -> None:
        """Read those of countries that were there before this import."""
        missing = sorted(countries - self._known)
        if not missing:
            return
        self._known.update(missing)
        columns = (
            Place.country,
            Place.id,
            Place.kind,
            Place.name,
            Place.region,
            Place.lat,
            Place.lon,
            Place.uncertainty_m,
        )
        wide = select(*columns).where(Place.country.in_(missing), Place.kind.in_(_KINDS))
        for row in session.execute(wide.order_by(Place.id)):
            point = Point(row.lat, row.lon) if row.lat is not None else None
            self._add(row.country, row, point, row.uncertainty_m)

    def add(self, draft: PlaceDraft, place_id: int) -> None:
        """Take a place of this import into account."""
        if draft.country and draft.kind in _KINDS:
            self._add(draft.country, draft, draft.point, draft.uncertainty_m, place_id)

    def around(self, draft: PlaceDraft) -> int | None:
        """Answer the narrowest wide place that surely holds a draft."""
        if draft.country is None or draft.kind is PlaceKind.COUNTRY:
            return None
        width = _KINDS.index(draft.kind) if draft.kind in _KINDS else len(_KINDS)
        near: list[_Wide] = []
        if draft.point is not None:
            at = int(draft.point.lat // 1)
            for key in range(at - 1, at + 2):
                near += [w for w in self._towns.get((draft.country, key), ()) if _reaches(w, draft.point)]
        for kind, name in (
            (PlaceKind.MUNICIPALITY, draft.municipality),
            (PlaceKind.REGION, draft.region),
        ):
            named = self._named.get((draft.country, kind, fold(name)), ()) if name else ()
            near += [w for w in named if kind is PlaceKind.REGION or _agree(w.region, draft.region)]
        near += self._countries.get(draft.country, ())
        holding = [w for w in near if w.width < width]
        return max(holding, key=lambda w: (w.width, -w.id)).id if holding else None

    def _add(
        self, country: str, row: Any, point: Point | None, reach: int | None, number: int | None = None
    ) -> None:
        wide = _Wide(
            row.id if number is None else number,
            _KINDS.index(row.kind),
            fold(row.name),
            fold(row.region),
            point,
            float(reach or 0),
        )
        if row.kind is PlaceKind.TOWN:
            if point is not None:
                self._towns[country, int(point.lat // 1)].append(wide)
        elif row.kind is PlaceKind.COUNTRY:
            self._countries[country].append(wide)
        else:
            self._named[country, row.kind, wide.name].append(wide)


def _reaches(town: _Wide, point: Point) -> bool:
    if town.point is None:
        return False
    # Most towns are told from afar; the exact distance costs a hundred times as much.
    north = abs(town.point.lat - point.lat) * _LEAST_M_PER_DEGREE
    if north > town.reach_m:
        return False
    east = abs(town.point.lon - point.lon) % 360
    narrowest = math.cos(math.radians(min(89.0, max(abs(town.point.lat), abs(point.lat)))))
    if min(east, 360 - east) * _LEAST_M_PER_DEGREE * narrowest > town.reach_m:
        return False
    return distance_m(town.point, point) <= town.reach_m


def _agree(region: str, other: str) -> bool:
    return not other or region == fold(other)
