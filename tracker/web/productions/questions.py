"""What the record does not know about a film's shoot, as questions that somebody may answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.places.privacy import public_name
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.routes.stops import Stop

_MOST_NAMES = 4


def open_questions(film: FilmRoute, on: date) -> list[str]:
    """Answer the gaps of a route as known on a day, the most telling first."""
    lanes = film.route.lanes
    on_line = [stop for lane in lanes for cluster in lane.clusters for stop in cluster.stops]
    floating = [stop for lane in lanes for stop, _ in lane.floaters]
    undated = list(film.route.undated)
    questions = [
        _which_first(film, cluster.stops)
        for lane in lanes
        for cluster in lane.clusters
        if not cluster.ordered
    ]
    questions += [
        f"Where does {_name(film, stop)} belong in the order? It overlaps steps that are ordered."
        for stop in floating
    ]
    questions += [
        f"Was there work at {_name(film, stop)}? Only the plan is reported."
        for stop in [*on_line, *floating, *undated]
        if stop.planned and _is_due(film.shoots[stop.id], on)
    ]
    if undated:
        questions.append(f"When was the work at {_names(film, undated)}? No source dates it.")
    unlocated = [stop for stop in [*on_line, *floating, *undated] if _is_missing(film.shoots[stop.id])]
    if unlocated:
        questions.append(f"Where exactly is {_names(film, unlocated)}? It is not on the map yet.")
    return questions + _units(film, [*on_line, *floating, *undated])


def _which_first(film: FilmRoute, stops: Sequence[Stop]) -> str:
    names = [_name(film, stop) for stop in stops]
    if len(names) == 2:
        return f"Which came first, {names[0]} or {names[1]}? No source orders them."
    return f"In which order came {_joined(names)}? No source orders them."


def _units(film: FilmRoute, stops: Sequence[Stop]) -> list[str]:
    unknown = [stop for stop in stops if stop.unit == "unknown"]
    if not unknown:
        return []
    if len(unknown) == len(stops):
        return ["Which unit worked where? Nothing says."]
    return [f"Which unit worked at {_names(film, unknown)}? Nothing says."]


def _is_due(known: KnownShoot, on: date) -> bool:
    begin = known.knowledge.period.start.latest
    return begin is not None and begin < on


def _is_missing(known: KnownShoot) -> bool:
    return known.place.lat is None


def _name(film: FilmRoute, stop: Stop) -> str:
    return public_name(film.shoots[stop.id].place)


def _names(film: FilmRoute, stops: Sequence[Stop]) -> str:
    return _joined(list(dict.fromkeys(_name(film, stop) for stop in stops)))


def _joined(names: list[str]) -> str:
    if len(names) > _MOST_NAMES:
        rest = len(names) - _MOST_NAMES + 1
        names = [*names[: _MOST_NAMES - 1], f"{rest} other places"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
