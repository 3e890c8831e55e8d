"""The contradictions of one film and of all, and a moderator's decision on one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.productions.corrections import told_reason
from tracker.productions.models import Production
from tracker.productions.queries import production_by_slug, shoot_by_id, slug_of_title
from tracker.routes.contradictions import Conflict, contradictions_of
from tracker.routes.film import FilmRoute, film_route
from tracker.routes.open_questions import films_in_doubt
from tracker.routes.resolving import reopen_dispute_of, resolve
from tracker.web.contradictions.closed import ClosedLine, closed_in
from tracker.web.contradictions.words import ConflictWords, conflict_words
from tracker.web.frame.access import allow
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user

_FILMS_A_PAGE = 15


@dataclass(frozen=True, slots=True)
class FilmInDoubt:
    """A film with what is open of it."""

    title: str
    url: str
    conflicts: tuple[ConflictWords, ...]


@allow(Permission.READ)
def index() -> ResponseReturnValue:
    """Show the open contradictions of all films, by title, a page at a time."""
    after = request.args.get("after", "")[:100]
    found, more = films_in_doubt(db.session, after=after, limit=_FILMS_A_PAGE, today=today())
    films = [_in_doubt(film, conflicts) for film, conflicts in found]
    older = url_for("contradictions.index", after=more) if more else None
    return render_template("contradictions/index.html", films=films, older=older)


@allow(Permission.READ)
def show(slug: str) -> ResponseReturnValue:
    """Show all that contradicts itself in a film, and what was settled."""
    production = production_by_slug(db.session, slug)
    if production is None:
        official = slug_of_title(db.session, slug)
        if official is None:
            raise NotFoundError(f"No production is called {slug[:80]!r} here. Search for its title instead.")
        return redirect(url_for("contradictions.show", slug=official), 301)
    return _page(production)


@allow(Permission.MODERATE)
def decide(slug: str) -> ResponseReturnValue:
    """Carry out a moderator's decision on one contradiction."""
    begin_writing(db.session)
    production = production_by_slug(db.session, slug)
    if production is None:
        raise NotFoundError(f"No production is called {slug[:80]!r} here.")
    key, action = request.form.get("key", "")[:300], request.form.get("action", "")
    reason = request.form.get("reason", "")
    try:
        told_reason(reason)
        film = film_route(db.session, production, as_of=None, today=today())
        told = resolve(db.session, film, key, action, reason=reason, by=current_user())
    except InvalidValueError as error:
        db.session.rollback()
        production = production_by_slug(db.session, slug)
        if production is None:
            raise
        return _page(production, refused=(key, str(error), reason)), 422
    db.session.commit()
    flash(told)
    return redirect(url_for("contradictions.show", slug=slug), 303)


@allow(Permission.MODERATE)
def reopen(shoot_id: int) -> ResponseReturnValue:
    """Open the closed dispute of a shoot again."""
    begin_writing(db.session)
    shoot = shoot_by_id(db.session, shoot_id) if shoot_id <= LARGEST_ID else None
    if shoot is None:
        raise NotFoundError(f"No shoot has the number {shoot_id}.")
    slug = shoot.production.slug
    reopen_dispute_of(db.session, shoot, by=current_user())
    db.session.commit()
    flash("Opened again. Both sides count.")
    return redirect(url_for("contradictions.show", slug=slug), 303)


def _page(production: Production, refused: tuple[str, str, str] = ("", "", "")) -> str:
    film = film_route(db.session, production, as_of=None, today=today())
    found = conflict_words(film, contradictions_of(film))
    closed: list[ClosedLine] = closed_in(film)
    return render_template(
        "contradictions/show.html",
        production=production,
        open_ones=[one for one in found if not one.settled],
        settled=[one for one in found if one.settled],
        closed=closed,
        refused=refused,
    )


def _in_doubt(film: FilmRoute, conflicts: list[Conflict]) -> FilmInDoubt:
    url = url_for("contradictions.show", slug=film.production.slug)
    return FilmInDoubt(film.production.title, url, tuple(conflict_words(film, conflicts)))
