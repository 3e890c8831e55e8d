"""What the film's page shows, worked out from its route: the same for eyes, screen readers and no scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from tracker.foundation.dates import Period, describe
from tracker.productions.models import Production, ProductionIdentifier, TitleKind
from tracker.productions.partners import PartnerRole
from tracker.routes.contradictions import contradictions_of
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.web.contradictions.words import ConflictWords, conflict_words
from tracker.web.productions.evidence import Evidence, evidence_of
from tracker.web.productions.helpers import HelpedShoots, helped_shoots
from tracker.web.productions.known_on import AsKnown, as_known
from tracker.web.productions.questions import open_questions
from tracker.web.productions.stops import LaneList, Step, StopEntry, lane_lists, stop_entries, unsettled
from tracker.web.productions.timeline import Timeline, timeline_of

_DATABASES = {
    "imdb": ("IMDb", "https://www.imdb.com/title/{}/"),
    "tmdb": ("TMDB", "https://www.themoviedb.org/movie/{}"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
}


@dataclass(frozen=True, slots=True)
class TimeRange:
    """The time slider: from the first stop's earliest day to the last one's."""

    first: date
    days: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The production in another database."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class FilmPage:
    """Everything that templates/productions/show.html shows."""

    film: FilmRoute
    eyebrow: str
    aliases: tuple[str, ...]
    working_titles: tuple[str, ...]
    released: str
    elsewhere: tuple[Elsewhere, ...]
    summary: tuple[tuple[str, str], ...]
    lanes: tuple[LaneList, ...]
    undated: tuple[StopEntry, ...]
    unsettled: tuple[StopEntry, ...]
    ghosts: tuple[StopEntry, ...]
    rumours: tuple[StopEntry, ...]
    refuted: tuple[StopEntry, ...]
    timeline: Timeline | None
    time: TimeRange | None
    known: AsKnown | None
    questions: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[ConflictWords, ...]
    settled: tuple[ConflictWords, ...]
    helpers: tuple[HelpedShoots, ...] = ()

    @property
    def production(self) -> Production:
        return self.film.production

    @property
    def as_of(self) -> date | None:
        return self.film.as_of

    @property
    def is_empty(self) -> bool:
        return not self.film.shoots


def film_page(
    film: FilmRoute,
    identifiers: Sequence[ProductionIdentifier],
    today: date,
    roles: Sequence[PartnerRole] = (),
) -> FilmPage:
    """Answer the page of a film's route."""
    lanes = _with_first_selected(lane_lists(film))
    tangled = unsettled(film)
    undated = [film.shoots[stop.id] for stop in film.route.undated]
    order = _reading_order(film, lanes, undated, tangled)
    refuted = {known.shoot.id for known in film.refuted}
    shown = [known for known in order if known.shoot.id not in refuted]
    titles = film.production.titles
    conflicts = conflict_words(film, contradictions_of(film))
    return FilmPage(
        film=film,
        eyebrow=_eyebrow(film.production),
        aliases=tuple(t.text for t in titles if t.kind is TitleKind.ALIAS),
        working_titles=tuple(t.text for t in titles if t.kind is TitleKind.WORKING),
        released=_released(film.production),
        elsewhere=tuple(_elsewhere(i) for i in identifiers),
        summary=_summary(film, lanes, len(shown)),
        lanes=tuple(lanes),
        undated=tuple(stop_entries(film, undated)),
        unsettled=tuple(stop_entries(film, tangled)),
        ghosts=tuple(stop_entries(film, film.ghosts)),
        rumours=tuple(stop_entries(film, film.rumours)),
        refuted=tuple(stop_entries(film, film.refuted)),
        timeline=timeline_of(film, lanes, [*tangled, *undated, *film.ghosts]),
        time=_time_range(film),
        known=as_known(film.learned_on, film.as_of, today),
        questions=tuple(open_questions(film, film.as_of or today)),
        evidence=tuple(evidence_of(film, known, today) for known in order),
        conflicts=tuple(one for one in conflicts if not one.settled),
        settled=tuple(one for one in conflicts if one.settled),
        helpers=helped_shoots(film, roles),
    )


def _with_first_selected(lanes: list[LaneList]) -> list[LaneList]:
    """Mark the stop whose evidence stands open on the page: the first of the list."""
    for i, lane in enumerate(lanes):
        for j, row in enumerate(lane.rows):
            if isinstance(row, Step):
                first = replace(row.stops[0], selected=True)
                step = replace(row, stops=(first, *row.stops[1:]))
                rows = (*lane.rows[:j], step, *lane.rows[j + 1 :])
                return [*lanes[:i], replace(lane, rows=rows), *lanes[i + 1 :]]
    return lanes


def _reading_order(
    film: FilmRoute, lanes: list[LaneList], undated: list[KnownShoot], tangled: list[KnownShoot]
) -> list[KnownShoot]:
    """Answer all known shoots once, in the order of the list."""
    on_lanes = [film.shoots[entry.shoot] for lane in lanes for entry in lane.entries]
    listed = [*on_lanes, *tangled, *undated, *film.ghosts, *film.rumours, *film.refuted]
    return list({known.shoot.id: known for known in listed}.values())


def _elsewhere(identifier: ProductionIdentifier) -> Elsewhere:
    name, address = _DATABASES[identifier.scheme]
    return Elsewhere(f"{name} {identifier.value}", address.format(quote(identifier.value, safe="")))


def _released(production: Production) -> str:
    released = production.released
    return describe(Period(released, released)) if released.is_known else ""


def _eyebrow(production: Production) -> str:
    kind = production.kind.value.replace("_", " ").capitalize()
    return f"{kind}, {production.year}" if production.year else kind


def _summary(film: FilmRoute, lanes: list[LaneList], shoots: int) -> tuple[tuple[str, str], ...]:
    steps = [row for lane in lanes for row in lane.rows if isinstance(row, Step)]
    counted = (
        (len(steps), "step" if len(steps) == 1 else "steps", "in order"),
        (sum(step.planned for step in steps), "of them", "planned"),
        (shoots, "shoot" if shoots == 1 else "shoots", ""),
        (sum(not step.ordered for step in steps), "bracketed,", "order unknown"),
        (sum(len(lane.floaters) for lane in film.route.lanes), "beside", "the line"),
        (len(film.route.undated), "undated", ""),
    )
    return tuple((str(n), f"{a} {b}".strip()) for n, a, b in counted if n)


def _time_range(film: FilmRoute) -> TimeRange | None:
    begins = [film.shoots[i].knowledge.period.start.earliest for i in film.route.anchors]
    days = [day for day in begins if day is not None]
    if len(set(days)) < 2:
        return None
    return TimeRange(min(days), (max(days) - min(days)).days)
