"""Which place a name in the article means: the other places of the article decide between namesakes."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.articles.model import Resolves
from tracker.geocoding.candidates import Answer, Candidate

_SURE = 0.6
_FAMOUS = 100_000
_TOWN = 20_000
# A namesake in the country of the article prevails over a famous one if it is not this much smaller.
_MUCH_SMALLER = 20
_WIDE = frozenset({"country", "region"})
# Where an article is likely to be at home, if nothing else says it.
_AT_HOME = {"de": ("DE", "AT", "CH"), "fr": ("FR",), "es": ("ES",), "it": ("IT",), "no": ("NO",)}
_WITH_STATE = frozenset({"US", "CA"})


@dataclass
class Whereabouts:
    """Finds places for one article and remembers what it has learnt of where the article is."""

    gazetteer: Resolves
    language: str
    countries: dict[str, int] = field(default_factory=dict)
    named: dict[str, Candidate] = field(default_factory=dict)
    _answers: dict[tuple[str, str, str | None, tuple[float, float] | None], Answer] = field(default_factory=dict)

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

    def exact(self, name: str, *, country: str | None = None, near: tuple[float, float] | None = None) -> Answer:
        """Answer only places that bear the very name; a mended or finer one is no answer."""
        answer = self.ask(name, country=country, near=near)
        best = answer.pin
        if best is None or best.approximate or best.why.startswith("spelt"):
            return Answer(name)
        return answer

    def learn(self, name: str, place: Candidate) -> None:
        """Keep in mind that the article means this place by the name."""
        self.named.setdefault(name.casefold(), place)
        self.is_in(place.country)

    def is_in(self, country: str) -> None:
        """Count one more word for the article being about a country."""
        self.countries[country] = self.countries.get(country, 0) + 1

    def surely(self, name: str) -> Candidate | None:
        """Return the place that a name means whatever the article is about, if there is one."""
        answer = self.exact(name)
        best = answer.best
        if best is None or answer.ambiguous or best.confidence < _SURE:
            return None
        return best if best.kind in _WIDE or best.population >= _FAMOUS else None

    def settle(
        self, name: str, *, near: tuple[float, float] | None = None, area: bool = False
    ) -> Candidate | None:
        """Return the place that the name means in this article, or None where that stays open."""
        known = self.named.get(name.casefold())
        if known is not None:
            return known
        answer = self.exact(f"{name} municipality") if area else self.exact(name)
        if area and answer.best is None:
            answer = self.exact(name)
        best = answer.best
        if best is None:
            return None
        sure = not answer.ambiguous and best.confidence >= _SURE
        if best.kind == "country" and sure:
            return best
        home = self._home()
        if not home:
            return best if sure and (best.population >= _TOWN or best.kind in _WIDE) else None
        if sure and best.country in home:
            return best
        local = self._local(f"{name} municipality" if area else name, home, near)
        if sure and (best.kind in _WIDE or best.population >= _FAMOUS):
            outdone = local is not None and local.population * _MUCH_SMALLER >= best.population
            return local if outdone else best
        if local is not None:
            return local
        return best if sure and best.population >= _TOWN else None

    def _home(self) -> list[str]:
        if self.countries:
            return sorted(self.countries, key=lambda code: -self.countries[code])
        return list(_AT_HOME.get(self.language, ()))

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
            if not best.why.startswith("spelt") and answer.used[0].casefold() in name.casefold():
                return best
        return None

    def spot(self, text: str, town: Candidate | None) -> Candidate | None:
        """Return where a street or sight is: itself if it is listed, else the town around it, approximate."""
        if town is None:
            home = self._home()
            best = self.exact(text, country=home[0] if home else None).best
            listed = best is not None and best.kind not in {*_WIDE, "municipality", "town"}
            return best if listed and best is not None and best.confidence >= _SURE else None
        where = ", ".join(part for part in (town.name, town.region) if part)
        answer = self.ask(f"{text}, {where}", country=town.country)
        best = answer.pin
        if best is None or (best.id == town.id and not best.approximate):
            return None
        return best


def display_name(place: Candidate) -> str:
    """Return the name as readers tell it from namesakes: with the state in North America."""
    if place.country in _WITH_STATE and place.region and place.kind not in _WIDE and place.region != place.name:
        return f"{place.name}, {place.region}"
    return place.name
