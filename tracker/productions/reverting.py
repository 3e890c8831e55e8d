"""The tables of the record that a revert can bring back, and what follows from their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.database import count_up
from tracker.foundation.errors import ConflictError
from tracker.foundation.text import fold, slugify
from tracker.history import reverting
from tracker.history.merging import merging_changes
from tracker.history.models import Change
from tracker.history.reverting import Outcome, Revertible
from tracker.places.cells import count_in, count_out
from tracker.places.editing import lowers_privacy
from tracker.places.models import Place, Privacy
from tracker.places.privacy import publish
from tracker.productions.distinct import DistinctPair
from tracker.productions.evidence import AttestedDay, Citation, OrderCitation, Settlement
from tracker.productions.models import Production, ProductionIdentifier, Shoot, Title
from tracker.productions.partners import Partner, PartnerRole
from tracker.productions.photos import Photo
from tracker.productions.upkeep import refresh_after
from tracker.sources.models import Source

_DATE = ("text", "edtf", "earliest", "latest")
_FROM_CITATIONS = frozenset(
    {"status", "grade", "in_film", *(f"start_{part}" for part in _DATE), *(f"end_{part}" for part in _DATE)}
)


def revert_changes(
    session: Session,
    changes: Iterable[Change],
    *,
    by: User,
    comment: str,
    more: Mapping[str, Revertible] | None = None,
) -> Outcome:
    """Undo changes in one new change; grades, dates, status, cells and public points follow.

    `more` are tables of higher rooms. Merges are left out: they are taken back by themselves
    (`sightings.merging.unmerge`). Raises ConflictError if nothing else is asked for.
    """
    changes = list(changes)
    merges = merging_changes(session, [one.id for one in changes])
    if changes and len(merges) == len(changes):
        raise ConflictError("This change is a merge. Take it back from the list of likely duplicates.")
    changes = [one for one in changes if one.id not in merges]
    return reverting.revert(
        session, changes, by=by, comment=comment, tables={**REVERTIBLE, **(more or {})}, refresh=refresh_after
    )


def _fold_title(_session: Session, title: Any) -> None:
    title.key = fold(title.text)[:300]


def _count_film(session: Session, row: Any) -> None:
    """Let an edit of the film that is open somewhere notice that its titles or numbers changed."""
    film = session.get(Production, row.production_id)
    if film is not None:
        count_up(session, film)


def _name_partner(_session: Session, partner: Any) -> None:
    partner.name_key = fold(partner.name)[:300]
    partner.slug = slugify(partner.name, fallback="partner")


def _publish(_session: Session, place: Any) -> None:
    place.name_key = fold(place.name)[:300]
    publish(place)


def _hidden_stays(place: Any, back: Mapping[str, object]) -> frozenset[str]:
    """Answer the privacy, if the place would show more than it does: that takes two moderators."""
    wanted = back.get("privacy")
    lowers = wanted is not None and lowers_privacy(place, Privacy(str(wanted)))
    return frozenset({"privacy"}) if lowers else frozenset()


def _out_of_cells(session: Session, place: Any) -> None:
    if place.cell is not None:
        count_out(session, cell=place.cell, lat=place.public_lat, lon=place.public_lon, place_id=place.id)


def _into_cells(session: Session, place: Any) -> None:
    count_in(session, [place])


REVERTIBLE = {
    "production": Revertible(model=Production),
    "title": Revertible(
        model=Title,
        groups=(frozenset({"text", "slug"}),),
        derive=_fold_title,
        leaving=_count_film,
        arriving=_count_film,
    ),
    "production_identifier": Revertible(
        model=ProductionIdentifier, leaving=_count_film, arriving=_count_film
    ),
    "place": Revertible(
        model=Place,
        derived=frozenset({"public_lat", "public_lon", "public_uncertainty_m"}),
        groups=(
            frozenset({"name", "slug"}),
            frozenset({"lat", "lon", "uncertainty_m", "geometry", "provider", "gazetteer_id"}),
        ),
        derive=_publish,
        leaving=_out_of_cells,
        arriving=_into_cells,
        counted_by=frozenset({"place_cell"}),
        stays=_hidden_stays,
    ),
    "shoot": Revertible(model=Shoot, derived=_FROM_CITATIONS),
    "source": Revertible(model=Source, groups=(frozenset({"address", "address_key"}),)),
    "citation": Revertible(model=Citation),
    "attested_day": Revertible(model=AttestedDay),
    "order_citation": Revertible(model=OrderCitation),
    "settlement": Revertible(model=Settlement, groups=(frozenset({"key", "about"}),)),
    "distinct_pair": Revertible(model=DistinctPair),
    "partner": Revertible(model=Partner, groups=(frozenset({"name", "country"}),), derive=_name_partner),
    "partner_role": Revertible(model=PartnerRole),
    "photo": Revertible(
        model=Photo,
        groups=(frozenset({"lat", "lon", "uncertainty_m", "heading"}), frozenset({"author", "licence"})),
        counted_by=frozenset({"sighting_photo"}),
    ),
}
