"""A place as one sentence names it, before it is known where it is."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.articles.cues import Reading
from tracker.articles.model import Status
from tracker.articles.spots import Spot


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a place; `start` and `end` are offsets in the article. `accepted` ones are of the shoot."""

    reading: Reading
    name: str
    start: int
    end: int
    accepted: bool
    status: Status
    qualifier: str = ""
    spot: Spot | None = None
    is_area: bool = False
    unlisted: bool = False
    # It stands after a word such as "in".
    placed: bool = False
    # The sentence says its status in so many words.
    stated: bool = True
    # How many letters before it name the town that it belongs to.
    owned: int = 0
