"""The rows of every export: frozen values that know nothing but what is public.

An obscured place is its grid cell, a private one its municipality's name at most, and what gives a story
away is left out until the production is released. The writers of the formats see these values alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from tracker.foundation.dates import Period
from tracker.places.models import Place, Privacy
from tracker.places.privacy import public_name, public_slug
from tracker.productions.models import Grade, InFilm, Production, Shoot, Status
from tracker.productions.partners import PartnerRole
from tracker.productions.release import is_released

LICENCE = "CC0-1.0"
LICENCE_ADDRESS = "https://creativecommons.org/publicdomain/zero/1.0/"
GEONAMES_CREDIT = "Position from GeoNames (CC BY 4.0)"
_DATABASES = {
    "imdb": "https://www.imdb.com/title/{}/",
    "tmdb": "https://www.themoviedb.org/movie/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages are; `base` ends with a slash."""

    base: str

    def film(self, slug: str) -> str:
        return f"{self.base}productions/{slug}"

    def stop(self, slug: str, shoot_id: int) -> str:
        return f"{self.film(slug)}#shoot-{shoot_id}"

    def place(self, place: PublicPlace) -> str:
        return f"{self.base}places/{place.id}-{place.slug}"

    def source(self, source_id: int) -> str:
        return f"{self.base}sources/{source_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a file says of itself: its title, its page, its own address, and when it last changed."""

    title: str
    page: str
    own: str
    site: Site
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPlace:
    """A place as the public may know it; without a point it is not drawn.

    `geometry` is GeoJSON, of open places alone; `uncertainty_m` is the radius of the circle it lies in.
    """

    id: int
    name: str
    slug: str
    kind: str
    privacy: str
    country: str
    region: str
    municipality: str
    lat: float | None
    lon: float | None
    uncertainty_m: int | None
    geometry: dict[str, Any] | None
    credit: str

    @property
    def line(self) -> str:
        """The place's name and what it lies in: "Rauma, Møre og Romsdal, NO"."""
        parts = (self.name, self.municipality, self.region, self.country)
        return ", ".join(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicProduction:
    """A production; `same_as` are its addresses in other databases."""

    id: int
    slug: str
    title: str
    kind: str
    year: int | None
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSource:
    """A source that speaks of a shoot; its title and address stay out where the place is private."""

    id: int
    title: str
    kind: str
    address: str
    stance: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What may be told of a scene; empty while it would give the story away."""

    scene: str = ""
    setting: str = ""
    story_place: str = ""
    note: str = ""
    # Whether it can be seen in the released film, "" where nobody says.
    in_film: str = ""


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPartner:
    """Who made a shoot possible, and how; `words` say how surely that is known."""

    name: str
    kind: str
    help: str
    words: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One shoot. `step` counts from 1 in its lane; `ordered` says that it stands there alone.

    `role` is stop, floater, unsettled, undated, ghost or rumour in a film's route, and "" elsewhere.
    """

    shoot: int
    production: PublicProduction
    place: PublicPlace
    unit: str
    status: Status
    grade: Grade
    period: Period
    why_grade: str = ""
    role: str = ""
    step: int | None = None
    ordered: bool = False
    told: Told = NOTHING_TOLD
    sources: tuple[PublicSource, ...] = ()
    partners: tuple[PublicPartner, ...] = ()
    updated: datetime | None = None

    @property
    def first(self) -> date | None:
        """The earliest day on which work may have been done."""
        return self.period.start.earliest or self.period.end.earliest

    @property
    def last(self) -> date | None:
        """The latest day on which work may have been done, None where the end is open or not known."""
        return self.period.end.latest


def public_place(place: Place) -> PublicPlace:
    """Answer what may leave of a place."""
    is_open, is_private = place.privacy is Privacy.OPEN, place.privacy is Privacy.PRIVATE
    name = public_name(place)
    return PublicPlace(
        id=place.id,
        name=name,
        slug=public_slug(place),
        kind="" if is_private else place.kind.value,
        privacy=place.privacy.value,
        country=place.country or "",
        region=place.region,
        municipality=place.municipality if is_open else "",
        lat=None if is_private else place.public_lat,
        lon=None if is_private else place.public_lon,
        uncertainty_m=None if is_private else place.public_uncertainty_m,
        geometry=place.geometry if is_open else None,
        credit=GEONAMES_CREDIT if is_open and place.gazetteer_id and place.public_lat is not None else "",
    )


def public_production(production: Production, identifiers: list[tuple[str, str]]) -> PublicProduction:
    """Answer a production; `identifiers` are (scheme, value) pairs."""
    return PublicProduction(
        id=production.id,
        slug=production.slug,
        title=production.title,
        kind=production.kind.value,
        year=production.year,
        same_as=tuple(same_as(scheme, value) for scheme, value in identifiers),
    )


def same_as(scheme: str, value: str) -> str:
    """Answer the address of a production in another database."""
    return _DATABASES[scheme].format(quote(value, safe=""))


def public_partners(
    shoot: Shoot, production: Production, roles: Iterable[PartnerRole], today: date, as_of: date | None = None
) -> tuple[PublicPartner, ...]:
    """Answer who helped, as known on a day: by then a source has to have said so.

    None where the place is hidden, or while the scene would give the story away: they would tell.
    """
    if shoot.place.privacy is not Privacy.OPEN or (shoot.spoiler and not is_released(production, today)):
        return ()
    return tuple(
        PublicPartner(
            name=role.partner.name,
            kind=role.partner.kind.value,
            help=role.help.value,
            words=role.words,
            site=role.partner.site or "",
        )
        for role in roles
        if as_of is None
        or (role.source and role.source.known_from is not None and role.source.known_from <= as_of)
    )


def _in_film(said: str) -> str:
    return "" if said == InFilm.UNKNOWN.value else said


def told_of(
    shoot: Shoot,
    production: Production,
    today: date,
    *,
    plays: str | None = None,
    in_film: str | None = None,
    note: bool = True,
    as_of: date | None = None,
) -> Told:
    """Answer what may be told of the scene on a day; a note only if wanted, and where the place is open.

    With `as_of` only words on the scene that were known then. `plays` is what sources say that the place
    stands in for, `in_film` whether it can be seen in the film; None to take what is recorded.
    """
    if shoot.spoiler and not is_released(production, today):
        return NOTHING_TOLD
    setting = " ".join(part for part in (shoot.interior_exterior, shoot.day_night) if part)
    known = shoot.is_scene_known(as_of)
    return Told(
        scene=shoot.scene if known else "",
        setting=setting if known else "",
        story_place=shoot.story_place if plays is None else plays,
        note=shoot.note if note and shoot.place.privacy is Privacy.OPEN else "",
        in_film=_in_film(shoot.in_film.value if in_film is None else in_film),
    )
