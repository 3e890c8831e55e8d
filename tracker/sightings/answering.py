"""Answering back: the sender of a sighting that was turned down says more, once and in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.dates import Period
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.foundation.text import clean
from tracker.history.recording import change
from tracker.sightings.models import Sighting, State
from tracker.sightings.risk import OnLand, assess
from tracker.sightings.states import reopen
from tracker.sightings.thread import Remark, RemarkKind
from tracker.sources.addresses import check_address

ANSWER_HOURS = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the sender puts right with an answer; None leaves it as it was sent in."""

    period: Period | None = None
    address: str | None = None


def answer_until(sighting: Sighting) -> datetime | None:
    """Answer the last moment at which a sighting can be answered; None unless it was turned down."""
    if sighting.state is not State.REJECTED or sighting.decided_at is None:
        return None
    return sighting.decided_at + timedelta(hours=ANSWER_HOURS)


def may_answer(sighting: Sighting, user: User) -> bool:
    """Say whether the user may answer now: the sender, while the time runs."""
    until = answer_until(sighting)
    return until is not None and sighting.submitted_by_id == user.id and now() <= until


def answer(
    session: Session,
    sighting: Sighting,
    *,
    by: User,
    words: str,
    correction: Correction | None = None,
    today: date,
    on_land: OnLand | None = None,
) -> None:
    """Answer a rejection: the sighting waits again, with what was said before beside it.

    A rejection is answered once, since the answer ends it. Raises NotAllowedError to anybody but its sender,
    ConflictError if it is not turned down or the time is over, InvalidValueError without words.
    """
    if sighting.submitted_by_id != by.id:
        raise NotAllowedError("Only its sender can answer.")
    until = answer_until(sighting)
    if until is None or sighting.decided_by_id is None or sighting.decided_at is None:
        raise ConflictError(f"Sighting {sighting.id} is {sighting.state.value}: there is nothing to answer.")
    if now() > until:
        raise ConflictError(f"The {ANSWER_HOURS} hours to answer ended on {until:%-d %B %Y, %H:%M} UTC.")
    text = clean(words)[:2000]
    if not text:
        raise InvalidValueError("Say in a sentence what was overlooked.")
    turned_down = Remark(
        sighting_id=sighting.id,
        author_id=sighting.decided_by_id,
        made_at=sighting.decided_at,
        kind=RemarkKind.TURNED_DOWN,
        reason=sighting.reason,
        words=sighting.words,
    )
    with change(session, by=by, comment=f"Answered the rejection of sighting {sighting.id}"):
        session.add(turned_down)
        session.flush()
        session.add(Remark(sighting_id=sighting.id, author_id=by.id, kind=RemarkKind.ANSWER, words=text))
        _correct(sighting, correction or Correction())
        reopen(session, sighting)
        assess(session, sighting, sender=by, today=today, on_land=on_land)


def _correct(sighting: Sighting, correction: Correction) -> None:
    if correction.period is not None and correction.period != sighting.period:
        sighting.start, sighting.end = correction.period.start, correction.period.end
    if correction.address is not None:
        sighting.address = check_address(correction.address) if correction.address else None
