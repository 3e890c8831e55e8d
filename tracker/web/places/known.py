"""What was known to have been shot at a place on a day: the columns for today, a replay for the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.foundation.dates import Period
from tracker.productions.at_places import source_counts
from tracker.productions.knowledge import Knowledge, knowledge_of
from tracker.productions.models import Grade, Shoot, Status
from tracker.productions.queries import citations_of, claims_of


@dataclass(frozen=True, slots=True)
class State:
    """A shoot as known on the day that is shown. `plays` holds the shown story place first."""

    shoot: Shoot
    period: Period
    status: Status
    grade: Grade
    plays: tuple[str, ...]
    sources: int


def states_on(session: Session, shoots: Sequence[Shoot], as_of: date | None) -> list[State]:
    """Answer the shoots that were known on a day, with their productions loaded; None is today."""
    if as_of is None:
        counts = source_counts(session, [shoot.id for shoot in shoots])
        return [_today(shoot, counts.get(shoot.id, 0)) for shoot in shoots]
    citations = citations_of(session, [shoot.id for shoot in shoots])
    claims = claims_of(session, shoots, citations)
    known = [
        (
            shoot,
            knowledge_of(
                claims[shoot.id],
                on=as_of,
                as_known=True,
                released=shoot.production.released,
                refuted_reason=shoot.refuted_reason,
            ),
        )
        for shoot in shoots
    ]
    return [_then(shoot, knowledge) for shoot, knowledge in known if knowledge is not None]


def _today(shoot: Shoot, sources: int) -> State:
    plays = (shoot.story_place,) if shoot.story_place else ()
    return State(shoot, shoot.period, shoot.status, shoot.grade, plays, sources)


def _then(shoot: Shoot, known: Knowledge) -> State:
    plays = tuple(answer.value for answer in known.plays)
    if not plays and not known.is_play_cited and shoot.story_place:
        plays = (shoot.story_place,)
    return State(shoot, known.period, known.status, known.grade, plays, known.source_count)
