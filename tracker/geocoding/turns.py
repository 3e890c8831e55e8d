"""Whose turn it is to ask an online provider: one at a time, seconds apart, resting after failures.

All of it lies in the database, so it holds for every worker and every command together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.foundation.clock import now
from tracker.geocoding.models import ProviderTurn

_FIRST_REST_SECONDS = 10
_LONGEST_REST_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Turn:
    """What asking for a turn came to: `taken`, else wait `seconds`, or not at all before `resting_until`."""

    taken: bool = False
    seconds: float = 0.0
    resting_until: datetime | None = None
    reason: str = ""


def take_turn(session: Session, provider: str, *, lease_seconds: float) -> Turn:
    """Take the provider for at most `lease_seconds`, unless somebody has it, had it just now, or it rests.

    Of several that try at once exactly one succeeds. Whoever dies with it lets the lease run out. Needs a
    writing transaction of its own, which is over before the network is touched.
    """
    moment = now()
    lease = timedelta(seconds=lease_seconds)
    taken = session.execute(
        update(ProviderTurn)
        .where(
            ProviderTurn.provider == provider,
            # A moment further off than any lease was written by a clock that was wrong.
            or_(ProviderTurn.next_at <= moment, ProviderTurn.next_at > moment + 2 * lease),
            or_(ProviderTurn.resting_until.is_(None), ProviderTurn.resting_until <= moment),
        )
        .values(next_at=moment + lease)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount == 1:  # type: ignore[attr-defined]  # an UPDATE answers a cursor
        return Turn(taken=True)
    row = session.execute(
        select(ProviderTurn.next_at, ProviderTurn.resting_until, ProviderTurn.reason).where(
            ProviderTurn.provider == provider
        )
    ).one_or_none()
    if row is None:
        return _first_turn(session, provider, moment + lease)
    if row.resting_until is not None and row.resting_until > moment:
        return Turn(resting_until=row.resting_until, reason=row.reason)
    return Turn(seconds=max(0.05, (row.next_at - moment).total_seconds()))


def _first_turn(session: Session, provider: str, next_at: datetime) -> Turn:
    try:
        with session.begin_nested():
            session.add(ProviderTurn(provider=provider, next_at=next_at))
    except IntegrityError:
        # Somebody else was first, by a moment.
        return Turn(seconds=0.05)
    return Turn(taken=True)


def end_turn(session: Session, provider: str, *, next_at: datetime) -> None:
    """Let the next one ask from `next_at` on; an answer was given, so former failures do not count."""
    _write(session, provider, next_at=next_at, failures=0, resting_until=None, reason="")


def end_failed_turn(
    session: Session, provider: str, *, next_at: datetime, reason: str, rest_seconds: float | None = None
) -> datetime:
    """Let nobody ask for twice as long as after the last failure; answer until when.

    `rest_seconds` is what the provider itself asked for; it is kept to, up to an hour.
    """
    failures = session.scalar(select(ProviderTurn.failures).where(ProviderTurn.provider == provider)) or 0
    doubled = _FIRST_REST_SECONDS * 2 ** min(failures, 20)
    rest = min(max(doubled, rest_seconds or 0), _LONGEST_REST_SECONDS)
    until = now() + timedelta(seconds=rest)
    _write(
        session, provider, next_at=next_at, failures=failures + 1, resting_until=until, reason=reason[:500]
    )
    return until


def _write(session: Session, provider: str, **values: object) -> None:
    session.execute(
        update(ProviderTurn)
        .where(ProviderTurn.provider == provider)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
