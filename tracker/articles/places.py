"""The places of a shoot: mentions made into real places, streets and buildings into their towns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracker.articles.cues import Reading
from tracker.articles.datelines import dateline_of
from tracker.articles.maintown import TOWNS, VILLAGE, first_of, main_town, sure_town
from tracker.articles.mention import Mention
from tracker.articles.mentions import mentions_in
from tracker.articles.model import FoundPlace, Status
from tracker.articles.whereabouts import Whereabouts, display_name
from tracker.geocoding.candidates import Candidate
from tracker.geocoding.sphere import distance_m

_BRACKET = re.compile(r"\s*\(([^)]{2,40})\)")
_LEFT = re.compile(r"(?<!\w)(?:after|following|nach|nachdem|apres|tras|despues de|dopo|etter)(?!\w)")
# What stands in a title says nothing of who has left: "Der letzte Zug nach Meran".
_QUOTED = re.compile(r"[“„«\"].{2,80}?[”“»\"]")
_PRECISE = {"country": "country", "region": "region", "municipality": "municipality"}
_A_DAYS_DRIVE_M = 250_000.0
_STOPS = frozenset({"station", "airport"})
_WIDE = frozenset({"country", "region"})


@dataclass
class _Scene:
    """Which towns have been spoken of so far; a street is in the last one of its sentence or line."""

    whereabouts: Whereabouts
    main: Candidate | None = None
    # Where the article first names the main town: what stands before it may be elsewhere.
    main_from: int = 0
    last: Candidate | None = None
    line: int = -1
    # The country of the last place that was told of.
    country: str | None = None
    found: list[FoundPlace] = field(default_factory=list)
    sure: list[Candidate] = field(default_factory=list)

    def is_out_of_the_way(self, place: Candidate) -> bool:
        """Tell whether a small place is far from all towns that are surely meant: likely a namesake."""
        compatriots = [
            other for other in self.sure if other.country == place.country and other.id != place.id
        ]
        if place.kind not in TOWNS or place.population >= VILLAGE or not compatriots:
            return False
        return all(
            distance_m(place.lat, place.lon, other.lat, other.lon) > _A_DAYS_DRIVE_M for other in compatriots
        )

    def town_for(self, mention: Mention) -> Candidate | None:
        if self.last is not None and self.line == mention.reading.sentence.line:
            return self.last
        if self.main is not None and mention.start >= self.main_from:
            return self.main
        return self.last

    def went_to(self, place: Candidate, mention: Mention) -> None:
        base = mention.reading.sentence.start
        first, _ = mention.reading.segment_of(mention.start - base)
        before = _QUOTED.sub("", mention.reading.sentence.flat[first : mention.start - base])
        if _LEFT.search(before):
            return  # "after shooting in Rome, …": what follows is elsewhere
        if place.kind in TOWNS:
            self.last, self.line = place, mention.reading.sentence.line


def find_places(
    readings: Sequence[Reading], whereabouts: Whereabouts, blocked: Sequence[tuple[int, int]]
) -> list[FoundPlace]:
    """Return the places of the shoot that running text names, in order, each time that it does."""
    mentions: list[Mention] = []
    dated: set[str] = set()
    for reading in readings:
        dateline = dateline_of(reading)
        shut = list(blocked)
        if dateline is not None:
            shut.append((dateline.start, dateline.end))
            name = f"{dateline.town}, {dateline.state}" if dateline.state else dateline.town
            place = (
                whereabouts.qualified(dateline.town, dateline.state)
                if dateline.state
                else whereabouts.settle(name)
            )
            if place is not None:
                whereabouts.learn(dateline.town, place)
                dated.add(place.id)
        mentions += mentions_in(
            reading,
            shut,
            whereabouts.kind_of,
            lambda name, wider: whereabouts.qualified(name, wider) is not None,
        )
    off = {mention.name for mention in mentions if mention.accepted and mention.status is Status.CANCELLED}
    mentions = [
        replace(mention, status=Status.CANCELLED) if mention.name in off and not mention.stated else mention
        for mention in mentions
    ]
    _learn(mentions, whereabouts)
    main = main_town(mentions, whereabouts)
    if main is not None:
        whereabouts.is_in(main.country)
    scene = _Scene(whereabouts, main=main, main_from=first_of(main, mentions, dated, whereabouts))
    scene.sure = [place for mention in mentions if (place := sure_town(mention, whereabouts)) is not None]
    for mention in mentions:
        told = _place(mention, scene) if mention.accepted else None
        if told is not None:
            scene.found.append(told)
            scene.country = told.country or scene.country
    return scene.found


def _learn(mentions: Sequence[Mention], whereabouts: Whereabouts) -> None:
    for mention in mentions:
        if mention.spot is None and mention.qualifier:
            place = whereabouts.qualified(mention.name, mention.qualifier)
            if place is not None and mention.accepted:
                whereabouts.learn(mention.name, place)
            elif place is not None:
                whereabouts.named.setdefault(mention.name.casefold(), place)
    for mention in mentions:
        if mention.spot is None and not mention.qualifier and len(mention.name) > 2:
            place = whereabouts.surely(mention.name)
            is_clear = place is not None and (
                place.kind in _WIDE or (place.kind == "municipality" and " " in mention.name)
            )
            spoken = is_clear or mention.accepted
            if place is not None and spoken and whereabouts.tells_country(place):
                whereabouts.is_in(place.country)


def _place(mention: Mention, scene: _Scene) -> FoundPlace | None:
    if mention.spot is not None:
        return _spot(mention, scene)
    if mention.unlisted:
        return _unlisted(mention, scene)
    near = (scene.last.lat, scene.last.lon) if scene.last is not None else None
    place = scene.whereabouts.settle(mention.name, near=near, area=mention.is_area)
    if place is None:
        is_told = mention.reading.strong and mention.reading.language.code != "de" and not mention.is_area
        return _unlisted(mention, scene) if is_told and mention.status is not Status.IMPLIED else None
    if (
        mention.status is Status.IMPLIED
        and scene.found
        and place.country not in {each.country for each in scene.found}
    ):
        return None
    if not mention.qualifier and scene.is_out_of_the_way(place):
        return None
    scene.went_to(place, mention)
    within = None if mention.qualifier == "" else _wider(place)
    return FoundPlace(
        # "Babelsberg" is no station, though the station is what is listed under the name.
        name=mention.name if place.kind in _STOPS else display_name(place),
        as_written=_as_written(mention),
        country=place.country,
        within=within,
        kind=place.kind,
        precision=_PRECISE.get(place.kind, "place"),
        status=mention.status,
        lat=place.lat,
        lon=place.lon,
        uncertainty_m=place.uncertainty_m,
        confidence=place.confidence,
        approximate=False,
        production=None,
        start=mention.start,
        end=mention.end,
    )


def _unlisted(mention: Mention, scene: _Scene) -> FoundPlace:
    """Tell a place that the gazetteer does not know: a village somewhere, without a position."""
    base = mention.reading.sentence.start
    bracket = _BRACKET.match(mention.reading.sentence.text, mention.end - base)
    around = scene.whereabouts.surely(bracket[1]) if bracket else None
    # A name that others bear elsewhere says nothing of the country of the article.
    is_elsewhere = scene.whereabouts.kind_of(mention.name)
    likely = None if bracket or is_elsewhere else scene.country or scene.whereabouts.likely_country
    return FoundPlace(
        name=mention.name,
        as_written=mention.name,
        country=around.country if around else likely,
        within=around.name if around else None,
        kind="not listed",
        precision="place",
        status=mention.status,
        lat=None,
        lon=None,
        uncertainty_m=None,
        confidence=0.0,
        approximate=True,
        production=None,
        start=mention.start,
        end=mention.end,
    )


def _spot(mention: Mention, scene: _Scene) -> FoundPlace | None:
    spot = mention.spot
    if spot is None:
        return None
    town = scene.town_for(mention)
    if mention.qualifier:
        first, _, rest = mention.qualifier.partition(", ")
        where = scene.whereabouts
        town = (where.qualified(first, rest) if rest else None) or where.settle(first) or town
        if town is not None and town.kind in TOWNS:
            scene.went_to(town, mention)
    if spot.generic and (town is None or town.kind not in TOWNS):
        return None
    found = spot_place(spot.text, town, scene.whereabouts, mention.status, mention.start, mention.end)
    if found.lat is None and scene.country:
        found = replace(found, country=scene.country)
    return replace(found, as_written=_as_written(mention))


def spot_place(
    text: str, town: Candidate | None, whereabouts: Whereabouts, status: Status, start: int, end: int
) -> FoundPlace:
    """Make a street, building or sight in a town a place; unlisted, it stands approximately at the town."""
    listed = whereabouts.spot(text, town)
    position = listed or town
    exact = listed is not None and not listed.approximate
    return FoundPlace(
        name=text,
        as_written=text,
        country=position.country if position else whereabouts.likely_country,
        within=display_name(town) if town else None,
        kind=position.kind if position and exact else "building or street",
        precision="place",
        status=status,
        lat=position.lat if position else None,
        lon=position.lon if position else None,
        uncertainty_m=position.uncertainty_m if position else None,
        confidence=position.confidence if position else 0.0,
        approximate=not exact,
        production=None,
        start=start,
        end=end,
    )


def _as_written(mention: Mention) -> str:
    base = mention.reading.sentence.start
    return mention.reading.sentence.text[mention.start - base : mention.end - base]


def _wider(place: Candidate) -> str | None:
    return next((part for part in (place.region, place.country) if part and part != place.name), None)
