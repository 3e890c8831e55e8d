"""What a list of changes is narrowed to, as its address says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.accounts.operations import find_user
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.history.merging import survivor_of
from tracker.history.queries import Wanted
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.places.queries import place_by_id
from tracker.productions.partner_queries import partner_by_id
from tracker.productions.queries import production_by_slug, shoot_by_id
from tracker.sources.queries import source_by_id
from tracker.web.changes.labels import KINDS
from tracker.web.frame.numbers import number_in
from tracker.web.partners.words import partner_url
from tracker.web.places.public import place_url
from tracker.web.productions.shoot_words import film_url, stop_url


@dataclass(frozen=True, slots=True)
class About:
    """The row whose history is shown. `field` and `value` are its part of the address."""

    kind: str
    id: int
    name: str
    url: str
    back: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """All that narrows the list; `words` of what was typed go back into the form."""

    about: About | None
    user: User | None
    kind: str
    since: date | None
    until: date | None

    @property
    def wanted(self) -> Wanted:
        tables = {value: tables for value, _, tables in KINDS}
        return Wanted(
            about=(self.about.kind, self.about.id) if self.about else None,
            tables=tables.get(self.kind, ()),
            author_id=self.user.id if self.user else None,
            since=self.since,
            until=self.until,
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.user or self.since or self.until)

    def address(self, *, before: int | None = None) -> str:
        """Answer the address of this list, from its beginning or behind a change."""
        parts: dict[str, Any] = {
            "author": self.user.name if self.user else None,
            "kind": self.kind or None,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "before": before,
        }
        if self.about is not None:
            parts[self.about.field] = self.about.value
        return url_for("changes.index", **{name: value for name, value in parts.items() if value})


def asked(session: Session) -> Asked:
    """Read the address. Raises NotFoundError or InvalidValueError that names what means nothing."""
    kind = request.args.get("kind", "")
    if kind and kind not in {value for value, _, _ in KINDS}:
        words = ", ".join(value for value, _, _ in KINDS)
        raise InvalidValueError(f"{kind[:40]!r} is no kind of change. Write one of {words}.")
    name = request.args.get("author", "").strip()
    return Asked(
        _about(session), user_named(session, name) if name else None, kind, _day("since"), _day("until")
    )


def user_named(session: Session, name: str) -> User:
    """Answer the user of that name. Raises NotFoundError if there is none."""
    user = find_user(session, name)
    if user is None:
        raise NotFoundError(f"Nobody here is called {name[:40]!r}. Check the spelling.")
    return user


def _day(field: str) -> date | None:
    text = request.args.get(field, "").strip()
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise InvalidValueError(f"{text[:40]!r} is not a day. Write {field}=YYYY-MM-DD, or leave it out.")
    return found


def _about(session: Session) -> About | None:
    for field, find in _FINDERS.items():
        if text := request.args.get(field, ""):
            return find(session, text)
    return None


def _film(session: Session, slug: str) -> About:
    film = production_by_slug(session, slug)
    if film is None:
        raise NotFoundError(f"No production is called {slug[:80]!r} here. Search for its title instead.")
    return About("production", film.id, film.title, film_url(film), "To the film", "production", slug)


def _partner(session: Session, text: str) -> About:
    partner = partner_by_id(session, number_in(text, "partner"))
    if partner is None:
        raise NotFoundError(f"No partner has the number {text}. See the list of partners.")
    url = partner_url(partner)
    return About("partner", partner.id, partner.name, url, "To the partner", "partner", text)


def _place(session: Session, text: str) -> About:
    number = number_in(text, "place")
    place = place_by_id(session, number) or survivor_of(session, Place, number)
    if place is None:
        raise NotFoundError(f"No place has the number {text}. Search for its name instead.")
    return About(
        "place", place.id, public_name(place), place_url(place), "To the place", "place", str(place.id)
    )


def _shoot(session: Session, text: str) -> About:
    shoot = shoot_by_id(session, number_in(text, "shoot"))
    if shoot is None:
        raise NotFoundError(f"No shoot has the number {text}. Open the film's page and choose one there.")
    name = f"{public_name(shoot.place)}, {shoot.production.title}"
    return About("shoot", shoot.id, name, stop_url(shoot), "To the stop", "shoot", text)


def _source(session: Session, text: str) -> About:
    source = source_by_id(session, number_in(text, "source"))
    if source is None:
        raise NotFoundError(f"No source has the number {text}. Open it from the shoot that it is cited for.")
    url = url_for("sources.show", source_id=source.id)
    return About("source", source.id, source.title, url, "To the source", "source", text)


_FINDERS: dict[str, Callable[[Session, str], About]] = {
    "production": _film,
    "place": _place,
    "partner": _partner,
    "shoot": _shoot,
    "source": _source,
}
