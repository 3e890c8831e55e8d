"""The cascade: places on record, the offline gazetteer, remembered answers, an online provider if any.

It stops at the first place that is meant exactly and beyond doubt. What an offline answer leaves open, later
steps may improve; they never take a namesake away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.geocoding.candidates import Answer, Candidate, provider_of
from tracker.geocoding.gazetteer import Gazetteer
from tracker.geocoding.memory import Question, Remembered
from tracker.geocoding.models import AnswerState
from tracker.geocoding.reading import Part, split
from tracker.geocoding.setting import Setting, make_setting
from tracker.geocoding.store import Place

OwnPlaces = Callable[[str], Sequence[Candidate]]
Ask = Callable[[Question], Remembered | None]

_SAME_SPOT_M = 2_000.0
_SAME_SHOOT_M = 150_000.0
# Providers that rank by importance leave no doubt when the first is this much above the second.
_CLEARLY = 0.15


class Resolver(Protocol):
    """Whatever answers what a text may mean."""

    def resolve(
        self,
        query: str,
        *,
        context: str = "",
        country: str | None = None,
        near: tuple[float, float] | None = None,
        limit: int = 8,
    ) -> Answer:
        """Answer the places that `query` may mean, best first; see `tracker.geocoding.resolve`."""
        ...


def no_places(_name: str) -> Sequence[Candidate]:
    """Answer that nothing is on record."""
    return ()


@dataclass(frozen=True, slots=True)
class Cascade:
    """Ask one after the other. What is None or empty is left out.

    `own` answers the public places on record by their folded name; `remembered` recalls what a provider said;
    `online` asks it and takes its time, so a page's cascade has none. `provider` is its name, for notes.
    """

    gazetteer: Gazetteer | None
    own: OwnPlaces = no_places
    remembered: Ask | None = None
    online: Ask | None = None
    provider: str = ""

    def resolve(
        self,
        query: str,
        *,
        context: str = "",
        country: str | None = None,
        near: tuple[float, float] | None = None,
        limit: int = 8,
        further: bool = False,
    ) -> Answer:
        """Answer the places that `query` may mean, best first, each with its provider and licence.

        `context` and `country` are hard filters for every step. Raise `InvalidValueError` when `country` is
        no code. `note` tells if a provider could not be asked. With `further` the later steps are asked even
        where an earlier one left no doubt; what they find is added behind.
        """
        offline = Answer(query)
        if self.gazetteer is not None:
            offline = self.gazetteer.resolve(query, context=context, country=country, near=near, limit=limit)
        name, rest = _split(query)
        around = ", ".join(part for part in (*rest, context) if part)
        own = self._own(query, name, around, context, country)
        answer = _with_own(offline, own, limit)
        if (answer.is_settled and not further) or (self.remembered is None and self.online is None):
            return answer
        return self._improved(answer, context=context, country=country, around=around, limit=limit)

    def question(self, query: str, *, context: str = "", country: str | None = None) -> Question:
        """Answer what a provider is asked: the country as its code where it is beyond doubt."""
        setting = self._setting(context, country)
        code = next(iter(setting.countries)) if len(setting.countries) == 1 else ""
        is_country_alone = bool(code) and all(_names_country(part) for part in setting.parts)
        return Question(query, context="" if is_country_alone else context, country=code)

    def suggest(self, prefix: str, *, country: str | None = None, limit: int = 8) -> list[Candidate]:
        """Answer places of the gazetteer whose name begins so."""
        return self.gazetteer.suggest(prefix, country=country, limit=limit) if self.gazetteer else []

    def _own(self, query: str, name: str, around: str, context: str, country: str | None) -> list[Candidate]:
        """Answer the places on record of that name, whole or up to the first comma, that fit the context."""
        whole = list(self.own(query))
        if whole:
            fitting = self._fitting(whole, context, country)
        elif fold(name) != fold(query):
            fitting = self._fitting(self.own(name), around, country)
        else:
            fitting = []
        return fitting

    def _fitting(self, candidates: Sequence[Candidate], context: str, country: str | None) -> list[Candidate]:
        if not candidates or not (context or country):
            return list(candidates)
        setting = self._setting(context, country)
        return [candidate for candidate in candidates if _fits(candidate, setting)]

    def _setting(self, context: str, country: str | None) -> Setting:
        if self.gazetteer is not None:
            return make_setting(self.gazetteer.store, context, country, None)
        return Setting(countries=frozenset({country.strip().upper()} if country else ()))

    def _improved(
        self, answer: Answer, *, context: str, country: str | None, around: str, limit: int
    ) -> Answer:
        question = self.question(answer.query, context=context, country=country)
        if not question.is_askable:
            return answer
        told = self.remembered(question) if self.remembered else None
        if self.online is not None and (told is None or not told.is_answer):
            told = self.online(question)
        if told is None or told.state is AnswerState.ASKING:
            return answer
        if told.state is AnswerState.FAILED:
            rest = "this is the offline answer" if answer.candidates else "nothing was found offline"
            return replace(answer, note=f"{told.note}; {rest}")
        found = self._fitting([self._placed(each) for each in told.candidates], around, country)
        if not found:
            return replace(answer, note=f"{self.provider} knows nothing by that name")
        return _with_online(answer, found, limit)

    def _placed(self, candidate: Candidate) -> Candidate:
        """Give a candidate whose provider tells no country that of the nearest town."""
        if candidate.country or self.gazetteer is None:
            return candidate
        towns = self.gazetteer.around(candidate.lat, candidate.lon, limit=1)
        return replace(candidate, country=towns[0].country) if towns else candidate


def _split(query: str) -> tuple[str, list[str]]:
    """Answer the finest part of a text, and the parts that tell where it is."""
    parts = [part for part in (" ".join(piece.split()) for piece in split(query)) if part]
    return (parts[0], parts[1:]) if parts else (query, [])


def _fits(candidate: Candidate, setting: Setting) -> bool:
    """Tell whether the candidate lies where the context says: its country, its region, near its town."""
    if setting.countries and candidate.country not in setting.countries:
        return False
    return all(any(_holds(hit.place, candidate) for hit in part.hits) for part in setting.parts if part.hits)


def _names_country(part: Part) -> bool:
    return any(hit.place.kind == "country" for hit in part.hits)


def _holds(place: Place, candidate: Candidate) -> bool:
    if place.kind == "country":
        return place.country == candidate.country
    if place.kind == "region" and candidate.region:
        return place.country == candidate.country and fold(place.name) == fold(candidate.region)
    reach = max(place.uncertainty_m, 0.0 if place.kind == "region" else _SAME_SHOOT_M)
    return distance_m(Point(place.lat, place.lon), _point(candidate)) <= reach


def _with_own(offline: Answer, own: Sequence[Candidate], limit: int) -> Answer:
    """Put places on record first. They settle what the gazetteer does not know, and never hide a namesake."""
    if not own:
        return offline
    best = offline.best
    ranked = sorted(own, key=lambda each: best is None or not _is_one(each, best))
    merged = [_on_record(each, offline.candidates) for each in ranked]
    rest = [each for each in offline.candidates if not any(_is_one(other, each) for other in own)]
    if best is None or best.approximate or offline.guessed:
        return replace(
            offline,
            guessed=False,
            candidates=tuple(merged[:limit]),
            ambiguous=any(not _is_same(each, ranked[0]) for each in ranked[1:]),
            used=(offline.query,),
            ignored=(),
        )
    return replace(
        offline,
        candidates=tuple([*merged, *rest][:limit]),
        ambiguous=offline.ambiguous or not _is_one(ranked[0], best),
    )


def _is_one(own: Candidate, known: Candidate) -> bool:
    """Tell whether a row is the place on record: at its spot, or within its accuracy if it is untied."""
    if _is_same(own, known):
        return True
    is_tied = provider_of(own.id) != own.provider
    alike = (own.kind, own.country, fold(own.name)) == (known.kind, known.country, fold(known.name))
    return alike and not is_tied and _apart(own, known) <= own.uncertainty_m


def _on_record(own: Candidate, known: Sequence[Candidate]) -> Candidate:
    """Tell a place on record with what the gazetteer adds to it, such as its population.

    A row of the same name at the same spot, which nobody has tied to it yet, is offered itself: choosing it
    finds the place on record.
    """
    same = next((each for each in known if each.id == own.id), None)
    if same is not None:
        return replace(
            own,
            region=own.region or same.region,
            municipality=own.municipality or same.municipality,
            population=same.population,
            confidence=max(own.confidence, same.confidence),
        )
    beside = next((each for each in known if not each.approximate and _is_same(each, own)), None)
    return own if beside is None else replace(beside, why=f"{own.why}; {beside.why}")


def _with_online(offline: Answer, found: Sequence[Candidate], limit: int) -> Answer:
    """Let a provider's answer complete the offline one.

    Where that was empty it takes its place; where it only stood for something finer, what lies within comes
    first; where namesakes compete, it is one more of them.
    """
    best = offline.best
    if best is None or offline.guessed:
        return replace(
            offline,
            guessed=False,
            candidates=tuple(found[:limit]),
            ambiguous=_is_doubtful(found),
            used=(offline.query,),
            ignored=(),
        )
    fresh = [each for each in found if not any(_is_same(each, other) for other in offline.candidates)]
    if offline.ambiguous or not best.approximate:
        # Some of either: the new ones are what was asked for.
        kept = offline.candidates[: max(limit // 2, limit - len(fresh))]
        return replace(offline, candidates=tuple([*kept, *fresh][:limit]))
    inside = [each for each in fresh if _apart(each, best) <= best.uncertainty_m]
    outside = [each for each in fresh if each not in inside]
    if inside:
        ranked, ambiguous = [*inside, *offline.candidates, *outside], _is_doubtful(inside)
    else:
        ranked, ambiguous = [*offline.candidates, *outside], bool(outside)
    return replace(offline, candidates=tuple(ranked[:limit]), ambiguous=ambiguous)


def _is_doubtful(found: Sequence[Candidate]) -> bool:
    """Tell whether another of the places, elsewhere, is about as likely as the first."""
    first = found[0]
    return any(
        first.confidence - other.confidence < _CLEARLY
        and _apart(first, other) > max(_SAME_SPOT_M, first.uncertainty_m, other.uncertainty_m)
        for other in found[1:]
    )


def _is_same(a: Candidate, b: Candidate) -> bool:
    return a.id == b.id or (
        a.kind == b.kind and fold(a.name) == fold(b.name) and _apart(a, b) <= _SAME_SPOT_M
    )


def _apart(a: Candidate, b: Candidate) -> float:
    return distance_m(_point(a), _point(b))


def _point(candidate: Candidate) -> Point:
    return Point(candidate.lat, candidate.lon)
