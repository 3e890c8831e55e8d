"""Which place a name in the article means: the other places of the article decide between namesakes."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.articles.model import Resolves
from tracker.geocoding.candidates import Answer, Candidate

_SURE = 0.6
_FAMOUS = 100_000
_TOWN = 20_000
# The only place of its name, nearly: a village may be meant wherever the article is.
_ALONE = 0.8
_LIKELY = 0.4
_SIGHTS = frozenset({"studio", "building", "park", "water", "mountain", "railway", "airport", "station"})
# A namesake in the country of the article prevails over a famous one if it is not this much smaller.
_MUCH_SMALLER = 20
_MUCH_SMALLER_AT_HOME = 300
_WIDE = frozenset({"country", "region"})
# Where an article is likely to be at home, if nothing else says it.
_AT_HOME = {"de": ("DE", "AT", "CH"), "fr": ("FR",), "es": ("ES",), "it": ("IT",), "no": ("NO",)}
_ARTICLES = frozenset(
    {"the", "a", "an", "le", "la", "les", "el", "los", "las", "il", "lo", "die", "der", "das"}
)
# Parts of any town, though some villages are called so.
_GENERIC = frozenset(
    {"town", "city", "village", "old town", "new town", "town hall", "city hall", "high street", "altstadt"}
)
_FAR_LIKELIER = 5
_GREATER = 2
_WITH_STATE = frozenset({"US", "CA"})


@dataclass
class Whereabouts:
    """Finds places for one article and remembers what it has learnt of where the article is."""

    gazetteer: Resolves
    language: str
    countries: dict[str, int] = field(default_factory=dict)
    named: dict[str, Candidate] = field(default_factory=dict)
    _answers: dict[tuple[str, str, str | None, tuple[float, float] | None], Answer] = field(
        default_factory=dict
    )

    def ask(
        self,
        name: str,
        *,
        context: str = "",
        country: str | None = None,
        near: tuple[float, float] | None = None,
    ) -> Answer:
        """Resolve a name once for the article."""
        key = (name, context, country, near)
        if key not in self._answers:
            self._answers[key] = self.gazetteer.resolve(
                name, context=context, country=country, near=near, limit=5
            )
        return self._answers[key]

    def exact(
        self, name: str, *, country: str | None = None, near: tuple[float, float] | None = None
    ) -> Answer:
        """Answer only places that bear the very name; a mended or finer one is no answer."""
        answer = self.ask(name, country=country, near=near)
        best = answer.pin
        is_generic = name.casefold().removeprefix("the ") in _GENERIC
        if best is None or is_generic or best.approximate or best.why.startswith("spelt"):
            return Answer(name)
        return answer

    def kind_of(self, name: str) -> str:
        """Return the kind of the likeliest place of this very name, empty if there is none.

        An article before the name must belong to it ("The Hague").
        """
        best = self.exact(name).best
        if best is None:
            return ""
        first = name.split(maxsplit=1)[0].casefold()
        belongs = first not in _ARTICLES or best.kind in _WIDE or best.name.casefold().startswith(first)
        return best.kind if belongs else ""

    def learn(self, name: str, place: Candidate) -> None:
        """Keep in mind that the article means this place by the name."""
        self.named.setdefault(name.casefold(), place)
        self.is_in(place.country)

    def tells_country(self, place: Candidate) -> bool:
        """Tell whether naming a place says where the article is about: a town abroad may have a namesake."""
        usual = _AT_HOME.get(self.language, ())
        return (
            place.kind in _WIDE
            or not usual
            or place.country in usual
            or self._local(place.name, [usual[0]], None) is None
        )

    def is_in(self, country: str) -> None:
        """Count one more word for the article being about a country."""
        self.countries[country] = self.countries.get(country, 0) + 1

    def surely(self, name: str) -> Candidate | None:
        """Return the place that a name means whatever the article is about, if there is one."""
        answer = self.exact(name)
        best = answer.best
        if best is None or not _is_sure(answer):
            return None
        is_wide = best.kind in _WIDE or (best.kind == "municipality" and best.confidence >= _ALONE)
        return best if is_wide or best.population >= _FAMOUS else None

    def settle(
        self, name: str, *, near: tuple[float, float] | None = None, area: bool = False
    ) -> Candidate | None:
        """Return the place that the name means in this article, or None where that stays open."""
        known = self.named.get(name.casefold())
        if known is not None:
            return known
        if area and self.exact(f"{name} municipality").best is not None:
            name = f"{name} municipality"
        answer = self.exact(name)
        best = answer.best
        if best is None:
            return None
        sure, home = _is_sure(answer), self._home()
        if sure and (best.kind == "country" or (home and best.country == home[0])):
            return best
        local = self._local(name, home, near)
        is_famous = sure and (best.kind in _WIDE or best.population >= _FAMOUS)
        if local is not None and not (is_famous and self._outshines(best, local, home[0])):
            return local
        is_alone = best.confidence >= _ALONE and best.country in self.countries
        is_known = best.population >= _TOWN or best.kind in _SIGHTS or is_alone
        return best if is_famous or (sure and is_known) else None

    def _outshines(self, famous: Candidate, local: Candidate, home: str) -> bool:
        """Tell whether a famous place is meant although the country of the article has a namesake."""
        at_home = home in _AT_HOME.get(self.language, ())
        return local.population * (_MUCH_SMALLER_AT_HOME if at_home else _MUCH_SMALLER) < famous.population

    @property
    def likely_country(self) -> str | None:
        """Return the country that the article most likely is about."""
        home = self._home()
        weights = sorted(self.countries.values())
        is_tied = len(weights) > 1 and weights[-1] == weights[-2] and not _AT_HOME.get(self.language)
        return home[0] if home and not is_tied else None

    def _home(self) -> list[str]:
        usual = _AT_HOME.get(self.language, ())
        # The language's own country comes first unless another one is spoken of more than once.
        weights = {code: float(count) for code, count in self.countries.items()}
        for rank, code in enumerate(usual):
            weights[code] = weights.get(code, 0.0) + (1.5 if rank == 0 else 0.1)
        return sorted(weights, key=lambda code: -weights[code])

    def _local(self, name: str, home: list[str], near: tuple[float, float] | None) -> Candidate | None:
        for code in home:
            answer = self.exact(name, country=code, near=near)
            if answer.best is not None and (not answer.ambiguous or near is not None):
                return answer.best
        return None

    def qualified(self, name: str, qualifier: str) -> Candidate | None:
        """Return the place of a name that is written with where it is: "Wilmington, N.C."."""
        home = self._home() if self.countries else []
        for country in [None, *home[:1]]:
            answer = self.ask(f"{name}, {qualifier}", country=country)
            best = answer.pin
            if best is None or best.approximate or answer.ambiguous or len(answer.used) < 2:
                continue
            if not self._is_wider(qualifier, best):
                continue
            if not best.why.startswith("spelt") and answer.used[0].casefold() in name.casefold():
                return best
        return None

    def _is_wider(self, qualifier: str, place: Candidate) -> bool:
        """Tell whether a qualifier may hold a place: "Ramsey, Laxey" are two places."""
        outer = self.exact(qualifier).best
        if outer is None:
            return True
        is_populous = outer.population == 0 or outer.population > _GREATER * place.population
        is_wide = outer.uncertainty_m > _GREATER * place.uncertainty_m
        # "Washington, D.C." names its city twice.
        is_region = outer.id == place.id or (bool(place.region) and outer.name == place.region)
        return outer.kind == "country" or is_region or (is_populous and is_wide)

    def spot(self, text: str, town: Candidate | None) -> Candidate | None:
        """Return where a street or sight is: itself if it is listed, else the town around it, approximate."""
        if town is None:
            home = self._home()
            best = self.exact(text, country=home[0] if home else None).best
            listed = best is not None and best.kind not in {*_WIDE, "municipality", "town"}
            return best if listed and best is not None and best.confidence >= _SURE else None
        itself = self.exact(text).best
        if itself is not None and itself.kind in _SIGHTS and itself.confidence >= _ALONE:
            return itself
        where = ", ".join(part for part in (town.name, town.region) if part)
        answer = self.ask(f"{text}, {where}", country=town.country)
        best = answer.pin
        if best is None or (best.id == town.id and not best.approximate):
            return None
        return best


def _is_far_likelier(answer: Answer) -> bool:
    first, *others = answer.candidates
    return first.confidence >= _FAR_LIKELIER * max((each.confidence for each in others), default=0.0)


def _is_sure(answer: Answer) -> bool:
    """Tell whether one place is meant; a great city is, if its namesakes are far less likely."""
    best = answer.best
    if best is None:
        return False
    if not answer.ambiguous:
        return best.confidence >= _SURE
    if best.kind in _SIGHTS:
        return best.confidence >= _LIKELY and _is_far_likelier(answer)
    others = max((each.confidence for each in answer.candidates[1:]), default=0.0)
    return best.kind == "town" and best.population >= _FAMOUS and best.confidence >= _FAR_LIKELIER * others


def display_name(place: Candidate) -> str:
    """Return the name as readers tell it from namesakes: with the state in North America."""
    if (
        place.country in _WITH_STATE
        and place.region
        and place.kind not in _WIDE
        and place.region != place.name
    ):
        return f"{place.name}, {place.region}"
    return place.name
