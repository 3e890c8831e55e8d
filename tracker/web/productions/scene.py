"""What was shot and what the place plays; spoilers stay hidden until the film is out, then folded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.places.privacy import tells_words
from tracker.productions.evidence import OrderCitation
from tracker.productions.models import InFilm, Shoot
from tracker.productions.release import is_kept_back, is_released
from tracker.routes.film import FilmRoute, KnownShoot

_KEPT_BACK = "the words are kept back until the film is out"
_IN_FILM = {InFilm.IN_THE_FILM: "In the film", InFilm.CUT: "Cut from the film", InFilm.UNKNOWN: ""}


@dataclass(frozen=True, slots=True)
class Scene:
    """A few words on a scene. `hidden`: there are some, but they are not told before release."""

    words: str
    hidden: bool = False
    folded: bool = False


def scene_of(film: FilmRoute, known: KnownShoot, today: date) -> Scene | None:
    """Answer what may be told of the scene on a day, None where nothing is recorded."""
    shoot = known.shoot
    words = _words(known, film.as_of)
    if not words:
        return None
    if not shoot.spoiler:
        return Scene(words)
    if not is_released(film.production, today):
        return Scene("", hidden=True)
    return Scene(words, folded=True)


def plays_of(known: KnownShoot) -> str:
    """Answer what the place stands in for: as sources known by then say, else as somebody entered it.

    Where only a later source tells, nothing was known yet.
    """
    knowledge = known.knowledge
    if knowledge.plays:
        return knowledge.plays[0].value
    return "" if knowledge.is_play_cited else known.shoot.story_place


def plays_told(known: KnownShoot) -> tuple[str, ...]:
    """Answer what lists and maps may tell the place plays, the shown value first; never a spoiler."""
    if known.shoot.spoiler:
        return ()
    others = tuple(answer.value for answer in known.knowledge.plays[1:])
    first = plays_of(known)
    return (first, *others) if first else ()


def scene_told(film: FilmRoute, shoot: Shoot) -> str:
    """Answer the words of the scene for lists and maps: "Stunt on a train (EXT, DAY)"; never a spoiler.

    A view of the past tells those that were known then.
    """
    if shoot.spoiler or not shoot.is_scene_known(film.as_of):
        return ""
    return _scene(shoot, ", ")


def in_film_words(film: FilmRoute, known: KnownShoot) -> str:
    """Say whether the shoot can be seen in the film, "" where nobody knows.

    What somebody entered without a source has no date, so a view of the past goes without it.
    """
    said = known.knowledge.in_film
    if said:
        return _IN_FILM[InFilm(said[0].value)]
    return _IN_FILM[known.shoot.in_film] if film.as_of is None else ""


def in_film_word(value: InFilm) -> str:
    """Answer "In the film", "Cut from the film", or "" where it is unknown."""
    return _IN_FILM[value]


def note_of(film: FilmRoute, shoot: Shoot) -> str:
    """Answer a shoot's note; it has no date of its own, so a view of the past goes without it."""
    is_told = film.as_of is None and not shoot.spoiler and tells_words(film.shoots[shoot.id].place)
    return shoot.note if is_told else ""


def order_words(film: FilmRoute, order: OrderCitation, today: date) -> str:
    """Answer in which words a source gives an order, as far as they may be told."""
    return _KEPT_BACK if is_order_untold(film, order, today) else order.words


def is_order_untold(film: FilmRoute, order: OrderCitation, today: date) -> bool:
    """Say whether what is written of the order of two shoots would give the story, or a place, away."""
    both = [film.shoots[n] for n in (order.shoot_id, order.other_id) if n in film.shoots]
    return any(not tells_words(one.place) or is_kept_back(film.production, one.shoot, today) for one in both)


def _words(known: KnownShoot, as_of: date | None) -> str:
    shoot, plays = known.shoot, plays_of(known)
    parts = [
        f"Plays {plays}." if plays else "",
        _scene(shoot, " · ") if shoot.is_scene_known(as_of) else "",
        shoot.note if shoot.spoiler and tells_words(known.place) else "",
    ]
    return " ".join(part for part in parts if part)


def _scene(shoot: Shoot, joint: str) -> str:
    setting = joint.join(part for part in (shoot.interior_exterior, shoot.day_night) if part)
    return f"{shoot.scene}{f' ({setting})' if setting else ''}" if shoot.scene else setting
