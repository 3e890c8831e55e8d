"""What a row of the history is called, and where it is shown today."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for

from tracker.history.models import Revision
from tracker.places.privacy import public_name
from tracker.productions.models import Production, Shoot
from tracker.web.changes.references import References
from tracker.web.partners.words import partner_url
from tracker.web.places.public import place_url
from tracker.web.productions.shoot_words import film_url, stop_url

Subject = tuple[str, str]
_NOWHERE: Subject = ("", "")
# Their labels hold no name of a place, which may have become private since.
_SAFE_LABELS = frozenset(
    {
        "production",
        "title",
        "attested_day",
        "source",
        "production_identifier",
        "partner",
        "distinct_pair",
        "unattributed_sighting",
    }
)


def subject_of(revision: Revision, references: References) -> Subject:
    """Answer a row's name and the address where it is shown; each "" where there is none any more."""
    find = _FINDERS.get(revision.table_name)
    found = find(revision, references) if find else _NOWHERE
    if found != _NOWHERE or revision.table_name not in _SAFE_LABELS:
        return found
    return revision.label, ""


def _place(revision: Revision, references: References) -> Subject:
    place = references.places.get(revision.row_id)
    return (public_name(place), place_url(place)) if place else ("a place removed since", "")


def _source(revision: Revision, references: References) -> Subject:
    source = references.sources.get(revision.row_id)
    return (source.title, url_for("sources.show", source_id=source.id)) if source else _NOWHERE


def _production(revision: Revision, references: References) -> Subject:
    return _film(references.productions.get(revision.row_id))


def _identifier(revision: Revision, references: References) -> Subject:
    number = (revision.after or revision.before or {}).get("production_id", 0)
    name, url = _film(references.productions.get(number))
    return (f"{revision.label}, of {name}", url) if name else _NOWHERE


def _title(revision: Revision, references: References) -> Subject:
    name, url = _film(references.productions.get(references.titles.get(revision.row_id, 0)))
    if name == revision.label:
        return name, url
    return (f"{revision.label}, of {name}", url) if name else _NOWHERE


def _shoot(revision: Revision, references: References) -> Subject:
    shoot = references.shoots.get(revision.row_id)
    return (_shoot_name(shoot), stop_url(shoot)) if shoot else _NOWHERE


def _citation(revision: Revision, references: References) -> Subject:
    found = _cited(revision.row_id, references)
    return found if found != _NOWHERE else _removed(revision, references)


def _removed(revision: Revision, references: References) -> Subject:
    """Name a citation that is gone by the shoot and the source that it had."""
    row = revision.before or revision.after or {}
    shoot, source = (
        references.shoots.get(row.get("shoot_id", 0)),
        references.sources.get(row.get("source_id", 0)),
    )
    if shoot is None or source is None:
        return _NOWHERE
    return f"{source.title}, for {_shoot_name(shoot)}", stop_url(shoot)


def _settlement(revision: Revision, references: References) -> Subject:
    number = (revision.after or revision.before or {}).get("production_id", 0)
    return _film(references.productions.get(number))


def _attested(revision: Revision, references: References) -> Subject:
    number = (revision.after or revision.before or {}).get("citation_id", 0)
    return _cited(number, references)


def _order(revision: Revision, references: References) -> Subject:
    order = references.orders.get(revision.row_id)
    if order is None:
        return _NOWHERE
    first, second = references.shoots.get(order.earlier_id), references.shoots.get(order.later_id)
    if first is None or second is None:
        return _NOWHERE
    return f"{public_name(second.place)} after {public_name(first.place)}", stop_url(second)


def _cited(citation_id: int, references: References) -> Subject:
    shoot_id, source_id = references.cited.get(citation_id, (0, 0))
    shoot, source = references.shoots.get(shoot_id), references.sources.get(source_id)
    if shoot is None or source is None:
        return _NOWHERE
    return f"{source.title}, for {_shoot_name(shoot)}", stop_url(shoot)


def _film(film: Production | None) -> Subject:
    return (film.title, film_url(film)) if film else _NOWHERE


def _shoot_name(shoot: Shoot) -> str:
    return f"{shoot.production.title} at {public_name(shoot.place)}"


def _partner(revision: Revision, references: References) -> Subject:
    partner = references.partners.get(revision.row_id)
    return (partner.name, partner_url(partner)) if partner else _NOWHERE


def _help(revision: Revision, references: References) -> Subject:
    said = revision.after or revision.before or {}
    role = references.roles.get(revision.row_id)
    partner = references.partners.get(role.partner_id if role else said.get("partner_id", 0))
    film = references.productions.get(role.production_id if role else said.get("production_id", 0))
    if partner is None or film is None:
        return _NOWHERE
    return f"{partner.name}, for {film.title}", partner_url(partner)


def _photo(revision: Revision, references: References) -> Subject:
    photo = references.photos.get(revision.row_id)
    if photo is None or photo.place is None:
        return f"photo {revision.row_id}", ""
    return f"photo {photo.id}, of {public_name(photo.place)}", url_for("photos.show", photo_id=photo.id)


_FINDERS: dict[str, Callable[[Revision, References], Subject]] = {
    "place": _place,
    "source": _source,
    "production": _production,
    "production_identifier": _identifier,
    "title": _title,
    "shoot": _shoot,
    "citation": _citation,
    "attested_day": _attested,
    "order_citation": _order,
    "settlement": _settlement,
    "partner": _partner,
    "partner_role": _help,
    "photo": _photo,
}
