"""Sources that are likely one: the same page under another address, or the same words by the same author."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.text import fold
from tracker.sources.models import Source

_SITES = {"x.com": "twitter.com", "youtu.be": "youtube.com", "old.reddit.com": "reddit.com"}
_FRONT = re.compile(r"^(www|m|mobile|amp|old|en|touch)\.(?=[^.]+\.)")


def likely_one_source(session: Session, *, limit: int = 50) -> list[tuple[int, int, str]]:
    """Answer pairs of sources that are likely one, as (older, newer, why)."""
    columns = (Source.id, Source.address, Source.title, Source.author, Source.outlet)
    by_page: dict[str, list[int]] = defaultdict(list)
    by_words: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in session.execute(select(*columns).order_by(Source.id)):
        if row.address:
            by_page[page_of(row.address)].append(row.id)
        who = fold(row.author or row.outlet)
        if who and len(fold(row.title)) > 8:
            by_words[(fold(row.title), who)].append(row.id)
    found = dict.fromkeys(_pairs(by_page.values()), "the same address")
    for pair in _pairs(by_words.values()):
        found.setdefault(pair, "the same title and author")
    return [(first, second, why) for (first, second), why in sorted(found.items())][:limit]


def page_of(address: str) -> str:
    """Answer site and path of an address, however the site is called on phones; of a video its number."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    host = _FRONT.sub("", _SITES.get(host, host))
    host = _SITES.get(host, host)
    path = parts.path.rstrip("/").lower().removesuffix("/amp")
    if host == "youtube.com":
        # The number of a video tells upper from lower case.
        video = parse_qs(parts.query).get("v", [parts.path.strip("/")])[0]
        return f"{host}/{video.removeprefix('shorts/').removeprefix('embed/')}"
    # Without a path the query is what tells pages apart.
    return f"{host}{path}" if path else f"{host}?{parts.query}"


def _pairs(groups: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    for ids in groups:
        # A page with dozens of copies is no pair to be looked at one by one.
        yield from combinations(ids[:6], 2)
