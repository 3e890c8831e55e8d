"""Put together what an article says of a shoot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.articles.article import Article
from tracker.articles.cues import Reading, readings
from tracker.articles.dates import find_dates
from tracker.articles.listed import facts_of_listing
from tracker.articles.listing import blocks_of, is_label
from tracker.articles.model import (
    Extraction,
    FoundDate,
    FoundPerson,
    FoundPlace,
    FoundProduction,
    KnownTitle,
    KnownTitles,
    Resolves,
    Status,
)
from tracker.articles.moves import find_orders
from tracker.articles.outlets import find_sources
from tracker.articles.people import find_people
from tracker.articles.places import find_places
from tracker.articles.sameplaces import merged
from tracker.articles.sentences import split
from tracker.articles.titles import find_titles, of_another
from tracker.articles.whereabouts import Whereabouts
from tracker.foundation.text import fold


def extract(article: Article, gazetteer: Resolves, known_titles: KnownTitles = tuple) -> Extraction:
    """Return the facts of an article. `known_titles` answers the productions on record."""
    sentences = split(article.text, article.language)
    whereabouts = Whereabouts(gazetteer, article.language.code)
    blocks = blocks_of(sentences)
    known = tuple(known_titles())
    if blocks:
        productions, places, dates, people = facts_of_listing(blocks, sentences, article, whereabouts, known)
    else:
        sentences = split(article.text, article.language, is_label=is_label)
        productions, places, dates, people = _facts_of_prose(
            readings(sentences, article.language), article, whereabouts, known
        )
    main_place = _first_town(places)
    read = readings(sentences, article.language)
    sources = find_sources(read, people, article.url, main_place)
    return Extraction(
        language=article.language.code,
        published=article.published.isoformat() if article.published else None,
        status=_overall(places, dates),
        productions=tuple(productions),
        places=tuple(places),
        dates=tuple(dates),
        people=tuple(people),
        sources=tuple(sources),
        # A listing tells in no order that anybody meant.
        orders=() if blocks else tuple(find_orders(read, places)),
    )


def _facts_of_prose(
    read: Sequence[Reading], article: Article, whereabouts: Whereabouts, known: Sequence[KnownTitle]
) -> tuple[list[FoundProduction], list[FoundPlace], list[FoundDate], list[FoundPerson]]:
    productions, titled = find_titles(read, article.language, known, whereabouts.kind_of)
    title = productions[0].title if len(productions) == 1 else None
    people = find_people(read, article.language, titled)
    named = [(person.start, person.end) for person in people]
    elsewhere = of_another(read, productions, titled)
    in_text = [each for each in read if not each.sentence.byline and each.sentence.start not in elsewhere]
    places = find_places(in_text, whereabouts, [*titled, *named])
    places = [place for place in places if fold(place.name) not in {fold(each.title) for each in productions}]
    dates = find_dates(in_text, places, article.published, article.language)
    return (
        productions,
        [replace(place, production=title) for place in merged(places)],
        dates,
        [replace(person, production=title) for person in people],
    )


def _first_town(places: Sequence[FoundPlace]) -> str:
    """Return the town that the first place of the shoot is, if it is one that has been shot in."""
    first = next((place for place in places if place.kind == "town"), None)
    return first.name.partition(",")[0] if first is not None and first.status is Status.CONFIRMED else ""


def _overall(places: Sequence[FoundPlace], dates: Sequence[FoundDate]) -> Status | None:
    said = {*(place.status for place in places), *(each.status for each in dates)}
    return next(
        (
            status
            for status in (Status.CONFIRMED, Status.PLANNED, Status.CANCELLED, Status.IMPLIED)
            if status in said
        ),
        None,
    )
