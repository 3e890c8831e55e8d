"""Which posts an article passes on: they are the roots, not the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.articles.article import Article
from tracker.articles.model import Extraction, FoundPerson, FoundSource
from tracker.articles.sentences import split

# English, German, French, Spanish, Italian, Norwegian.
_POSTED = (
    r"(?:shar(?:e|es|ed)|post(?:s|ed)|tweeted|uploaded|captioned|wrote|teilte|postete|schrieb|partag\w+"
    r"|publi\w+|compart\w+|condivi\w+|pubblic\w+|delte|skrev)"
)
_NEAR = 200
_BY = r"(?:by|von|par|por|da|av)"


@dataclass(frozen=True, slots=True)
class Post:
    """Something that the article repeats. `role` is the poster's, "" of somebody who only looked on.

    `platform` is a site or a sort of publisher, "" where the article does not say; `start` and `end` are
    where the text names whoever posted it.
    """

    name: str
    role: str
    platform: str
    start: int
    end: int


def posts_in(article: Article, found: Extraction) -> list[Post]:
    """Answer what an article repeats, in the order of the text: its sources, and people who posted."""
    posts = [
        Post(each.name or each.handle or "", "", each.type, *_where_named(article.text, each))
        for each in found.sources
    ]
    named = {post.name.casefold() for post in posts if post.name}
    posts += [
        Post(person.name, person.role, "", *where)
        for person in found.people
        if person.name.casefold() not in named
        for where in _where_posted(article, person)
    ]
    return sorted(posts, key=lambda post: (post.start, post.end))


def _where_named(text: str, source: FoundSource) -> tuple[int, int]:
    """Answer where the text names whose post it is: a source stands at its platform's word."""
    around = max(0, source.start - _NEAR)
    at = text.rfind(source.name, around, source.end) if source.name else -1
    return (source.start, source.end) if at < 0 else (at, at + len(source.name))


def _where_posted(article: Article, person: FoundPerson) -> Iterator[tuple[int, int]]:
    """Answer where the article says that this person posted something, the first time only."""
    surname = re.escape(person.name.split()[-1])
    full = rf"(?P<who>(?:{re.escape(person.name)}|\b{surname}))\b"
    patterns = (
        re.compile(rf"{full}\s+(?:\w+\s+){{0,2}}?{_POSTED}\b"),
        re.compile(rf"\b{_POSTED}\s+(?:\w+\s+){{0,3}}?{_BY}\s+(?:\w+\s+){{0,3}}?{full}"),
    )
    for sentence in split(article.text, article.language):
        for pattern in patterns:
            match = pattern.search(sentence.text)
            if match:
                yield sentence.start + match.start("who"), sentence.start + match.end("who")
                return
