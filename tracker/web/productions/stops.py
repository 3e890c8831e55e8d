"""The ordered list of a film's stops: the route for those who read instead of looking at the map."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from tracker.foundation.dates import Period, describe
from tracker.places.privacy import public_name
from tracker.routes.contradictions import open_at
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.routes.order import Floater
from tracker.routes.plan import Cluster, Lane
from tracker.routes.words import leg_words
from tracker.web.places.public import kind_and_where, place_url
from tracker.web.productions.scene import in_film_words, note_of, plays_told

_UNIT_NAMES = {
    "main": "Main unit",
    "second": "Second unit",
    "aerial": "Aerial unit",
    "pickup": "Pickups",
    "reshoot": "Reshoots",
    "unknown": "Unit unknown",
}
_BETWEEN_ENDS = re.compile(r", (?=ended |end )")


@dataclass(frozen=True, slots=True)
class StopEntry:
    """One shoot as the list shows it. `when` holds phrases that do not break inside."""

    shoot: int
    name: str
    url: str
    place_line: str
    when: tuple[str, ...]
    status: str
    grade: str
    why_grade: str
    kind: str
    uncertainty_m: int | None
    located: bool
    privacy: str
    sources: int
    sources_url: str
    contradictions: int
    cite_url: str
    refute_url: str
    note: str
    plays: tuple[str, ...] = ()
    in_film: str = ""
    selected: bool = False
    kind_word: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered step of the line: one stop, or several whose order is unknown."""

    number: int
    ordered: bool
    planned: bool
    stops: tuple[StopEntry, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A stop beside the line; `between` says what is known of its neighbours."""

    stop: StopEntry
    between: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """The leg from one step to the next, in words."""

    planned: bool
    words: str


@dataclass(frozen=True, slots=True)
class LaneList:
    """The line of one unit, from top to bottom: steps, the stops beside them, and the arrows between."""

    unit: str
    name: str
    words: str
    rows: tuple[Step | Beside | Arrow, ...]

    @property
    def entries(self) -> list[StopEntry]:
        """The stops of the lane in the order of the list."""
        found: list[StopEntry] = []
        for row in self.rows:
            if isinstance(row, Step):
                found.extend(row.stops)
            elif isinstance(row, Beside):
                found.append(row.stop)
        return found


def lane_lists(film: FilmRoute) -> list[LaneList]:
    """Answer every lane of the route as a list."""
    return [_lane_list(film, lane) for lane in film.route.lanes]


def unit_name(unit: str) -> str:
    """Answer what a lane is called."""
    return _UNIT_NAMES[unit]


def date_phrases(period: Period) -> tuple[str, ...]:
    """Answer the dates in words, start and end apart."""
    return tuple(_BETWEEN_ENDS.split(describe(period)))


def unsettled(film: FilmRoute) -> list[KnownShoot]:
    """Answer the shoots that stand on no line because what is said of their order contradicts itself."""
    found = {
        stop.id: film.shoots[stop.id]
        for contradiction in film.route.contradictions
        if contradiction.kind == "cycle"
        for stop in contradiction.stops
    }
    return list(found.values())


def stop_entries(film: FilmRoute, shoots: Iterable[KnownShoot]) -> list[StopEntry]:
    """Answer shoots as entries of the list, in the order given."""
    return [stop_entry(film, known) for known in shoots]


def stop_entry(film: FilmRoute, known: KnownShoot) -> StopEntry:
    """Answer one shoot as an entry of the list."""
    place, knowledge = known.place, known.knowledge
    return StopEntry(
        shoot=known.shoot.id,
        name=public_name(place),
        url=place_url(place),
        place_line=kind_and_where(place),
        when=date_phrases(knowledge.period),
        status=knowledge.status.value,
        grade=knowledge.grade.value,
        why_grade=knowledge.assessment.why,
        kind=place.kind.value,
        uncertainty_m=place.public_uncertainty_m,
        located=place.is_located,
        privacy=place.privacy.value,
        sources=knowledge.source_count,
        sources_url=f"#why-{known.shoot.id}",
        contradictions=open_at(film, known),
        cite_url=url_for("citing.new", shoot_id=known.shoot.id),
        refute_url=url_for("citing.new", shoot_id=known.shoot.id, stance="refutes"),
        # On the line the note stands with the evidence; a ghost's says why it came to nothing.
        note=note_of(film, known.shoot) if known in film.ghosts else "",
        plays=plays_told(known),
        in_film=in_film_words(film, known),
    )


def _played_twice(known: KnownShoot) -> int:
    return int(not known.shoot.spoiler and len(known.knowledge.plays) > 1)


def _lane_list(film: FilmRoute, lane: Lane) -> LaneList:
    rows: list[Step | Beside | Arrow] = []
    floaters = [floater for _, floater in lane.floaters]
    legs = {leg.start: leg for leg in lane.legs}
    last = len(lane.clusters) - 1
    for index, cluster in enumerate(lane.clusters):
        rows += [_beside(film, f) for f in floaters if not f.after and f.before == (index,)]
        rows.append(_step(film, index, cluster))
        rows += [_beside(film, f) for f in floaters if f.after == (index,)]
        if index == last:
            rows += [_beside(film, f) for f in floaters if not f.after and not f.before]
        if index in legs:
            rows.append(Arrow(legs[index].planned, leg_words(legs[index])))
    words = "nothing says which unit worked" if lane.unit == "unknown" else ""
    return LaneList(lane.unit, unit_name(lane.unit), words, tuple(rows))


def _step(film: FilmRoute, index: int, cluster: Cluster) -> Step:
    return Step(
        number=index + 1,
        ordered=cluster.ordered,
        planned=all(stop.planned for stop in cluster.stops),
        stops=tuple(stop_entries(film, (film.shoots[stop.id] for stop in cluster.stops))),
    )


def _beside(film: FilmRoute, floater: Floater) -> Beside:
    return Beside(stop_entry(film, film.shoots[floater.stop]), between_words(floater))


def between_words(floater: Floater) -> str:
    """Say between which steps a stop beside the line belongs."""
    after = [str(i + 1) for i in floater.after]
    before = [str(i + 1) for i in floater.before]
    if after and before:
        return f"between {after[0]} and {before[0]}, order unknown"
    if after:
        return f"some time after {after[0]}, order unknown"
    if before:
        return f"some time before {before[0]}, order unknown"
    return "order unknown"
