"""What was closed in a film: shoots, citations and orders that count no more, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from tracker.foundation.clock import today
from tracker.places.privacy import public_name, tells_words
from tracker.productions.evidence import Stance
from tracker.routes.film import FilmRoute
from tracker.web.productions.scene import is_order_untold
from tracker.web.productions.shoot_words import is_secret_in

_KEPT_BACK = "the reason is kept back until the film is out"


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """One thing that counts no more, why, and where a moderator posts to open it again."""

    name: str
    reason: str
    reopen_url: str


def closed_in(film: FilmRoute) -> list[ClosedLine]:
    """Answer all that was closed in a film, shoots first."""
    found: list[ClosedLine] = []
    for known in film.shoots.values():
        shoot, name = known.shoot, public_name(known.place)
        hidden = not tells_words(known.place) or is_secret_in(film.production, shoot)
        if shoot.refuted_reason:
            reason = _KEPT_BACK if hidden else shoot.refuted_reason
            found.append(ClosedLine(f"{name}, refuted", reason, _dispute_url(shoot.id)))
        for citation in known.citations:
            if citation.closed_reason:
                reason = _KEPT_BACK if hidden else citation.closed_reason
                refutes = citation.stance is Stance.REFUTES
                url = _dispute_url(shoot.id) if refutes else url_for("citing.reopen", citation_id=citation.id)
                verb = "against" if refutes else "for"
                found.append(ClosedLine(f"{citation.source.title}, {verb} {name}", reason, url))
    for order in film.orders:
        if order.closed_reason:
            hidden = is_order_untold(film, order, today())
            name = order.source.title if hidden else order.words or order.source.title
            reason = _KEPT_BACK if hidden else order.closed_reason
            found.append(ClosedLine(name, reason, url_for("orders.reopen", order_id=order.id)))
    return found


def _dispute_url(shoot_id: int) -> str:
    return url_for("contradictions.reopen", shoot_id=shoot_id)
