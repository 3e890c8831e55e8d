"""Who changed what and why: the list of changes, and each one by itself."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.errors import NotFoundError
from tracker.history.queries import PAGE, public_change, public_changes
from tracker.places.privacy import public_name
from tracker.places.queries import place_by_id
from tracker.productions.queries import production_by_slug
from tracker.web.changes.page import in_words, whole_change
from tracker.web.frame.access import allow
from tracker.web.frame.numbers import LARGEST_ID, number_in
from tracker.web.places.public import place_url
from tracker.web.productions.shoot_words import film_url


@dataclass(frozen=True, slots=True)
class About:
    """What a list of changes is narrowed to."""

    kind: str
    id: int
    name: str
    url: str
    changes_url: str


@allow(Permission.READ)
def index() -> ResponseReturnValue:
    """List changes, newest first: all, or those of a film (?production=) or a place (?place=)."""
    about = _about()
    before = request.args.get("before", "")
    found = public_changes(
        db.session,
        about=(about.kind, about.id) if about else None,
        before=number_in(before, "before") if before else None,
        limit=PAGE + 1,
    )
    shown, more = found[:PAGE], len(found) > PAGE
    first_url = about.changes_url if about else url_for("changes.index")
    return render_template(
        "changes/index.html",
        changes=in_words(db.session, shown),
        about=about,
        first_url=first_url if before else "",
        older_url=_older(first_url, shown[-1].id) if more else "",
    )


@allow(Permission.READ)
def show(change_id: int) -> ResponseReturnValue:
    """Show one change with every field that it wrote."""
    change = public_change(db.session, change_id) if change_id <= LARGEST_ID else None
    if change is None:
        raise NotFoundError(f"The record has no change number {change_id}.")
    after = request.args.get("after", "")
    words = whole_change(db.session, change, after=number_in(after, "after") if after else 0)
    return render_template("changes/show.html", change=words, first_page=not after)


def _about() -> About | None:
    if slug := request.args.get("production", ""):
        film = production_by_slug(db.session, slug)
        if film is None:
            raise NotFoundError(f"No production is called {slug[:80]!r} here. Search for its title instead.")
        return About(
            "production", film.id, film.title, film_url(film), url_for("changes.index", production=slug)
        )
    if text := request.args.get("place", ""):
        place = place_by_id(db.session, number_in(text, "place"))
        if place is None:
            raise NotFoundError(f"No place has the number {text}. Search for its name instead.")
        changes_url = url_for("changes.index", place=place.id)
        return About("place", place.id, public_name(place), place_url(place), changes_url)
    return None


def _older(address: str, before: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}before={before}"
