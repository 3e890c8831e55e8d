"""What a source says of an order in the shape of the API, with nothing that gives a place or a story away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tracker.api.order_shapes import Order, OrderedShoot
from tracker.api.shaping import source_of
from tracker.exchange.exporting.rows import Site
from tracker.places.models import Privacy
from tracker.places.privacy import public_name
from tracker.productions.evidence import OrderCitation
from tracker.productions.models import Production, Shoot
from tracker.productions.release import is_kept_back


def order_of(
    order: OrderCitation,
    production: Production,
    shoots: Mapping[int, Shoot],
    *,
    disputed: bool,
    today: date,
    site: Site,
) -> Order:
    """Answer an order citation; its words stay out where they could tell a hidden place or the story."""
    shoot, other = shoots[order.shoot_id], shoots[order.other_id]
    telling = all(_may_tell(production, one, today) for one in (shoot, other))
    return Order(
        id=order.id,
        shoot=_stop(production, shoot, site),
        relation=order.relation.value,
        other=_stop(production, other, site),
        source=source_of(order.source, site),
        stance=order.stance.value,
        manner=order.manner.value,
        words=order.words if telling else "",
        state=_state(order, disputed=disputed),
        closed_reason=order.closed_reason if telling or not order.closed_reason else "closed",
    )


def _state(order: OrderCitation, *, disputed: bool) -> str:
    if not order.is_live:
        return "closed"
    return "disputed" if disputed else "live"


def _stop(production: Production, shoot: Shoot, site: Site) -> OrderedShoot:
    return OrderedShoot(id=shoot.id, url=site.stop(production.slug, shoot.id), place=public_name(shoot.place))


def _may_tell(production: Production, shoot: Shoot, today: date) -> bool:
    return shoot.place.privacy is Privacy.OPEN and not is_kept_back(production, shoot, today)
