"""What a film's sources disagree on, of every kind, and what a moderator has said of it."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.foundation.dates import DateBound
from tracker.foundation.text import fold
from tracker.places.models import Place
from tracker.productions.claims import Claim, Scope
from tracker.productions.evidence import Manner, OrderCitation, Stance
from tracker.productions.knowledge import telling, told_status
from tracker.productions.models import Grade
from tracker.productions.questions import Question
from tracker.routes.film import FilmRoute, KnownShoot, disputed_pairs

_SAME_DAYS = timedelta(days=3)


class Kind(enum.StrEnum):
    DISPUTE = "dispute"
    START = "start"
    END = "end"
    STATUS = "status"
    PLAYS = "plays"
    IN_FILM = "in_film"
    PLACE = "place"
    SCENE = "scene"
    ORDER = "order"
    CYCLE = "cycle"
    HOP = "too_fast"


@dataclass(frozen=True, slots=True)
class Side:
    """One answer: a date, words, or neither where the stance says it all; and who gives it."""

    value: DateBound | str
    claims: tuple[Claim, ...] = ()
    orders: tuple[OrderCitation, ...] = ()
    shoot: KnownShoot | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question with two or more answers, the shown one first; `words` where there are no sides.

    `key` stays the same while shoots and values do. `settled` is the reason why all of them stand.
    """

    kind: Kind
    about: Question
    shoots: tuple[KnownShoot, ...]
    sides: tuple[Side, ...] = ()
    words: str = ""
    settled: str = ""

    @property
    def key(self) -> str:
        return self.about.key

    @property
    def can_stand(self) -> bool:
        """Whether all of it may be true, so that a moderator can leave it side by side, or the hop drawn."""
        return self.kind in _CAN_STAND

    @property
    def actions(self) -> tuple[str, ...]:
        """What a moderator may decide: keep-N or drop-N of the sides, stand; reopen once it is settled."""
        if self.settled:
            return ("reopen",)
        sides = range(len(self.sides))
        kept = [f"{'drop' if self.kind is Kind.CYCLE else 'keep'}-{at}" for at in sides]
        return (*(kept if self.kind is not Kind.HOP else ()), *(("stand",) if self.can_stand else ()))


_CAN_STAND = frozenset({Kind.START, Kind.END, Kind.STATUS, Kind.PLAYS, Kind.PLACE, Kind.SCENE, Kind.HOP})


def contradictions_of(film: FilmRoute) -> list[Conflict]:
    """Answer all that contradicts itself in a film, the gravest kinds first; settled ones come with why."""
    found = [
        *_disputes(film),
        *_orders(film),
        *_of_route(film),
        *_values(film),
        *_other_places(film),
        *_one_scene(film),
    ]
    return [replace(conflict, settled=film.settled.get(conflict.key, "")) for conflict in found]


def open_at(film: FilmRoute, known: KnownShoot) -> int:
    """Answer how many questions about one shoot alone are open."""
    disputed = known.knowledge.grade is Grade.X
    return disputed + sum(conflict.key not in film.settled for conflict in _values_of(known))


def _live(film: FilmRoute) -> list[KnownShoot]:
    return [known for known in film.shoots.values() if known.knowledge.grade is not Grade.Z]


def _disputes(film: FilmRoute) -> Iterator[Conflict]:
    for known in _live(film):
        if known.knowledge.grade is Grade.X:
            claims = known.knowledge.claims
            yield Conflict(
                Kind.DISPUTE,
                Question.of(Kind.DISPUTE, [known.shoot.id]),
                (known,),
                (
                    Side("It was shot here", tuple(c for c in claims if c.counts)),
                    Side("It was not", tuple(c for c in claims if c.counts_against)),
                ),
            )


def _orders(film: FilmRoute) -> Iterator[Conflict]:
    for pair in sorted(disputed_pairs(film.orders)):
        if not all(number in film.shoots for number in pair):
            continue
        said = [o for o in film.orders if o.is_live and (o.earlier_id, o.later_id) == pair]
        yield Conflict(
            Kind.ORDER,
            Question.of(Kind.ORDER, pair),
            tuple(film.shoots[number] for number in pair),
            (
                Side("In this order", orders=tuple(o for o in said if o.stance is Stance.SUPPORTS)),
                Side("Not in this order", orders=tuple(o for o in said if o.stance is Stance.REFUTES)),
            ),
        )


def _of_route(film: FilmRoute) -> Iterator[Conflict]:
    disputed = disputed_pairs(film.orders)
    for found in (*film.route.contradictions, *film.route.settled):
        numbers = {stop.id for stop in found.stops}
        said = tuple(
            o
            for o in film.orders
            if o.is_live
            and o.stance is Stance.SUPPORTS
            and {o.earlier_id, o.later_id} <= numbers
            and (o.earlier_id, o.later_id) not in disputed
        )
        yield Conflict(
            Kind(found.kind),
            found.question,
            tuple(film.shoots[stop.id] for stop in found.stops),
            tuple(Side(o.words, orders=(o,)) for o in said),
            found.words,
        )


def _values(film: FilmRoute) -> Iterator[Conflict]:
    for known in _live(film):
        yield from _values_of(known)


def _values_of(known: KnownShoot) -> Iterator[Conflict]:
    sides: dict[Kind, list[Side]] = {}
    for dates in known.knowledge.contradictions:
        kind = Kind(dates.field)
        of_kind = sides.setdefault(kind, [Side(dates.shown, _saying(known, kind, dates.shown))])
        of_kind.append(Side(dates.other, _saying(known, kind, dates.other)))
    for clash in known.knowledge.clashes:
        kind = Kind(clash.field)
        of_kind = sides.setdefault(kind, [Side(clash.shown, _saying(known, kind, clash.shown))])
        of_kind.append(Side(clash.other, _saying(known, kind, clash.other)))
    for kind, found in sides.items():
        values = [s.value if isinstance(s.value, str) else s.value.edtf for s in found]
        about = Question.of(kind, [known.shoot.id], values=values)
        yield Conflict(kind, about, (known,), tuple(found))


def _saying(known: KnownShoot, kind: Kind, value: DateBound | str) -> tuple[Claim, ...]:
    """Answer all claims that give that value."""
    claims = telling(known.knowledge.claims) if kind in (Kind.PLAYS, Kind.IN_FILM) else _counting(known)
    wanted = value if isinstance(value, str) else value.edtf
    return tuple(claim for claim in claims if _told(claim, kind) == wanted)


def _told(claim: Claim, kind: Kind) -> str:
    if kind is Kind.STATUS:
        return told_status(claim.status) if claim.status else ""
    if kind is Kind.PLAYS:
        return claim.story_place
    if kind is Kind.IN_FILM:
        return claim.in_film or ""
    return (claim.start if kind is Kind.START else claim.end).edtf


def _other_places(film: FilmRoute) -> Iterator[Conflict]:
    """Answer the shoots for which a supporting source names a place that has nothing to do with theirs."""
    for known in _live(film):
        elsewhere = [
            c
            for c in known.knowledge.claims
            if c.live and c.stance is Stance.SUPPORTS and c.scope is Scope.ELSEWHERE
        ]
        here = tuple(c for c in known.knowledge.claims if c.counts)
        if elsewhere and here:
            named = {c.speaks_of_id: c.speaks_of for c in known.citations if c.speaks_of is not None}
            others = [number for number in dict.fromkeys(c.speaks_of_id for c in elsewhere) if number]
            yield Conflict(
                Kind.PLACE,
                Question.of(Kind.PLACE, [known.shoot.id], places=others),
                (known,),
                (
                    Side("", here, shoot=known),
                    *(
                        Side("", tuple(c for c in elsewhere if c.speaks_of_id == number), place=named[number])
                        for number in others
                    ),
                ),
            )


def _one_scene(film: FilmRoute) -> Iterator[Conflict]:
    """Answer pairs of shoots that would both be one scene: same words, stated, on the same few days."""
    by_scene: dict[str, list[KnownShoot]] = {}
    for known in _live(film):
        if fold(known.shoot.scene) and _days(known) and _states(known):
            by_scene.setdefault(fold(known.shoot.scene), []).append(known)
    for scene, group in by_scene.items():
        for i, a in enumerate(group):
            for b in group[i + 1 :]:
                if a.place.id != b.place.id and not _lies_in(a, b) and _meet(a, b):
                    yield Conflict(
                        Kind.SCENE,
                        Question.of(Kind.SCENE, [a.shoot.id, b.shoot.id], values=[scene]),
                        (a, b),
                        tuple(Side("", _counting(k), shoot=k) for k in (a, b)),
                    )


def _counting(known: KnownShoot) -> tuple[Claim, ...]:
    return tuple(claim for claim in known.knowledge.claims if claim.counts)


def _states(known: KnownShoot) -> bool:
    return any(claim.manner is Manner.STATES for claim in _counting(known))


def _lies_in(a: KnownShoot, b: KnownShoot) -> bool:
    return a.place.within_id == b.place.id or b.place.within_id == a.place.id


def _days(known: KnownShoot) -> tuple[date, date] | None:
    """Answer first and last day of a shoot that is dated to within a few days."""
    first, last = known.knowledge.period.start.earliest, known.knowledge.period.end.latest
    return (first, last) if first and last and last - first <= _SAME_DAYS else None


def _meet(a: KnownShoot, b: KnownShoot) -> bool:
    of_a, of_b = _days(a), _days(b)
    return bool(of_a and of_b and of_a[0] <= of_b[1] and of_b[0] <= of_a[1])
