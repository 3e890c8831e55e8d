"""How lists speak of shoots: when, what was shot, and where they stand on the film's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from tracker.foundation.clock import today
from tracker.foundation.dates import Period, describe_short
from tracker.places.privacy import tells_words
from tracker.productions.models import Production, Shoot
from tracker.productions.release import is_kept_back


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a scene. `hidden`: there is more, but it would give the story away."""

    scene: str = ""
    setting: str = ""
    story_place: str = ""
    hidden: bool = False


def told_of(shoot: Shoot, plays: str | None = None) -> Told:
    """Answer what a list tells of a shoot's scene; what gives the story away is left to the film's page.

    `plays` is the story place as known on another day than today.
    """
    story_place = shoot.story_place if plays is None else plays
    has_words = bool(shoot.scene or story_place)
    if shoot.spoiler:
        return Told(hidden=has_words)
    setting = ", ".join(part for part in (shoot.interior_exterior, shoot.day_night) if part)
    return Told(shoot.scene, setting, story_place)


def is_secret(shoot: Shoot) -> bool:
    """Say whether what is written of a shoot would give away where it was, or the story of a film to come."""
    return not tells_words(shoot.place) or is_kept_back(shoot.production, shoot, today())


def is_secret_in(production: Production, shoot: Shoot) -> bool:
    """Say the same where the production is at hand and the shoot's own is not loaded."""
    return is_kept_back(production, shoot, today())


def film_page_url(slug: str) -> str:
    """Answer the address of the page of the film with that slug."""
    return url_for("productions.show", slug=slug)


def film_url(production: Production) -> str:
    """Answer the address of the film's page."""
    return film_page_url(production.slug)


def stop_url(shoot: Shoot) -> str:
    """Answer the address of a shoot's entry on the film's page."""
    return f"{film_url(shoot.production)}#shoot-{shoot.id}"


def evidence_url(shoot: Shoot) -> str:
    """Answer the address of the evidence for a shoot on the film's page."""
    return evidence_url_in(shoot.production.slug, shoot.id)


def evidence_url_in(slug: str, shoot_id: int) -> str:
    """Answer the address of the evidence for a shoot on the page of the film with that slug."""
    return f"{film_page_url(slug)}#why-{shoot_id}"


def span_of(shoots: Iterable[Shoot]) -> str:
    """Answer when all of the shoots were: of one its dates, of several the months that hold them."""
    return span_of_periods([shoot.period for shoot in shoots])


def span_of_periods(periods: Sequence[Period]) -> str:
    """Answer when all of the periods were: of one its dates, of several the months that hold them."""
    if len(periods) == 1:
        return describe_short(periods[0])
    firsts = [p.start.earliest or p.end.earliest for p in periods]
    lasts = [p.end.latest or p.start.latest for p in periods]
    known = [day for day in (*firsts, *lasts) if day is not None]
    if not known:
        return "undated"
    first, last = min(known), max(known)
    words = f"{first:%b %Y}" if (first.year, first.month) == (last.year, last.month) else _months(first, last)
    return f"{words}, open" if any(p.end.is_open for p in periods) else words


def _months(first: date, last: date) -> str:
    return f"{first:%b %Y} to {last:%b %Y}"
