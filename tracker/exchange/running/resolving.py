"""Places of an import: each distinct one is looked up once, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.exchange.locating import Wanted, locate
from tracker.exchange.reading.coordinates import CountryOf, why_elsewhere
from tracker.exchange.running.facts import Spot
from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.geocoding.candidates import Answer, Candidate
from tracker.geocoding.cascade import Resolver
from tracker.places.models import PlaceKind
from tracker.places.offered import gazetteer_id_of
from tracker.places.operations import PlaceDraft

EXACT, APPROXIMATE, UNRESOLVED, REFUSED = "exact", "approximate", "unresolved", "refused"
_TYPED_POINT_M = 100
_CANDIDATES = 5
# Rows may lie a little outside the area that a file is about.
_AROUND = 1.5


@dataclass(frozen=True, slots=True)
class Resolved:
    """The answer for a spot: how sure, the place, why, and the candidates where somebody has to choose."""

    how: str
    draft: PlaceDraft | None
    why: str = ""
    candidates: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Places:
    """Looks spots up within an area. `picks` are what somebody chose for them, by folded text."""

    resolver: Resolver
    country_of: CountryOf
    within: str = ""
    context: str = ""
    picks: dict[str, str] = field(default_factory=dict)
    area: PlaceDraft | None = None
    # Whether the file is an authority's own list, as of permits.
    is_official: bool = False
    _cache: dict[Spot, Resolved] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.within:
            found = locate(self.resolver, Wanted(self.within, None))
            self.area = found.draft if found.has_pin else None

    def resolve_all(self, spots: Iterable[Spot], told: Callable[[], None]) -> None:
        """Look up those that are not known yet; `told` is called after each."""
        for spot in spots:
            self.resolve(spot)
            told()

    def resolve(self, spot: Spot) -> Resolved:
        """Answer the place of a spot."""
        known = self._cache.get(spot)
        if known is None:
            known = self._cache[spot] = self._marked(self._resolve(spot))
        return known

    def recall(self, answers: Iterable[tuple[Spot, Resolved]]) -> None:
        """Take over answers that an interrupted import went by."""
        self._cache.update((spot, self._marked(resolved)) for spot, resolved in answers)

    def known(self) -> Iterator[tuple[Spot, Resolved]]:
        """Yield all answers so far."""
        yield from self._cache.items()

    def _marked(self, resolved: Resolved) -> Resolved:
        """Answer the place as one of an official list, where the file is one."""
        if resolved.draft is None or not self.is_official:
            return resolved
        return replace(resolved, draft=replace(resolved.draft, is_official=True))

    def _resolve(self, spot: Spot) -> Resolved:
        pick = self.picks.get(fold(spot.label))
        if pick == "-":
            return self._by_name(spot, "left without a pin, as picked")
        if spot.point is not None and not pick:
            return self._at_point(spot, spot.point)
        context = ", ".join(part for part in (self.context, self.within) if part)
        country = None if self.within else spot.country
        answer = self.resolver.resolve(spot.label, context=context, country=country)
        if pick:
            return self._picked(spot, pick, answer)
        return self._answered(spot, answer)

    def _answered(self, spot: Spot, answer: Answer) -> Resolved:
        best = answer.pin
        if best is not None and not self._is_inside(best):
            best = None
        if best is None:
            if (self.area is not None and answer.best is None) or self._only_outside(answer):
                return self._somewhere_within(spot, self.area)
            return self._ask(spot, answer, "nothing by that name is known here")
        if answer.ambiguous and not (self.area is not None and best.approximate):
            return self._ask(spot, answer, "several places are called so")
        return self._from(spot, best)

    def _only_outside(self, answer: Answer) -> bool:
        return self.area is not None and not any(self._is_inside(one) for one in answer.candidates)

    def _is_inside(self, candidate: Candidate) -> bool:
        area = self.area
        if area is None or area.point is None:
            return True
        reach = (area.uncertainty_m or 0) * _AROUND + 2_000
        return distance_m(area.point, Point(candidate.lat, candidate.lon)) <= reach

    def _from(self, spot: Spot, candidate: Candidate) -> Resolved:
        draft = PlaceDraft(
            name=candidate.name,
            kind=PlaceKind(candidate.kind),
            country=candidate.country or None,
            region=candidate.region or "",
            municipality=candidate.municipality or "",
            point=Point(candidate.lat, candidate.lon),
            uncertainty_m=round(candidate.uncertainty_m),
            gazetteer_id=gazetteer_id_of(candidate),
            provider=candidate.provider,
        )
        if not candidate.approximate:
            return Resolved(APPROXIMATE if spot.is_area_of else EXACT, draft, candidate.label)
        # The words of the row stay its name: it must be found by them.
        named = replace(draft, name=spot.text, kind=PlaceKind.AREA, gazetteer_id=None)
        return Resolved(APPROXIMATE, named, f"somewhere around {candidate.label}")

    def _somewhere_within(self, spot: Spot, area: PlaceDraft | None) -> Resolved:
        if area is None:
            return self._by_name(spot, "nothing by that name is known here")
        draft = replace(area, name=spot.text, kind=PlaceKind.AREA, gazetteer_id=None)
        return Resolved(APPROXIMATE, draft, f"somewhere within {area.name}")

    def _at_point(self, spot: Spot, point: Point) -> Resolved:
        country = spot.country
        if country:
            wrong = why_elsewhere(point, country, self.country_of)
            if wrong:
                return Resolved(REFUSED, None, wrong)
        area = self.area
        if area is not None and area.point is not None:
            away = distance_m(area.point, point)
            if away > 100_000 + 3 * (area.uncertainty_m or 0):
                where = f"{point.lat:g}, {point.lon:g} lies {round(away / 1000):,} km from {area.name}"
                return Resolved(REFUSED, None, f"{where}. Correct the coordinates or empty them.")
        draft = PlaceDraft(
            name=spot.text or f"{point.lat:.5f}, {point.lon:.5f}",
            kind=PlaceKind.POINT,
            country=country or self.country_of(point) or None,
            municipality=area.name if area else "",
            point=point,
            uncertainty_m=_TYPED_POINT_M,
            provider="import",
        )
        return Resolved(EXACT, draft, "its own coordinates")

    def _by_name(self, spot: Spot, why: str) -> Resolved:
        draft = PlaceDraft(name=spot.text, kind=PlaceKind.AREA, country=spot.country)
        return Resolved(UNRESOLVED, draft, why)

    def _ask(self, spot: Spot, answer: Answer, why: str) -> Resolved:
        offered = tuple((one.id, one.label) for one in answer.candidates[:_CANDIDATES])
        return replace(self._by_name(spot, why), candidates=offered)

    def _picked(self, spot: Spot, pick: str, answer: Answer) -> Resolved:
        chosen = next((one for one in answer.candidates if one.id == pick), None)
        if chosen is None:
            other = self.resolver.resolve(pick, country=spot.country)
            chosen = other.pin if not other.ambiguous else None
        if chosen is None:
            return self._ask(spot, answer, f"the pick {pick!r} names no single place")
        return self._from(spot, chosen)


def as_json(spot: Spot, resolved: Resolved) -> list[Any]:
    """Answer a resolution as JSON can hold it, for an import that may be interrupted."""
    draft = resolved.draft
    place = None
    if draft is not None:
        place = [
            draft.name,
            draft.kind.value,
            draft.country,
            draft.region,
            draft.municipality,
            [draft.point.lat, draft.point.lon] if draft.point else None,
            draft.uncertainty_m,
            draft.gazetteer_id,
            draft.provider,
        ]
    point = [spot.point.lat, spot.point.lon] if spot.point else None
    key = [spot.text, spot.country, point, spot.is_area_of, spot.around]
    return [key, resolved.how, place, resolved.why, [list(one) for one in resolved.candidates]]


def from_json(value: list[Any]) -> tuple[Spot, Resolved]:
    """Read what `as_json` wrote."""
    (text, country, point, is_area_of, around), how, place, why, candidates = value
    draft = None
    if place is not None:
        name, kind, code, region, municipality, at, uncertainty, gazetteer_id, provider = place
        draft = PlaceDraft(
            name=name,
            kind=PlaceKind(kind),
            country=code,
            region=region,
            municipality=municipality,
            point=Point(*at) if at else None,
            uncertainty_m=uncertainty,
            gazetteer_id=gazetteer_id,
            provider=provider,
        )
    spot = Spot(text, country, Point(*point) if point else None, is_area_of, around)
    return spot, Resolved(how, draft, why, tuple((a, b) for a, b in candidates))
