"""What the numbers in the history stand for: the rows themselves, fetched once for a page of changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tracker.history.models import Revision
from tracker.places.models import Place
from tracker.places.queries import places_by_ids
from tracker.productions.by_source import (
    CitedOrder,
    cited_by_ids,
    orders_by_ids,
    productions_by_ids,
    productions_of_titles,
    shoots_by_ids,
)
from tracker.productions.models import Production, Shoot
from tracker.productions.partner_queries import partners_by_ids, roles_by_ids
from tracker.productions.partners import Partner, PartnerRole
from tracker.productions.photo_queries import photos_by_ids
from tracker.productions.photos import Photo
from tracker.sources.models import Source
from tracker.sources.queries import sources_by_ids

_SHOOT_COLUMNS = ("shoot_id", "other_id")
_PLACE_COLUMNS = ("place_id", "within_id", "speaks_of_id")
_SOURCE_COLUMNS = ("source_id", "repeats_id", "passes_on_id")


@dataclass(frozen=True, slots=True)
class References:
    """The rows of today, by id; what was removed since is missing."""

    productions: dict[int, Production] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    shoots: dict[int, Shoot] = field(default_factory=dict)
    sources: dict[int, Source] = field(default_factory=dict)
    # citation: (shoot, source)
    cited: dict[int, tuple[int, int]] = field(default_factory=dict)
    orders: dict[int, CitedOrder] = field(default_factory=dict)
    titles: dict[int, int] = field(default_factory=dict)
    partners: dict[int, Partner] = field(default_factory=dict)
    # Those that still stand; a removed one is told by its revision alone.
    roles: dict[int, PartnerRole] = field(default_factory=dict)
    photos: dict[int, Photo] = field(default_factory=dict)


def references_of(session: Session, revisions: Iterable[Revision]) -> References:
    """Fetch all rows that revisions speak of, in a fixed number of statements."""
    revisions = list(revisions)
    citations = _named(revisions, ("citation_id",)) | _kept(revisions, "citation")
    cited = cited_by_ids(session, sorted(citations))
    orders = orders_by_ids(session, sorted(_kept(revisions, "order_citation")))
    titles = productions_of_titles(session, sorted(_rows(revisions, "title")))
    shoot_ids = _named(revisions, _SHOOT_COLUMNS) | _kept(revisions, "shoot")
    shoot_ids |= {shoot for shoot, _ in cited.values()}
    shoot_ids |= {number for order in orders.values() for number in (order.earlier_id, order.later_id)}
    roles = roles_by_ids(session, sorted(_rows(revisions, "partner_role")))
    partners = _named(revisions, ("partner_id",)) | _rows(revisions, "partner")
    partners |= {role.partner_id for role in roles.values()}
    shoot_ids |= {role.shoot_id for role in roles.values() if role.shoot_id is not None}
    shoots = shoots_by_ids(session, sorted(shoot_ids), merged=True)
    sources = _named(revisions, _SOURCE_COLUMNS) | _kept(revisions, "source")
    sources |= {source for _, source in cited.values()} | {order.source_id for order in orders.values()}
    productions = _named(revisions, ("production_id",)) | _kept(revisions, "production")
    productions |= set(titles.values()) | {role.production_id for role in roles.values()}
    # What was merged is read too: it may be of a hidden place, or tell the story, as well.
    places = _named(revisions, _PLACE_COLUMNS) | _kept(revisions, "place")
    return References(
        productions=productions_by_ids(session, sorted(productions), merged=True),
        places=places_by_ids(session, sorted(places), merged=True),
        shoots=shoots,
        sources=sources_by_ids(session, sorted(sources), merged=True),
        cited=cited,
        orders=orders,
        titles=titles,
        partners=partners_by_ids(session, sorted(partners)),
        roles=roles,
        photos=photos_by_ids(session, sorted(_rows(revisions, "photo"))),
    )


def _rows(revisions: Sequence[Revision], table: str) -> set[int]:
    return {revision.row_id for revision in revisions if revision.table_name == table}


def _kept(revisions: Sequence[Revision], table: str) -> set[int]:
    """Answer the rows of a table, and those into which they were merged."""
    return _rows(revisions, table) | _named(
        [revision for revision in revisions if revision.table_name == table], ("merged_into_id",)
    )


def _named(revisions: Sequence[Revision], columns: Sequence[str]) -> set[int]:
    return {
        value
        for revision in revisions
        for side in (revision.before, revision.after)
        for column in columns
        if side and isinstance(value := side.get(column), int)
    }
