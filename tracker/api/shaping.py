"""From the record to the shapes of answers: by the public rows of the exports, which hold nothing secret."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.api import record_shapes, shapes
from tracker.api.record_shapes import CitationInFull
from tracker.exchange.exporting.reading import row_of
from tracker.exchange.exporting.rows import (
    LICENCE,
    PublicPlace,
    Row,
    Site,
    public_place,
    same_as,
)
from tracker.exchange.exporting.shapes import right_handed
from tracker.foundation.clock import today
from tracker.foundation.dates import DateBound, describe
from tracker.places.models import Place
from tracker.productions.evidence import Citation
from tracker.productions.models import Production, ProductionIdentifier, Shoot
from tracker.productions.partners import Partner, PartnerRole
from tracker.productions.release import is_kept_back
from tracker.sightings.models import Sighting
from tracker.sources.models import Source


def bound(given: DateBound) -> shapes.Bound:
    return shapes.Bound(text=given.text, edtf=given.edtf, earliest=given.earliest, latest=given.latest)


def place_of(place: PublicPlace, site: Site) -> shapes.Place:
    return shapes.Place(**_place(place, site))


def place_with_outline(place: Place, site: Site) -> shapes.PlaceWithOutline:
    public = public_place(place)
    geometry = right_handed(public.geometry) if public.geometry else None
    return shapes.PlaceWithOutline(**_place(public, site), geometry=geometry)


def _place(place: PublicPlace, site: Site) -> dict[str, Any]:
    return {
        "id": place.id,
        "url": site.place(place),
        "name": place.name,
        "kind": place.kind or None,
        "privacy": place.privacy,
        "country": place.country or None,
        "region": place.region,
        "municipality": place.municipality,
        "lat": place.lat,
        "lon": place.lon,
        "uncertainty_m": place.uncertainty_m,
        "credit": place.credit,
    }


def production_of(production: Production, site: Site) -> shapes.Production:
    return shapes.Production(**_production(production, site))


def production_with_titles(
    production: Production, identifiers: list[ProductionIdentifier], site: Site
) -> shapes.ProductionWithTitles:
    return shapes.ProductionWithTitles(
        **_production(production, site),
        released=bound(production.released),
        titles=[
            shapes.Title(text=title.text, kind=title.kind.value, language=title.language)
            for title in production.titles
        ],
        same_as=[same_as(one.scheme, one.value) for one in identifiers],
    )


def _production(production: Production, site: Site) -> dict[str, Any]:
    return {
        "id": production.id,
        "slug": production.slug,
        "title": production.title,
        "url": site.film(production.slug),
        "kind": production.kind.value,
        "year": production.year,
    }


def shoot_of(shoot: Shoot, citations: list[Citation], site: Site) -> shapes.Shoot:
    return shoot_in(row_of(shoot, citations, [], today=today()), site)


def shoot_in(row: Row, site: Site) -> shapes.Shoot:
    production = row.production
    return shapes.Shoot(
        id=row.shoot,
        url=site.stop(production.slug, row.shoot),
        production=shapes.ProductionName(
            slug=production.slug, title=production.title, url=site.film(production.slug)
        ),
        place=place_of(row.place, site),
        unit=row.unit,
        status=row.status.value,
        grade=row.grade.value,
        grade_word=row.grade.word,
        dates=describe(row.period),
        start=bound(row.period.start),
        end=bound(row.period.end),
        scene=row.told.scene,
        setting=row.told.setting,
        story_place=row.told.story_place,
        note=row.told.note,
        sources=[
            shapes.SourceName(
                id=source.id,
                kind=source.kind,
                title=source.title,
                address=source.address or None,
                stance=source.stance,
                published=source.published,
            )
            for source in row.sources
        ],
        licence=LICENCE,
    )


def source_of(source: Source, site: Site) -> shapes.Source:
    return shapes.Source(
        id=source.id,
        url=site.source(source.id),
        kind=source.kind.value,
        by_cast=source.by_cast,
        title=source.title,
        author=source.author,
        outlet=source.outlet,
        address=source.address,
        language=source.language,
        published=bound(source.published),
        captured_on=source.captured_on,
        repeats=source.repeats_id,
    )


def citation_of(citation: Citation, *, telling: bool) -> shapes.Citation:
    """Answer a citation; its words stay out unless `telling`: they could tell a place or a story."""
    return shapes.Citation(
        id=citation.id,
        shoot=citation.shoot_id,
        source=citation.source_id,
        stance=citation.stance.value,
        manner=citation.manner.value,
        shows=citation.shows.value,
        status=citation.status.value if citation.status else None,
        start=bound(citation.start),
        end=bound(citation.end),
        quote=citation.quote if telling else "",
        locator=citation.locator if telling else "",
        note=citation.note if telling else "",
        closed_reason=citation.closed_reason if telling or not citation.closed_reason else "closed",
    )


def sighting_of(sighting: Sighting, site: Site) -> shapes.Sighting:
    return shapes.Sighting(
        id=sighting.id,
        url=f"{site.base}sightings/{sighting.id}",
        title=sighting.production_title,
        place=sighting.place_name or sighting.place_text,
        start=bound(sighting.start),
        end=bound(sighting.end),
        status=sighting.status.value,
        state=sighting.state.value,
        submitted_at=sighting.submitted_at,
        shoot=sighting.shoot_id,
    )


def citation_in_full(citation: Citation, days: list[date], *, telling: bool) -> CitationInFull:
    """Answer a citation with all that it says; its words stay out unless `telling`."""
    return CitationInFull(
        **citation_of(citation, telling=telling).model_dump(),
        days=days,
        speaks_of=citation.speaks_of_id,
        story_place=citation.story_place if telling else "",
        in_film=citation.in_film.value if citation.in_film else None,
    )


def partner_of(partner: Partner, site: Site) -> record_shapes.Partner:
    return record_shapes.Partner(**_partner(partner, site))


def partner_with_roles(
    partner: Partner, roles: list[PartnerRole], today: date, site: Site
) -> record_shapes.PartnerWithRoles:
    return record_shapes.PartnerWithRoles(
        **_partner(partner, site), roles=[role_of(one, today, site) for one in roles]
    )


def role_of(role: PartnerRole, today: date, site: Site) -> record_shapes.Role:
    """Answer a role with everything loaded; a note that would give the story away stays out."""
    return record_shapes.Role(**_role(role, today, site))


def sent_role(role: PartnerRole, today: date, site: Site) -> record_shapes.SentRole:
    return record_shapes.SentRole(**_role(role, today, site), see=f"{site.base}api/v1/roles/{role.id}")


def _partner(partner: Partner, site: Site) -> dict[str, Any]:
    return {
        "id": partner.id,
        "url": f"{site.base}partners/{partner.id}-{partner.slug}",
        "name": partner.name,
        "kind": partner.kind.value,
        "country": partner.country or None,
        "site": partner.site or None,
    }


def _role(role: PartnerRole, today: date, site: Site) -> dict[str, Any]:
    production = role.production
    secret = role.shoot is not None and is_kept_back(production, role.shoot, today)
    return {
        "id": role.id,
        "partner": partner_of(role.partner, site),
        "production": shapes.ProductionName(
            slug=production.slug, title=production.title, url=site.film(production.slug)
        ),
        "shoot": role.shoot_id,
        "help": role.help.value,
        "manner": role.manner.value,
        "words": role.words,
        "source": role.source_id,
        "note": "" if secret else role.note,
    }
