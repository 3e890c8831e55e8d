"""The facts of a listing: each production with its stars and its locations, dated by the listing's day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.articles.article import Article
from tracker.articles.daywords import phrases_in
from tracker.articles.language import flat
from tracker.articles.listing import ROLES, WORKING, Block, body_of
from tracker.articles.model import FoundDate, FoundPerson, FoundPlace, FoundProduction, KnownTitle, Status
from tracker.articles.people import PERSON, is_person
from tracker.articles.places import spot_place
from tracker.articles.relativedays import Calendar, Phrase
from tracker.articles.sentences import Sentence
from tracker.articles.whereabouts import Whereabouts, display_name
from tracker.geocoding.candidates import Candidate

_SEVERAL = re.compile(r"\s*(?:;|\s/\s|\|)\s*")
_BRACKET = re.compile(r"\s*\([^)]*\)")
_IN = re.compile(r"\s+(?:in|à|en|a|i)\s+(?=[A-ZÀ-Þ])")
_TRAILING = re.compile(
    r"[\s,;–-]*(?:\b(?:through|until|till|bis|from|on|all|jusqu|hasta|fino|til)\b[\s\w’']*)?[\s,;.–-]*$",
    re.IGNORECASE,
)
_NAMES = re.compile(r"\s*(?:,|&|;|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bog\b)\s*")
ALL = ("all",)
Facts = tuple[list[FoundProduction], list[FoundPlace], list[FoundDate], list[FoundPerson]]


def facts_of_listing(
    blocks: Sequence[Block],
    sentences: Sequence[Sentence],
    article: Article,
    whereabouts: Whereabouts,
    known: Sequence[KnownTitle],
) -> Facts:
    """Return the productions, places, dates and people of a listing."""
    regions = _regions(blocks, whereabouts)
    names = {flat(name): entry for entry in known for name in (entry.title, *entry.names)}
    productions, places, people = [], [], []
    dates = list(_heading_dates(sentences, blocks, article))
    for block in blocks:
        start = block.title.start + block.title.body
        entry = names.get(flat(block.name))
        title = entry.title if entry else block.name
        working = [body_of(line) for line in block.labelled(WORKING)]
        aliases = tuple(
            each for each in (block.name, *working, *(entry.names if entry else ())) if each != title
        )
        productions.append(
            FoundProduction(
                title, block.kind, tuple(dict.fromkeys(aliases)), entry is not None, start, block.title.end
            )
        )
        here = [
            place
            for line in block.locations
            for place in _places(line, regions.get(block.region), whereabouts, article)
        ]
        places += [replace(place, production=title) for place in here]
        people += [replace(person, production=title) for person in _people(block)]
        for line in (*block.locations, *block.dates):
            dates += _dates(line, tuple(place.name for place in here), article)
    return productions, places, _merged(dates), people


def _regions(blocks: Sequence[Block], whereabouts: Whereabouts) -> dict[str, Candidate]:
    """Settle the headings; the sure ones decide the others ("Georgia" beside California)."""
    headings = dict.fromkeys(block.region for block in blocks if block.region)
    found: dict[str, Candidate] = {}
    for heading in headings:
        place = _area_named(whereabouts.exact(heading).candidates, sure=True)
        if place is not None:
            whereabouts.learn(heading, place)
            found[heading] = place
    for heading in headings:
        countries = sorted(whereabouts.countries, key=lambda code: -whereabouts.countries[code])
        if heading in found:
            continue
        inside = [_area_named(whereabouts.exact(heading, country=code).candidates) for code in countries]
        place = next((each for each in inside if each is not None), None) or whereabouts.settle(heading)
        if place is not None:
            found[heading] = place
    return found


def _area_named(candidates: Sequence[Candidate], *, sure: bool = False) -> Candidate | None:
    """Return the region or country among the places of a heading's name; a `sure` one has no rival."""
    areas = [each for each in candidates if each.kind in {"region", "country"}]
    if sure and len({each.country for each in areas}) > 1:
        return None
    return areas[0] if areas else None


def _places(
    line: Sentence, region: Candidate | None, whereabouts: Whereabouts, article: Article
) -> list[FoundPlace]:
    body = line.text[line.body :]
    found = []
    at = line.start + line.body
    for piece in _SEVERAL.split(body):
        offset = line.text.find(piece, line.body)
        text = _without_time(piece, article)
        if text:
            found.append(_place(text, line.start + max(offset, line.body), region, whereabouts))
    return [place for place in found if place is not None] if at else []


def _without_time(text: str, article: Article) -> str:
    text = _BRACKET.sub("", text)
    folded = flat(text)
    phrases = phrases_in(folded, Calendar(article.language, article.published))
    if phrases:
        text = text[: phrases[0].start]
        text = _TRAILING.sub("", text)
    return text.strip(" ,;.")


def _place(text: str, start: int, region: Candidate | None, whereabouts: Whereabouts) -> FoundPlace | None:
    spot, _, city = text.partition(", ")
    if not city:
        pieces = _IN.split(text)
        spot, city = (" in ".join(pieces[:-1]), pieces[-1]) if len(pieces) > 1 else (text, "")
    town = _town(city, region, whereabouts) if city else None
    if city and town is None:
        # Which town of the name is not known: the place is told without a position.
        found = spot_place(spot, region, whereabouts, Status.CONFIRMED, start, start + len(spot))
        return replace(found, within=city)
    if not city:
        whole = _town(spot, region, whereabouts)
        if whole is not None:
            return _area(whole, spot, start)
        return spot_place(spot, region, whereabouts, Status.CONFIRMED, start, start + len(spot))
    return spot_place(spot, town, whereabouts, Status.CONFIRMED, start, start + len(spot))


def _town(city: str, region: Candidate | None, whereabouts: Whereabouts) -> Candidate | None:
    """Find a town by its name and what is written after it, within the region of the heading."""
    country = region.country if region is not None else None
    wider = [region.name] if region is not None and region.kind == "region" else []
    for query in (", ".join([city, *wider]), city):
        near = (region.lat, region.lon) if region is not None and region.kind == "town" else None
        answer = whereabouts.ask(query, country=country, near=near)
        best = answer.pin
        if (
            best is not None
            and not best.approximate
            and not answer.ambiguous
            and not best.why.startswith("spelt")
        ):
            return best
    return whereabouts.settle(city.partition(",")[0]) if country is None else None


def _area(place: Candidate, text: str, start: int) -> FoundPlace:
    precision = place.kind if place.kind in {"country", "region", "municipality"} else "place"
    return FoundPlace(
        display_name(place),
        text,
        place.country,
        None,
        place.kind,
        precision,
        Status.CONFIRMED,
        place.lat,
        place.lon,
        place.uncertainty_m,
        place.confidence,
        approximate=False,
        production=None,
        start=start,
        end=start + len(text),
    )


def _people(block: Block) -> list[FoundPerson]:
    found = []
    for role, labels in ROLES.items():
        for line in block.labelled(labels):
            at = line.body
            for name in _NAMES.split(body_of(line)):
                start = line.text.find(name, at)
                if PERSON.fullmatch(name) and is_person(name):
                    found.append(
                        FoundPerson(name, role, None, line.start + start, line.start + start + len(name))
                    )
    return found


def _heading_dates(
    sentences: Sequence[Sentence], blocks: Sequence[Block], article: Article
) -> list[FoundDate]:
    """Take the day that the listing is for, from the lines before its first production."""
    for sentence in sentences:
        if sentence.start >= blocks[0].title.start:
            break
        for phrase in phrases_in(sentence.flat, Calendar(article.language, article.published)):
            if phrase.first:
                return [_date(phrase, sentence, ALL)]
    return []


def _dates(line: Sentence, names: tuple[str, ...], article: Article) -> list[FoundDate]:
    return [
        _date(_still(phrase, line, article), line, names or ALL)
        for phrase in phrases_in(line.flat, Calendar(article.language, article.published))
    ]


def _still(phrase: Phrase, line: Sentence, article: Article) -> Phrase:
    """Read "until June 2" as from the day of the listing until then."""
    before = line.flat[: phrase.start].rstrip()
    if article.published is None or not re.search(
        r"(?:until|till|through|bis|jusqu'?\w*|hasta|fino al?|til)$", before
    ):
        return phrase
    return replace(phrase, first=f"{article.published.isoformat()}~")


def _date(phrase: Phrase, line: Sentence, names: tuple[str, ...]) -> FoundDate:
    text = line.text[phrase.start : phrase.end]
    return FoundDate(
        phrase.first,
        phrase.last,
        text,
        names,
        Status.CONFIRMED,
        phrase.unresolved,
        line.start + phrase.start,
        line.start + phrase.end,
    )


def _merged(dates: Sequence[FoundDate]) -> list[FoundDate]:
    kept: dict[object, FoundDate] = {}
    for found in dates:
        key: object = (found.start, found.end) if found.start or found.end else found.start_offset
        if key in kept:
            names = dict.fromkeys([*kept[key].applies_to, *found.applies_to])
            kept[key] = replace(kept[key], applies_to=tuple(names))
        else:
            kept[key] = found
    return list(kept.values())
