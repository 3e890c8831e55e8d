"""Contradictions in the shapes of the API, with nothing that gives a hidden place or a story away."""

from __future__ import annotations

from datetime import date

from tracker.api.record_shapes import Contradiction, Side
from tracker.api.shapes import ProductionName
from tracker.exchange.exporting.rows import Site
from tracker.foundation.dates import Period, describe_short
from tracker.places.models import Privacy
from tracker.places.privacy import public_name
from tracker.productions.release import is_kept_back
from tracker.routes.contradictions import Conflict, Kind
from tracker.routes.contradictions import Side as Answer
from tracker.routes.film import FilmRoute

# Kinds whose values are words of a story, or of a source.
_WORDS = frozenset({Kind.PLAYS, Kind.IN_FILM, Kind.CYCLE, Kind.HOP})


def contradiction_of(film: FilmRoute, conflict: Conflict, today: date, site: Site) -> Contradiction:
    """Answer a contradiction; its words stay out where they could tell a hidden place or the story."""
    shoots = [known.shoot for known in conflict.shoots]
    secret = any(is_kept_back(film.production, shoot, today) for shoot in shoots)
    telling = not secret and all(known.place.privacy is Privacy.OPEN for known in conflict.shoots)
    production = film.production
    reason = conflict.settled or None
    return Contradiction(
        key=conflict.key,
        kind=conflict.kind.value,
        production=ProductionName(
            slug=production.slug, title=production.title, url=site.film(production.slug)
        ),
        shoots=[shoot.id for shoot in shoots],
        words=conflict.words,
        sides=[_side(conflict, side, telling=telling, secret=secret) for side in conflict.sides],
        state="settled" if reason else "open",
        reason=reason if telling or not reason else "settled",
        actions=list(conflict.actions),
    )


def _side(conflict: Conflict, side: Answer, *, telling: bool, secret: bool) -> Side:
    return Side(
        value=_value(conflict, side, telling=telling, secret=secret),
        shoot=side.shoot.shoot.id if side.shoot else None,
        place=side.place.id if side.place else None,
        sources=list(
            dict.fromkeys([*(c.source_id for c in side.claims), *(o.source_id for o in side.orders)])
        ),
        citations=[claim.id for claim in side.claims],
        orders=[order.id for order in side.orders],
    )


def _value(conflict: Conflict, side: Answer, *, telling: bool, secret: bool) -> str:
    if side.shoot is not None:
        return public_name(side.shoot.place)
    if side.place is not None:
        return public_name(side.place)
    if conflict.kind in _WORDS and (secret or (side.orders and not telling)):
        return ""
    value = side.value
    return value if isinstance(value, str) else describe_short(Period(value, value))
