"""What a moderator's button does to the evidence."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.errors import ConflictError, InvalidValueError, NotFoundError
from tracker.history.recording import change
from tracker.productions.corrections import (
    close_citations,
    close_dispute,
    close_orders,
    reopen_dispute,
    settle,
    unsettle,
)
from tracker.productions.evidence import Citation, Stance
from tracker.productions.queries import shoot_by_id
from tracker.routes.contradictions import Conflict, Kind, Side, contradictions_of
from tracker.routes.film import FilmRoute
from tracker.web.frame.numbers import LARGEST_ID

_NUMBERED = re.compile(r"(keep|drop)-(\d{1,3})", re.ASCII)


def resolve(session: Session, film: FilmRoute, key: str, action: str, *, reason: str, by: User) -> str:
    """Carry out a decision; answer what to tell the moderator.

    Raises ConflictError if that contradiction is gone, InvalidValueError for what cannot be decided so.
    """
    conflict = next((c for c in contradictions_of(film) if c.key == key), None)
    if conflict is None:
        raise ConflictError("That contradiction is gone: somebody settled it, or a source has changed.")
    # The reason stands with what it closes, where it is kept back as long as it gives a story away.
    with change(session, by=by, comment="Settled a contradiction"):
        return _carry_out(session, film, conflict, action, reason)


def reopen_dispute_of(session: Session, shoot_id: int, *, by: User) -> str:
    """Open the closed dispute of a shoot again; answer the film's slug."""
    shoot = shoot_by_id(session, shoot_id) if shoot_id <= LARGEST_ID else None
    if shoot is None:
        raise NotFoundError(f"No shoot has the number {shoot_id}.")
    with change(session, by=by, comment="Opened a dispute again"):
        reopen_dispute(session, shoot)
    return shoot.production.slug


def _carry_out(session: Session, film: FilmRoute, conflict: Conflict, action: str, reason: str) -> str:
    if action == "stand" and conflict.can_stand:
        settle(session, film.production, conflict.key, reason=reason)
        return "Settled: both stand."
    if action == "reopen" and conflict.settled:
        unsettle(session, film.production, conflict.key)
        return "Opened again."
    numbered = _NUMBERED.fullmatch(action)
    at = int(numbered[2]) if numbered else len(conflict.sides)
    if numbered is None or at >= len(conflict.sides) or conflict.kind in (Kind.HOP, Kind.SCENE):
        raise InvalidValueError("Choose what to do: which side is right, or that both stand.")
    wrong = [conflict.sides[at]] if numbered[1] == "drop" else _others(conflict.sides, at)
    if conflict.kind is Kind.DISPUTE:
        right = Stance.SUPPORTS if at == 0 else Stance.REFUTES
        close_dispute(session, conflict.shoots[0].shoot, right=right, reason=reason)
        return "Closed. The refuted side stays, folded, with your reason."
    if conflict.kind in (Kind.ORDER, Kind.CYCLE):
        close_orders(session, [order for side in wrong for order in side.orders], reason=reason)
        return "Settled. What was wrong stays, folded, with your reason."
    ids = [claim.id for side in wrong for claim in side.claims]
    close_citations(session, [session.get_one(Citation, number) for number in ids], reason=reason)
    return "Settled. The other value stays, folded, with your reason."


def _others(sides: tuple[Side, ...], right: int) -> list[Side]:
    return [side for at, side in enumerate(sides) if at != right]
