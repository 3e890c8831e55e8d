"""What was shot and what the place plays; spoilers stay hidden until the film is out, then folded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.productions.models import Production, Shoot
from tracker.routes.film import FilmRoute


@dataclass(frozen=True, slots=True)
class Scene:
    """A few words on a scene. `hidden`: there are some, but they are not told before release."""

    words: str
    hidden: bool = False
    folded: bool = False


def scene_of(film: FilmRoute, shoot: Shoot, today: date) -> Scene | None:
    """Answer what may be told of the scene on a day, None where nothing is recorded."""
    words = _words(shoot)
    if not words:
        return None
    if not shoot.spoiler:
        return Scene(words)
    if not is_released(film.production, today):
        return Scene("", hidden=True)
    return Scene(words, folded=True)


def note_of(film: FilmRoute, shoot: Shoot) -> str:
    """Answer a shoot's note; it has no date of its own, so a view of the past goes without it."""
    return shoot.note if film.as_of is None and not shoot.spoiler else ""


def is_released(production: Production, today: date) -> bool:
    """Say whether the production is surely out; without a release date, once its year has passed."""
    released = production.released
    if released.is_known and released.latest is not None:
        return released.latest <= today
    return production.year is not None and production.year < today.year


def _words(shoot: Shoot) -> str:
    setting = " · ".join(part for part in (shoot.interior_exterior, shoot.day_night) if part)
    parts = [
        f"Plays {shoot.story_place}." if shoot.story_place else "",
        f"{shoot.scene}{f' ({setting})' if setting else ''}" if shoot.scene else setting,
        shoot.note if shoot.spoiler else "",
    ]
    return " ".join(part for part in parts if part)
