"""Edits of shoots as a person types them. All run inside an open change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.foundation.clock import today
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean, clean_line
from tracker.productions.models import Shoot, Unit

SETTINGS = ("", "INT", "EXT", "INT/EXT")
TIMES_OF_DAY = ("", "DAY", "NIGHT", "DAY/NIGHT")
SPOILER_LEVELS = (0, 1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShootDraft:
    """What a person may say of a shoot; its dates, status and grade come from citations instead."""

    unit: Unit = Unit.UNKNOWN
    story_place: str = ""
    scene: str = ""
    interior_exterior: str = ""
    day_night: str = ""
    scene_known_from: date | None = None
    spoiler: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        if self.interior_exterior not in SETTINGS or self.day_night not in TIMES_OF_DAY:
            raise InvalidValueError(
                f"{self.interior_exterior or self.day_night!r} is no setting. Choose INT, EXT, DAY or NIGHT."
            )
        if self.spoiler not in SPOILER_LEVELS:
            raise InvalidValueError(f"{self.spoiler} is no spoiler level. Choose 0, 1 or 2.")


def edit_shoot(session: Session, shoot: Shoot, draft: ShootDraft) -> None:
    """Write what a person says of a shoot. Raises StaleDataError if somebody else saved it meanwhile."""
    words = (shoot.scene, shoot.interior_exterior, shoot.day_night)
    shoot.unit = draft.unit
    shoot.story_place = clean_line(draft.story_place)[:300]
    shoot.scene = clean_line(draft.scene)[:500]
    shoot.interior_exterior = draft.interior_exterior
    shoot.day_night = draft.day_night
    said_anew = words != (shoot.scene, shoot.interior_exterior, shoot.day_night)
    if said_anew and draft.scene_known_from == shoot.scene_known_from:
        # Whoever changes the words and gives no other day says them today.
        shoot.scene_known_from = today()
    else:
        shoot.scene_known_from = draft.scene_known_from
    shoot.spoiler = draft.spoiler
    shoot.note = clean(draft.note)
    session.flush()
