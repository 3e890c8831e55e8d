"""What bodies give: sources and shoots that are recorded or new, and words that say something."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tracker.api.asking import GivenId
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.dates import UNKNOWN, parse_bound
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.productions.models import Shoot
from tracker.productions.queries import shoot_by_id
from tracker.sources.addresses import check_address
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft
from tracker.sources.queries import source_by_id

Text = Annotated[str, Field(max_length=300)]


class NewSource(BaseModel):
    """A source by what is known of it. One with the same address, or title and author, is taken instead."""

    model_config = ConfigDict(extra="forbid")

    kind: SourceKind
    title: Annotated[str, Field(min_length=1, max_length=300)]
    address: Annotated[str, Field(max_length=2000, description="Where it can be read.")] = ""
    author: Text = ""
    outlet: Text = ""
    published: Annotated[str, Field(max_length=100, description="As exact as it shows, or EDTF.")] = ""
    by_cast: bool = False


GivenSource = Annotated[
    GivenId | NewSource, Field(description="The id of one that is recorded, or a new one.")
]


def source_draft(given: int | NewSource) -> SourceDraft:
    """Answer the draft of a given source. Raises InvalidValueError for a number that no source has."""
    if isinstance(given, NewSource):
        address = check_address(given.address) if clean_line(given.address) else ""
        published = clean_line(given.published)
        return SourceDraft(
            kind=given.kind,
            title=line(given.title, "title"),
            address=address,
            author=clean_line(given.author),
            outlet=clean_line(given.outlet),
            published=parse_bound(published, today=today()) if published else UNKNOWN,
            captured_on=today() if address else None,
            by_cast=given.by_cast,
        )
    known = recorded_source(given)
    return SourceDraft(kind=known.kind, title=known.title, address=known.address or "", author=known.author)


def recorded_source(number: int) -> Source:
    """Answer a source by number. Raises InvalidValueError where there is none."""
    known = source_by_id(db.session, number)
    if known is None:
        raise InvalidValueError(f"No source has the number {number}. /api/v1/sources lists them.")
    return known


def recorded_shoot(number: int) -> Shoot:
    """Answer a shoot with production and place. Raises InvalidValueError where there is none."""
    found = shoot_by_id(db.session, number)
    if found is None:
        raise InvalidValueError(f"No shoot has the number {number}. /api/v1/shoots lists them.")
    return found


def line(words: str, name: str) -> str:
    """Answer words as one line. Raises InvalidValueError for blanks alone."""
    told = clean_line(words)
    if not told:
        raise InvalidValueError(f"{name} holds nothing but blanks. Write what the source says there.")
    return told
