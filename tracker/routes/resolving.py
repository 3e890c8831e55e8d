"""A moderator's decision on a contradiction, and what it does to the evidence."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.history.recording import change
from tracker.productions.corrections import (
    close_citations,
    close_dispute,
    close_orders,
    hold_elsewhere,
    refute_shoot,
    reopen_dispute,
    settle,
    unsettle,
)
from tracker.productions.evidence import Citation, Stance
from tracker.productions.models import Shoot
from tracker.routes.contradictions import Conflict, Kind, Side, contradictions_of
from tracker.routes.film import FilmRoute

_FOLDED = "Settled. The other value stays, folded, with your reason."


def resolve(session: Session, film: FilmRoute, key: str, action: str, *, reason: str, by: User) -> str:
    """Carry out a decision; answer what to tell the moderator.

    Raises ConflictError if that contradiction is gone, InvalidValueError for what cannot be decided so.
    """
    conflict = next((c for c in contradictions_of(film) if c.key == key), None)
    if conflict is None:
        raise ConflictError("That contradiction is gone: somebody settled it, or a source has changed.")
    if action not in conflict.actions:
        raise InvalidValueError(f"Choose what to do: {', '.join(conflict.actions)}.")
    # The reason stands with what it closes, where it is kept back as long as it gives a story away.
    with change(session, by=by, comment="Settled a contradiction"):
        return _carry_out(session, film, conflict, action, reason)


def reopen_dispute_of(session: Session, shoot: Shoot, *, by: User) -> None:
    """Open the closed dispute of a shoot again. Raises ConflictError where none was closed."""
    with change(session, by=by, comment="Opened a dispute again"):
        reopen_dispute(session, shoot)


def _carry_out(session: Session, film: FilmRoute, conflict: Conflict, action: str, reason: str) -> str:
    if action == "stand":
        settle(session, film.production, conflict.about, reason=reason)
        return "Settled: the line is drawn." if conflict.kind is Kind.HOP else "Settled: both stand."
    if action == "reopen":
        unsettle(session, film.production, conflict.key)
        return "Opened again."
    return _decide(session, conflict, action, reason)


def _decide(session: Session, conflict: Conflict, action: str, reason: str) -> str:
    """Let one side be right, or wrong; answer what to tell the moderator."""
    verb, _, number = action.partition("-")
    at = int(number)
    wrong = [conflict.sides[at]] if verb == "drop" else _others(conflict.sides, at)
    if conflict.kind is Kind.DISPUTE:
        right = Stance.SUPPORTS if at == 0 else Stance.REFUTES
        close_dispute(session, conflict.shoots[0].shoot, right=right, reason=reason)
        return "Closed. The refuted side stays, folded, with your reason."
    if conflict.kind is Kind.SCENE:
        for side in wrong:
            if side.shoot is not None:
                refute_shoot(session, side.shoot.shoot, reason=reason)
        return "Settled. The other stop counts as refuted, folded, with your reason."
    if conflict.kind is Kind.PLACE and (place := conflict.sides[at].place) is not None:
        held = _citations(session, [conflict.sides[at]])
        hold_elsewhere(session, conflict.shoots[0].shoot, held, place, reason=reason)
        return "Settled. This stop counts as refuted, folded, with your reason; the other place has it now."
    if conflict.kind in (Kind.ORDER, Kind.CYCLE):
        close_orders(session, [order for side in wrong for order in side.orders], reason=reason)
        return "Settled. What was wrong stays, folded, with your reason."
    close_citations(session, _citations(session, wrong), reason=reason)
    return _FOLDED


def _citations(session: Session, sides: Iterable[Side]) -> list[Citation]:
    return [session.get_one(Citation, claim.id) for side in sides for claim in side.claims]


def _others(sides: tuple[Side, ...], right: int) -> list[Side]:
    return [side for at, side in enumerate(sides) if at != right]
