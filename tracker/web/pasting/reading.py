"""Read a pasted text: the facts in it, each with where it stands, and whether it is taken or asked about."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.articles import Article, Extraction, KnownTitle, extract, read_article
from tracker.articles.model import FoundDate, FoundPlace, Status
from tracker.articles.posting import Post, posts_in
from tracker.geocoding import Gazetteer
from tracker.productions.models import Production

# A hostile text that is longer would keep a worker busy for seconds.
LONGEST_TEXT = 15_000
_UNSURE = 0.6
_WIDE = ("country", "region")
SITES = {
    "instagram": "Instagram",
    "tiktok": "TikTok",
    "twitter": "X",
    "x": "X",
    "facebook": "Facebook",
    "youtube": "YouTube",
    "reddit": "Reddit",
    "threads": "Threads",
    "bluesky": "Bluesky",
}


class Kind(enum.StrEnum):
    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact marked in the text; `number` is what a form calls it, `says` what taking it means."""

    kind: Kind
    number: str
    start: int
    end: int
    says: str
    value: str = ""
    implied: bool = False
    asks: bool = False
    # False of what is only shown: a country around the places, somebody at work.
    decidable: bool = True


@dataclass(frozen=True, slots=True)
class TextRead:
    """A text with its facts in order, the places that become entries, and the posts that it repeats."""

    article: Article
    found: Extraction
    facts: tuple[Fact, ...]
    places: tuple[FoundPlace, ...]
    posts: tuple[Post, ...]

    @property
    def film(self) -> str:
        return self.found.productions[0].title if self.found.productions else ""

    @property
    def is_empty(self) -> bool:
        return not (self.found.productions or self.places)


def read_text(session: Session, text: str, published: date | None, places: Gazetteer) -> TextRead:
    """Read a text that was pasted. Raises InvalidValueError for one without words or with a bad dateline."""
    # As JSON, so that a text that happens to begin with a brace is taken for the text that it is.
    article = read_article(json.dumps({"text": text}), published=published)
    found = extract(article, places, lambda: known_titles(session))
    entries = tuple(_worth_entries(found.places))
    posts = tuple(posts_in(article, found))
    facts = [*_whats(found), *_wheres(found, entries), *_whens(found), *_whos(found, posts)]
    return TextRead(article, found, tuple(_apart(facts)), entries, posts)


def known_titles(session: Session) -> list[KnownTitle]:
    """Answer the productions on record with every name that they go by."""
    rows = session.scalars(select(Production).options(selectinload(Production.titles)))
    return [
        KnownTitle(each.title, tuple(t.text for t in each.titles if t.text != each.title), each.kind.value)
        for each in rows
    ]


def number_of(place: FoundPlace) -> str:
    return f"where-{place.start}"


def is_sure(place: FoundPlace) -> bool:
    """Tell whether a place is taken without asking: of work done, and clear which place it is."""
    located = place.lat is not None and place.confidence >= _UNSURE
    return located and place.status in (Status.CONFIRMED, Status.IMPLIED)


def phrase_of(place: FoundPlace, read: TextRead) -> str:
    """Answer the text's date for a place as somebody would type it, "" where it tells none."""
    for each in read.found.dates:
        if place.name in each.applies_to or (not each.applies_to and len(read.places) == 1):
            return phrase_of_date(each)
    if read.article.published is None or place.status is Status.PLANNED:
        return ""
    day = read.article.published
    return f"by {day.day} {day:%B %Y}"


def phrase_of_date(found: FoundDate) -> str:
    """Answer a date in a form that our own parser reads: EDTF, both ends where they differ."""
    start, end = found.start, found.end
    if found.unresolved or (start is None and end is None):
        return ""
    if start == end:
        return start or ""
    if start and end and "/" not in start + end and ".." not in (start, end):
        return f"{start}/{end}"
    # What is planned "next month" has a beginning and no end yet: the month itself is what is known.
    return start if start and start != ".." else f"by {end}"


def _worth_entries(places: Iterable[FoundPlace]) -> Iterable[FoundPlace]:
    """Leave out cancelled ones, and countries and regions around a finer place that the text names."""
    live = [place for place in places if place.status is not Status.CANCELLED]
    for place in live:
        around = any(
            other is not place and other.country == place.country and other.precision not in _WIDE
            for other in live
        )
        if place.precision not in _WIDE or not around:
            yield place


def _whats(found: Extraction) -> Iterable[Fact]:
    of_places = {place.production for place in found.places} if len(found.productions) > 1 else set()
    for order, each in enumerate(found.productions):
        says = f"{each.title}: {'on record' if each.known else 'not on record yet'}."
        # A film that has entries of its own is no question: theirs is the film that they name.
        is_open = each.title not in of_places
        yield Fact(
            Kind.WHAT,
            f"what-{each.start}",
            each.start,
            each.end,
            says,
            each.title,
            asks=order > 0 and is_open,
            decidable=is_open,
        )


def _wheres(found: Extraction, entries: tuple[FoundPlace, ...]) -> Iterable[Fact]:
    told = {
        Status.CONFIRMED: "work was done there.",
        Status.PLANNED: "planned. A plan is no work done; it is saved as planned.",
        Status.IMPLIED: "only implied. The text does not say so outright.",
        Status.CANCELLED: "cancelled, so it makes no entry.",
    }
    for place in found.places:
        within = f", {place.within}" if place.within else ""
        is_entry = place in entries
        says = f"{place.name}{within}: {told[place.status]}"
        yield Fact(
            Kind.WHERE,
            number_of(place),
            place.start,
            place.end,
            says if is_entry or place.status is Status.CANCELLED else f"{place.name}: around the others.",
            place.name,
            implied=place.status is Status.IMPLIED,
            asks=is_entry and not is_sure(place),
            decidable=is_entry,
        )


def _whens(found: Extraction) -> Iterable[Fact]:
    for each in found.dates:
        phrase = phrase_of_date(each)
        says = (
            f"“{each.text}” means {phrase}." if phrase else f"“{each.text}”: {each.unresolved or 'no date'}."
        )
        number = f"when-{each.start_offset}"
        yield Fact(
            Kind.WHEN, number, each.start_offset, each.end_offset, says, phrase, decidable=bool(phrase)
        )


def _whos(found: Extraction, posts: tuple[Post, ...]) -> Iterable[Fact]:
    posters = {post.name for post in posts}
    for post in posts:
        says = f"{words_of(post)}: a post that the text repeats."
        yield Fact(Kind.WHO, f"who-{post.start}", post.start, post.end, says, words_of(post))
    for person in found.people:
        if person.name not in posters:
            says = f"{person.name}, {person.role}."
            number = f"who-{person.start}"
            yield Fact(Kind.WHO, number, person.start, person.end, says, person.name, decidable=False)


def words_of(post: Post) -> str:
    """Answer who posted it, in a few words: "Fotokjerring on Instagram", "A TikTok user"."""
    site = SITES.get(post.platform)
    if not post.name:
        return f"A {site} user" if site else f"A {post.platform.replace('_', ' ') or 'post'}"
    return f"{post.name} on {site}" if site else f"{post.name} ({post.role})" if post.role else post.name


def _apart(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Answer the facts in order; of two that overlap the first stands, for a word has one mark."""
    end = 0
    for fact in sorted(facts, key=lambda fact: (fact.start, not fact.decidable, -fact.end)):
        if fact.start >= end:
            yield fact
            end = fact.end
