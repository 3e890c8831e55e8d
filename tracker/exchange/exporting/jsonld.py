"""JSON-LD (schema.org): `locationCreated` is where it was filmed, `contentLocation` where it plays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import orjson

from tracker.exchange.exporting.film import RouteLine
from tracker.exchange.exporting.rows import (
    LICENCE_ADDRESS,
    Heading,
    PublicPartner,
    PublicProduction,
    PublicSource,
    Row,
    Site,
)
from tracker.foundation.dates import describe

Json = dict[str, Any]
_TYPES = {
    "film": "Movie",
    "short": "Movie",
    "series": "TVSeries",
    "season": "TVSeason",
    "episode": "TVEpisode",
    "music_video": "MusicVideoObject",
}


def write_jsonld(heading: Heading, rows: Iterable[Row], _lines: Sequence[RouteLine] = ()) -> Iterator[bytes]:
    """Yield a graph of productions; rows of one production come together, and one is held at a time."""
    yield b'{"@context":"https://schema.org","@graph":['
    comma = b""
    for production, shoots in groupby(rows, key=lambda row: row.production):
        yield comma + orjson.dumps(_work(production, list(shoots), heading.site))
        comma = b",\n"
    yield b"]}\n"


def _work(production: PublicProduction, rows: list[Row], site: Site) -> Json:
    plays = dict.fromkeys(row.told.story_place for row in rows if row.told.story_place)
    cited = {source.id: source for row in rows for source in row.sources}
    work: Json = {
        "@type": _TYPES.get(production.kind, "CreativeWork"),
        "@id": site.film(production.slug),
        "url": site.film(production.slug),
        "name": production.title,
        "locationCreated": [_place(row, site) for row in rows],
        "license": LICENCE_ADDRESS,
    }
    if production.year:
        work["copyrightYear"] = production.year
    if production.same_as:
        work["sameAs"] = list(production.same_as)
    if plays:
        work["contentLocation"] = [{"@type": "Place", "name": name} for name in plays]
    helped = dict.fromkeys(partner for row in rows for partner in row.partners)
    if helped:
        work["contributor"] = [_partner(partner) for partner in helped]
    if cited:
        work["citation"] = [_cited(source, site) for source in cited.values()]
    return work


def _partner(partner: PublicPartner) -> Json:
    """Answer who made shoots possible in a role, as schema.org words what somebody did for a work."""
    organization: Json = {"@type": "Organization", "name": partner.name}
    if partner.site:
        organization["url"] = partner.site
    return {"@type": "Role", "roleName": partner.words, "contributor": organization}


def _cited(source: PublicSource, site: Site) -> Json:
    """Answer a source; its date stays out, for datePublished knows no uncertain one."""
    cited: Json = {"@type": "CreativeWork", "@id": site.source(source.id)}
    if source.title:
        cited["name"] = source.title
    if source.address:
        cited["url"] = source.address
    return cited


def _place(row: Row, site: Site) -> Json:
    place = row.place
    address = {
        name: value
        for name, value in (
            ("addressCountry", place.country),
            ("addressRegion", place.region),
            ("addressLocality", place.municipality),
        )
        if value
    }
    found: Json = {
        "@type": "Place",
        "@id": site.place(place),
        "name": place.name,
        "additionalProperty": [
            {"@type": "PropertyValue", "name": name, "value": value} for name, value in _facts(row) if value
        ],
    }
    if address:
        found["address"] = {"@type": "PostalAddress", **address}
    if place.lat is not None and place.lon is not None:
        point = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
        circle = {"@type": "GeoCircle", "geoMidpoint": point, "geoRadius": place.uncertainty_m}
        found["geo"] = circle if place.uncertainty_m else point
    return found


def _facts(row: Row) -> tuple[tuple[str, str], ...]:
    return (
        ("shoot", f"shoot-{row.shoot}"),
        ("filmed", describe(row.period)),
        ("filmedStart", row.period.start.edtf),
        ("filmedEnd", row.period.end.edtf),
        ("status", row.status.value),
        ("grade", f"{row.grade.value} {row.grade.word}"),
        ("inFilm", row.told.in_film.replace("_", " ")),
        ("privacy", "" if row.place.privacy == "open" else row.place.privacy),
        ("credit", row.place.credit),
    )
