"""Rank readings: qualifiers that hold, prominence, nearness; and say when a namesake is as likely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.geocoding.store import Hit, Place

# A namesake within this much of the best one is of comparable standing: twenty times the people decide.
_COMPARABLE = 1.3
# A village lends its name to its municipality; a town this large is what its name means first.
_TOWN_PEOPLE = 5_000
_CAPITAL_SHARE = 0.05
_KNOWN_BY_OTHER_NAMES = 10_000
_WIDEST_MUNICIPALITY_M = 60_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the text: a place as its head, with what else in the text agrees."""

    hit: Hit
    used: tuple[str, ...]
    ignored: tuple[str, ...]
    agreeing: int
    score: float
    approximate: bool = False

    @property
    def place(self) -> Place:
        return self.hit.place


@dataclass(frozen=True, slots=True)
class Family:
    """Readings of one name that lie in each other (town, municipality, region); the head speaks for all."""

    readings: tuple[Reading, ...]

    @property
    def head(self) -> Reading:
        return self.readings[0]

    @property
    def order(self) -> tuple[int, bool, float]:
        """Return what families are sorted by, greatest first."""
        return self.head.agreeing, not self.head.approximate, self.head.score


def families(readings: Sequence[Reading]) -> list[Family]:
    """Group the readings into families, the likeliest family first, its likeliest member first."""
    groups: list[list[Reading]] = []
    for reading in sorted(readings, key=lambda each: each.score, reverse=True):
        home = next((group for group in groups if any(_kin(reading, member) for member in group)), None)
        if home is None:
            groups.append([reading])
        elif all(reading.place.number != member.place.number for member in home):
            home.append(reading)
    ranked = [Family(tuple(sorted(group, key=_precedence(group)))) for group in groups]
    return sorted(ranked, key=lambda family: family.order, reverse=True)


def is_ambiguous(ranked: Sequence[Family]) -> bool:
    """Tell whether another family agrees with as much of the text and is of comparable standing.

    A place that merely also goes by the name is no namesake of one whose own name it is. Where a qualifier
    names something elsewhere ("Wellington, Somerset") and nothing agrees, the place meant may not be listed.
    """
    if not ranked:
        return False
    best = ranked[0].head
    if best.agreeing < 0:
        return True
    return any(
        (rival.hit.own or not best.hit.own)
        and (rival.agreeing, rival.approximate) == (best.agreeing, best.approximate)
        and best.score - rival.score < _COMPARABLE
        for rival in (family.head for family in ranked[1:])
    )


def confidence_of(family: Family, ranked: Sequence[Family]) -> float:
    """Return how likely the family is meant, 0..1: its share of the standing of all that agree as much."""
    head = family.head
    rivals = [other.head for other in ranked if other.head.agreeing >= head.agreeing]
    share = 1 / sum(10 ** min(rival.score - head.score, 6.0) for rival in rivals)
    sure = min(0.97, 0.82 + 0.06 * head.agreeing + 0.02 * max(0.0, head.score - 3.0))
    sure -= 0.08 * head.hit.slips
    # What only somebody's list calls so, and few people live at, is often something else of that name.
    sure -= 0.1 if not head.hit.own and head.place.population < _KNOWN_BY_OTHER_NAMES else 0.0
    sure *= 0.9 if head.approximate else 1.0
    if is_ambiguous(ranked):
        sure = min(sure, 0.5)
    return round(sure * share, 2)


def _kin(one: Reading, other: Reading) -> bool:
    """Tell whether two readings of the same words lie in each other."""
    a, b = one.place, other.place
    if a.country != b.country or one.used[:1] != other.used[:1]:
        return False
    if a.number in {b.region, b.municipality} or b.number in {a.region, a.municipality}:
        return True
    return "country" in {a.kind, b.kind} or a.distance_to(b) <= max(a.uncertainty_m, b.uncertainty_m)


def _precedence(group: Sequence[Reading]) -> Callable[[Reading], tuple[int, float]]:
    """Return the sort key within a family: the widest claim, unless a real town bears the name."""
    people = max((each.place.population for each in group if each.place.kind == "region"), default=0)

    def key(reading: Reading) -> tuple[int, float]:
        place = reading.place
        large = place.population >= max(_TOWN_PEOPLE, _CAPITAL_SHARE * people)
        if place.kind == "country":
            rank = 0
        elif place.kind == "town" and large:
            rank = 1
        elif place.kind == "municipality":
            rank = 3 if place.uncertainty_m <= _WIDEST_MUNICIPALITY_M else 5
        elif place.kind == "region":
            rank = 2
        else:
            rank = 4 if place.kind == "town" else 1
        return rank, -reading.score

    return key
