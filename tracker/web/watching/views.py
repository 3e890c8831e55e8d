"""Watching films and places: begun on their pages, listed on one's own, told by feed or mail."""

from __future__ import annotations

from flask import Flask, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from tracker.accounts.permissions import Permission
from tracker.exchange.exporting.atom import write_feed
from tracker.exchange.exporting.rows import Heading
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.history.merging import survivor_of
from tracker.mailing import settings
from tracker.places.models import Place
from tracker.places.queries import place_by_id
from tracker.productions.models import Production
from tracker.productions.queries import production_by_slug
from tracker.watching.digests import name_of
from tracker.watching.models import Telling
from tracker.watching.operations import (
    end_feed,
    feed_part,
    new_feed,
    set_mails,
    telling_to_end,
    unwatch,
    user_of_feed,
    watch,
)
from tracker.watching.queries import changes_of, watch_of, watched_by
from tracker.web.changes.page import in_words
from tracker.web.exports.changes import entry_of
from tracker.web.exports.sending import site
from tracker.web.frame.access import allow
from tracker.web.frame.forgery import csrf
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.sessions import signed_in_user
from tracker.web.frame.signed_in import current_user
from tracker.web.places.public import place_url
from tracker.web.productions.shoot_words import film_url

_LATEST = 40


@allow(Permission.OWN_ACCOUNT)
def film(slug: str) -> ResponseReturnValue:
    """Watch a film."""
    begin_writing(db.session)
    found = production_by_slug(db.session, slug)
    if found is None:
        raise NotFoundError(f"No production is called {slug[:80]!r} here. Search for its title instead.")
    return _watch(found, film_url(found))


@allow(Permission.OWN_ACCOUNT)
def place(place_id: int) -> ResponseReturnValue:
    """Watch a place."""
    begin_writing(db.session)
    found = place_by_id(db.session, place_id) if place_id <= LARGEST_ID else None
    if found is None and place_id <= LARGEST_ID:
        found = survivor_of(db.session, Place, place_id)
    if found is None:
        raise NotFoundError(f"No place has the number {place_id}. Search for its name instead.")
    return _watch(found, place_url(found))


def _watch(what: Production | Place, page: str) -> ResponseReturnValue:
    watch(db.session, current_user(), what)
    db.session.commit()
    flash("You watch this now. Your account has the list, the feed and the mails.")
    return redirect(page, 303)


@allow(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    """List what one watches, the feed's address, and whether mails are sent."""
    user = current_user()
    watched = watched_by(db.session, user.id)
    telling = db.session.get(Telling, user.id)
    part = feed_part(telling, key=settings().secret_key)
    return render_template(
        "watching/index.html",
        watched=[(one, name_of(one), _page_of(one.what)) for one in watched],
        feed=url_for("watching.feed", signed=part, _external=True) if part else "",
        mail_goes_out=settings().mail is not None,
        by_mail=telling is not None and telling.by_mail,
        has_email=bool(user.email),
    )


@allow(Permission.OWN_ACCOUNT)
def remove(watch_id: int) -> ResponseReturnValue:
    """Take something off the list."""
    begin_writing(db.session)
    if watch_id > LARGEST_ID:
        raise NotFoundError("This is not on your list.")
    unwatch(db.session, current_user(), watch_id)
    db.session.commit()
    flash("Taken off your list.")
    return redirect(url_for("watching.index"), 303)


@allow(Permission.OWN_ACCOUNT)
def set_feed() -> ResponseReturnValue:
    """Give the feed an address, a new one, or none; the one before works no more."""
    begin_writing(db.session)
    ends = request.form.get("feed") == "end"
    (end_feed if ends else new_feed)(db.session, current_user())
    db.session.commit()
    flash("The feed is ended." if ends else "The feed has a new address.")
    return redirect(url_for("watching.index"), 303)


@allow(Permission.OWN_ACCOUNT)
def set_mail() -> ResponseReturnValue:
    """Begin or end the mails."""
    wanted = request.form.get("mails") == "yes"
    if wanted and settings().mail is None:
        raise InvalidValueError("This site sends no mail. Use the feed instead.")
    begin_writing(db.session)
    set_mails(db.session, current_user(), wanted=wanted)
    db.session.commit()
    flash("Mails begin with what happens from now on." if wanted else "No more mails.")
    return redirect(url_for("watching.index"), 303)


@allow(Permission.READ)
@limiter.limit("60 per minute")
def feed(signed: str) -> ResponseReturnValue:
    """Answer the latest changes of what the owner of this address watches; 304 to whoever has them."""
    user = user_of_feed(db.session, signed, key=settings().secret_key)
    if user.is_suspended or user.is_deleted:
        raise NotFoundError("There is no feed here.")
    watched = watched_by(db.session, user.id)
    changes = changes_of(db.session, watched, limit=_LATEST)
    entries = [entry_of(words) for words in in_words(db.session, changes)]
    heading = Heading(
        title="What you watch at Shot Here",
        page=url_for("watching.index", _external=True),
        own=request.url,
        site=site(),
        updated=changes[0].made_at if changes else user.created_at,
    )
    answer = Response(b"".join(write_feed(heading, entries)), mimetype="application/atom+xml")
    answer.add_etag()
    # Whose it is is told by the address alone; no cache between may keep it, and no search engine list it.
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer.make_conditional(request)


@csrf.exempt  # type: ignore[untyped-decorator]  # mail programs press the button for their owners
@allow(Permission.READ)
@limiter.limit("30 per minute")
def unsubscribe(signed: str) -> ResponseReturnValue:
    """End the mails by the link in them. It asks first: programs open links; a post needs no session."""
    if request.method == "POST":
        begin_writing(db.session)
        telling_to_end(db.session, signed, key=settings().secret_key).by_mail = False
        db.session.commit()
        return render_template("watching/unsubscribe.html", done=True)
    ended = not telling_to_end(db.session, signed, key=settings().secret_key).by_mail
    answer = make_response(render_template("watching/unsubscribe.html", done=ended))
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def is_watched(what: Production | Place) -> bool:
    """Say, for a page's button, whether whoever asks watches this."""
    user = signed_in_user()
    return user is not None and watch_of(db.session, user.id, what) is not None


def install(app: Flask) -> None:
    """Let the pages of films and places ask."""
    app.jinja_env.globals.update(is_watched=is_watched)


def _page_of(what: Production | Place) -> str:
    return film_url(what) if isinstance(what, Production) else place_url(what)
