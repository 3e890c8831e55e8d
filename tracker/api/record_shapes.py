"""The shapes of citations sent in, of partners and what they did, and of contradictions."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tracker.api.shapes import Citation, ProductionName, Shape


class CitationInFull(Citation):
    """A citation with all that it says; `speaks_of` is the place that it names, where not the shoot's own.

    `story_place` is empty where it could tell a story before release.
    """

    days: Annotated[list[date], Field(description="Days on which it proves work.")]
    speaks_of: int | None
    story_place: str
    in_film: str | None


class SentCitation(Shape):
    """What became of a citation that was sent in: it is recorded, or waits for a moderator."""

    state: Annotated[str, Field(description="recorded or waiting")]
    id: int | None
    citation: CitationInFull | None
    see: Annotated[str, Field(description="Where it can be read, now or once it counts.")]


class RemovedOrAsked(Shape):
    """What is off the record, or what a second moderator is asked about; the history keeps the reason."""

    id: int
    reason: str
    state: Literal["removed", "asked"]


class Partner(Shape):
    """A body that helps film crews: a municipality, a railway, a film commission."""

    id: int
    url: str
    name: str
    kind: str
    country: str | None
    site: str | None


class Role(Shape):
    """What a partner did for one shoot, or, without one, for a whole production."""

    id: int
    partner: Partner
    production: ProductionName
    shoot: int | None
    help: str
    manner: Annotated[str, Field(description="states, or implies: a source only thanks the partner")]
    words: str
    source: int | None
    note: str


class PartnerWithRoles(Partner):
    """A partner with all that it did, earliest shoots first."""

    roles: list[Role]


class SentRole(Role):
    """A role as it is recorded now."""

    see: str


class Side(Shape):
    """One answer to a contradiction, with the ids of who gives it. `value` is empty where it is kept back."""

    value: str
    shoot: int | None
    place: int | None
    sources: list[int]
    citations: list[int]
    orders: list[int]


class Contradiction(Shape):
    """What sources cannot all be right about; `key` names it as long as shoots and values stay.

    `kind` is dispute, start, end, status, plays, in_film, place, scene, order, cycle or too_fast.
    """

    key: str
    kind: str
    production: ProductionName
    shoots: list[int]
    words: str
    sides: list[Side]
    state: Annotated[str, Field(description="open, or settled: all of it stands, for the reason given")]
    reason: str | None
    actions: Annotated[
        list[str], Field(description="What a moderator may decide: keep-N, drop-N, stand or reopen.")
    ]


class Decision(Shape):
    """A decision that is carried out; the history keeps it with the reason."""

    key: str
    action: str
    told: str
    see: str
