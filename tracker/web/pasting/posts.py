"""The posts behind a text: which of them speak of a place, and the links under which others can open them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.articles.posting import Post
from tracker.foundation.clock import today
from tracker.foundation.dates import UNKNOWN, parse_bound
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.sources.addresses import check_address
from tracker.sources.links import read_link
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft
from tracker.web.pasting.reading import SITES, TextRead, number_of, words_of

_MAKERS = ("director", "producer", "writer")


@dataclass(frozen=True, slots=True)
class LinkedPost:
    """A post with its link, "" where nobody gave one; `wrong` says what is wrong with the link."""

    post: Post
    typed: str = ""
    address: str = ""
    wrong: str = ""

    @property
    def number(self) -> str:
        return f"who-{self.post.start}"

    @property
    def words(self) -> str:
        return words_of(self.post)

    @property
    def is_post(self) -> bool:
        """Tell whether somebody posted it; other sources are papers, blogs and public bodies."""
        return bool(self.post.role) or self.post.platform in SITES

    @property
    def source(self) -> SourceDraft:
        """The post as a source: a maker's or an actor's is official, an onlooker's eyewitness media."""
        roles = self.post.role.split(" and ")
        is_maker, is_cast = any(role in _MAKERS for role in roles), "actor" in roles
        day: date | None = read_link(self.address, today=today()).day
        seen = SourceKind.EYEWITNESS_MEDIA if self.is_post else SourceKind.TRADE_PRESS
        return SourceDraft(
            kind=SourceKind.OFFICIAL_POST if is_maker or is_cast else seen,
            by_cast=is_cast and not is_maker,
            title=f"{self.words}: post"[:200],
            author=self.post.name,
            address=self.address,
            published=parse_bound(day.isoformat()) if day else UNKNOWN,
            captured_on=today(),
        )


def linked_posts(read: TextRead, posted: Mapping[str, str]) -> list[LinkedPost]:
    """Answer the posts of a text with the links that were typed for them."""
    return [_linked(post, clean_line(posted.get(f"link-who-{post.start}", ""))) for post in read.posts]


def posts_about(number: str, read: TextRead, posts: Iterable[LinkedPost]) -> list[LinkedPost]:
    """Answer the linked posts in whose paragraph the text names the place: the others say nothing of it."""
    place = next((place for place in read.places if number_of(place) == number), None)
    if place is None:
        return []
    text = read.article.text
    begin, end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.start)
    return [
        each for each in posts if each.address and begin <= each.post.start < (end if end >= 0 else len(text))
    ]


def note_of(posts: Iterable[LinkedPost]) -> str:
    """Answer in words which posts the text repeats, with their links."""
    told = "; ".join(f"{each.words} {each.address}".strip() for each in posts)
    return f"The text repeats: {told}." if told else ""


def _linked(post: Post, typed: str) -> LinkedPost:
    if not typed:
        return LinkedPost(post)
    try:
        return LinkedPost(post, typed, check_address(typed))
    except InvalidValueError as error:
        return LinkedPost(post, typed, wrong=str(error))
