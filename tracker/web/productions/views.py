"""The film's page, and its route for programs and for the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.maps.shell import MapKind, map_shell
from tracker.productions.models import Production
from tracker.productions.partner_queries import roles_of_production
from tracker.productions.photo_queries import photos_of_film
from tracker.productions.queries import identifiers_of, production_by_slug, slug_of_title
from tracker.routes.film import FilmRoute, film_route
from tracker.sightings.unreviewed import spots_of, unreviewed_of
from tracker.web.exports.map_data import with_evidence
from tracker.web.exports.views import send_film
from tracker.web.frame.access import allow
from tracker.web.frame.conditional import json_answer, problem
from tracker.web.photos.showing import gallery_of
from tracker.web.places.words import country_name
from tracker.web.productions.known_on import day_asked
from tracker.web.productions.page import film_page
from tracker.web.productions.route_geojson import route_geojson
from tracker.web.productions.route_json import route_json
from tracker.web.sightings.map_points import delay_rules, unreviewed_features


@allow(Permission.READ)
def show(slug: str) -> ResponseReturnValue:
    """Show a film's page; with the header X-Fragment: film only the part that depends on the day asked."""
    production = production_by_slug(db.session, slug)
    if production is None:
        return _elsewhere(slug)
    page = film_page(
        _route(production),
        identifiers_of(db.session, production.id),
        today(),
        roles_of_production(db.session, production.id),
    )
    if request.headers.get("X-Fragment") == "film":
        response = make_response(render_template("productions/fragment.html", page=page))
    else:
        shell = map_shell(MapKind.ROUTE)
        photos = gallery_of(photos_of_film(db.session, production.id))
        response = make_response(
            render_template(
                "productions/show.html",
                page=page,
                shell=shell,
                photos=photos,
                waiting=unreviewed_of(db.session, production.id),
                country_name=country_name,
            )
        )
    response.vary.add("X-Fragment")
    return response


@allow(Permission.READ)
def route(slug: str) -> ResponseReturnValue:
    """Answer the derived route as JSON."""
    return _to_programs(slug, route_json, "application/json")


@allow(Permission.READ)
def geojson(slug: str) -> ResponseReturnValue:
    """Answer the route as GeoJSON for the map; with ?download= as the file that other programs expect."""
    if request.args.get("download"):
        production = production_by_slug(db.session, slug)
        return _elsewhere(slug) if production is None else send_film(production, "geojson")
    return _to_programs(slug, _drawn, "application/geo+json")


def _drawn(film: FilmRoute) -> dict[str, Any]:
    """Answer the route with, beside it, what nobody has looked at; that was not known on any day before."""
    found = route_geojson(film)
    if film.as_of is None or film.as_of >= today():
        found["features"] += unreviewed_features(spots_of(db.session, film.production.id, delay_rules()))
    return with_evidence(found, film)


def _to_programs(
    slug: str, described: Callable[[FilmRoute], dict[str, Any]], mimetype: str
) -> ResponseReturnValue:
    """Answer the route as JSON of one kind; what is wrong with the request is told as JSON as well."""
    try:
        production = production_by_slug(db.session, slug)
        if production is None:
            return _elsewhere(slug)
        return json_answer(described(_route(production)), mimetype)
    except NotFoundError as error:
        return problem(404, "Not found", str(error))
    except InvalidValueError as error:
        return problem(400, "Not a day", str(error))


def _route(production: Production) -> FilmRoute:
    return film_route(db.session, production, as_of=day_asked(), today=today())


def _elsewhere(slug: str) -> ResponseReturnValue:
    """Lead from the slug of another title to the production's own, keeping the query."""
    official = slug_of_title(db.session, slug)
    if official is None:
        raise NotFoundError(f"No production is called {slug[:80]!r} here. Search for its title instead.")
    address = url_for(str(request.endpoint), slug=official)
    query = request.query_string.decode("ascii", "ignore")
    return redirect(f"{address}?{query}" if query else address, 301)
