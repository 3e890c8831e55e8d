"""Take any view with you: a film, a place, the lists, a search, what the map shows, the latest changes."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.exchange.exporting.film import lines_of_film, rows_of_film
from tracker.exchange.exporting.formats import FORMATS
from tracker.exchange.exporting.reading import Selection, rows_then
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.geo import Box
from tracker.foundation.text import clean_line
from tracker.history.merging import survivor_of
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.places.queries import place_by_id
from tracker.productions.models import Production
from tracker.productions.partner_queries import roles_for
from tracker.productions.queries import identifiers_of, production_by_slug, slug_of_title
from tracker.routes.film import film_route
from tracker.web.exports.sending import View, send, send_selection
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.places.asking import read_question
from tracker.web.places.public import place_url
from tracker.web.productions.known_on import day_asked
from tracker.web.search.views import found_ids
from tracker.web.search.words import read_search

_LONGEST = 200
_OFTEN = "120 per minute"


@allow(Permission.READ)
@limiter.limit(_OFTEN)
def production(slug: str, ending: str) -> ResponseReturnValue:
    """Answer a film's route; ?as_of= as on its page, feeds aside."""
    found = production_by_slug(db.session, slug)
    if found is None:
        official = slug_of_title(db.session, slug)
        if official is None:
            raise NotFoundError(f"No production is called {slug[:80]!r} here. Search for its title instead.")
        return redirect(_with_query(url_for("exports.production", slug=official, ending=ending)), 301)
    return send_film(found, ending)


@allow(Permission.READ)
@limiter.limit(_OFTEN)
def place(place_id: int, slug: str, ending: str) -> ResponseReturnValue:
    """Answer what was shot at a place."""
    found = place_by_id(db.session, place_id) if place_id <= LARGEST_ID else None
    if found is None and place_id <= LARGEST_ID:
        found = survivor_of(db.session, Place, place_id)
    if found is None:
        raise NotFoundError(f"No place has the number {place_id}. Search for its name instead.")
    page = place_url(found)
    if page != url_for("places.show", place_id=place_id, slug=slug):
        return redirect(_with_query(f"{page}.{ending}"), 301)
    return send_place(found, ending)


@allow(Permission.READ)
@limiter.limit(_OFTEN)
def productions(ending: str) -> ResponseReturnValue:
    """Answer the shoots of all films, or of those that ?q= finds."""
    words = _words("q")
    page = url_for("productions.index", q=words or None, _external=True)
    title = f"Films: {words}" if words else "All films"
    return send_selection(View(title, page, "productions"), ending, Selection(words=words))


@allow(Permission.READ)
@limiter.limit(_OFTEN)
def places(ending: str) -> ResponseReturnValue:
    """Answer the shoots that fit the question of the list of places, at open places that fit it."""
    asked = read_question(db.session, request.args, today())
    if asked.wrong:
        raise InvalidValueError(" ".join(asked.wrong.values()))
    page = request.host_url.rstrip("/") + asked.url()
    return send_selection(View("Places", page, "places"), ending, Selection(asked=asked.filter))


@allow(Permission.READ)
@limiter.limit(_OFTEN)
def search(ending: str) -> ResponseReturnValue:
    """Answer the shoots of the films and at the places that a search finds."""
    asked = read_search(request.args.get("q", ""))
    found = found_ids(db.session, asked) if asked.text else ((), ())
    page = url_for("search.results", q=asked.text or None, _external=True)
    return send_selection(View(f"Search: {asked.text}", page, "search"), ending, Selection(found=found))


@allow(Permission.READ)
@limiter.limit(_OFTEN)
def world(ending: str) -> ResponseReturnValue:
    """Answer the shoots at the open places of a view of the map, ?bbox=west,south,east,north."""
    text = request.args.get("bbox", "")
    if not text:
        raise InvalidValueError("bbox is missing: write bbox=west,south,east,north in degrees.")
    box = Box.parse(text)
    page = url_for("world.map", _external=True)
    return send_selection(View(f"Map, {text[:80]}", page, "map"), ending, Selection(box=box))


def send_film(production: Production, ending: str) -> ResponseReturnValue:
    """Answer a film's file; its feed follows the latest changes of its shoots."""
    page = url_for("productions.show", slug=production.slug, _external=True)
    view = View(production.title, page, production.slug)
    kind = FORMATS[ending]
    if kind.is_feed:
        return send_selection(view, ending, Selection(production_id=production.id))
    film = film_route(db.session, production, as_of=day_asked(), today=today())
    roles = roles_for(db.session, [known.shoot for known in film.shoots.values()])
    rows = list(rows_of_film(film, identifiers_of(db.session, production.id), today(), roles))
    return send(view, kind, rows, lines_of_film(film))


def send_place(place: Place, ending: str) -> ResponseReturnValue:
    """Answer a place's file, as known on ?as_of=; feeds aside."""
    page, as_of = place_url(place), day_asked()
    view = View(public_name(place), request.host_url.rstrip("/") + page, page.rpartition("/")[2])
    selection, kind = Selection(place_id=place.id), FORMATS[ending]
    if kind.is_feed or as_of is None or as_of >= today():
        return send_selection(view, ending, selection)
    return send(view, kind, list(rows_then(db.session, selection, as_of=as_of, today=today())))


def _words(name: str) -> str:
    return clean_line(request.args.get(name, "")[:_LONGEST])


def _with_query(address: str) -> str:
    query = request.query_string.decode("ascii", "ignore")
    return f"{address}?{query}" if query else address
