"""The shapes of answers. They are the documentation: /api/openapi.json is generated from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")


class Shape(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(BaseModel):
    """What went wrong (RFC 9457): `detail` names the value and the remedy."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class Page(Shape, Generic[Item]):
    """A page of a list; `next` is the address of the page behind it, also in the header Link."""

    items: list[Item]
    next: str | None


class Bound(Shape):
    """One end of a period: as typed, as EDTF (ISO 8601-2; ".." for open), and the days that it allows."""

    text: str
    edtf: str
    earliest: date | None
    latest: date | None


class Place(Shape):
    """A place as the public may know it. An obscured one is its grid cell, a private one has no point."""

    id: int
    url: str
    name: str
    kind: str | None
    privacy: str
    country: str | None
    region: str
    municipality: str
    lat: Annotated[float | None, Field(description="WGS84 degrees")]
    lon: Annotated[float | None, Field(description="WGS84 degrees")]
    uncertainty_m: Annotated[int | None, Field(description="Radius in metres in which the place lies.")]
    credit: Annotated[str, Field(description="Whom to name for the position, empty for nobody.")]


class PlaceWithOutline(Place):
    """A place with its outline, a GeoJSON geometry in [lon, lat]."""

    geometry: dict[str, Any] | None


class ProductionName(Shape):
    """A production in the fewest words."""

    slug: str
    title: str
    url: str


class Production(ProductionName):
    """A production in a list."""

    id: int
    kind: str
    year: int | None


class Title(Shape):
    """A name of a production."""

    text: str
    kind: str
    language: str | None


class ProductionWithTitles(Production):
    """A production with all its names and its addresses in other databases."""

    released: Bound
    titles: list[Title]
    same_as: list[str]


class SourceName(Shape):
    """A source of a shoot in the fewest words."""

    id: int
    kind: str
    title: str
    address: str | None
    stance: Annotated[str, Field(description="supports, refutes or mentions")]
    published: Annotated[str, Field(description="EDTF, empty where it is not known")]


class Shoot(Shape):
    """One production at one place over one period by one unit, as known today."""

    id: int
    url: str
    production: ProductionName
    place: Place
    unit: str
    status: str
    grade: Annotated[str, Field(description="A official … E rumour, X disputed, Z refuted")]
    grade_word: str
    dates: Annotated[str, Field(description="The period in words")]
    start: Bound
    end: Bound
    scene: str
    setting: str
    story_place: str
    note: str
    sources: list[SourceName]
    licence: str


class Source(Shape):
    """A thing that can be cited; `repeats` is the id of the source that it only passes on."""

    id: int
    url: str
    kind: str
    by_cast: bool
    title: str
    author: str
    outlet: str
    address: str | None
    language: str | None
    published: Bound
    captured_on: date | None
    repeats: int | None


class Citation(Shape):
    """One source speaking about one shoot. A closed one no longer counts, for the reason that it gives."""

    id: int
    shoot: int
    source: int
    stance: str
    manner: str
    shows: str
    status: str | None
    start: Bound
    end: Bound
    quote: str
    locator: str
    note: str
    closed_reason: str | None


class Stop(Shape):
    """A stop of a route; `anchor` is the narrowest range of days that surely holds its first working day."""

    shoot: Shoot
    anchor: list[date | None]
    why_grade: str


class Cluster(Shape):
    """A step of a lane. Where `ordered` is false, the order of its stops is not known."""

    ordered: bool
    stops: list[Stop]


class Leg(Shape):
    """From one cluster of the lane to the next, by index; days are least and most, distance is in metres."""

    start: int
    end: int
    distance_m: int | None
    days: list[int | None]
    certain: bool
    planned: bool
    why: str


class Floater(Shape):
    """A stop beside the line: it comes after and before these clusters, by index."""

    stop: Stop
    after: list[int]
    before: list[int]


class Lane(Shape):
    """The line of one unit."""

    unit: str
    clusters: list[Cluster]
    legs: list[Leg]
    floaters: list[Floater]


class Clash(Shape):
    """Stops that cannot all be as told, by the ids of their shoots."""

    kind: str
    shoots: list[int]
    words: str


class Route(Shape):
    """A film's route as known on `as_of`; `today`: sources without a date count as well."""

    production: ProductionName
    as_of: date
    today: bool
    lanes: list[Lane]
    unsettled: list[Stop]
    undated: list[Stop]
    ghosts: list[Stop]
    contradictions: list[Clash]


class Found(Shape):
    """What a search found."""

    productions: list[Production]
    places: list[Place]


class MapCell(Shape):
    """How many open places a square of the map holds, and the middle of their points."""

    n: int
    lat: float
    lon: float


class MapView(Shape):
    """A view of the map: how many open places, and the squares that count them."""

    total: int
    cells: list[MapCell]


class Subject(Shape):
    """What a change is about."""

    kind: str
    id: int


class Change(Shape):
    """One saved edit. `comment` is null where it could tell of a place that is not open."""

    id: int
    url: str
    made_at: datetime
    author: str | None
    comment: str | None
    subjects: list[Subject]


class Changes(Shape):
    """Changes in the order in which they were made; ask again with since=`cursor`."""

    items: list[Change]
    cursor: int
    next: str | None


class Sighting(Shape):
    """A sighting of your own and what became of it."""

    id: int
    url: str
    title: str
    place: str
    start: Bound
    end: Bound
    status: str
    state: Annotated[str, Field(description="pending, accepted, merged, rejected or withdrawn")]
    submitted_at: datetime
    shoot: int | None
