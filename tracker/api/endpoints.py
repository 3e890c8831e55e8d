"""Every address of the API, on one page. What an endpoint takes and answers stands in its signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

from flask import Flask
from pydantic import BaseModel
from werkzeug.wrappers import Response as AnyResponse

from tracker.accounts.access import allow, permission_of
from tracker.accounts.tokens import Scope
from tracker.api import documents
from tracker.api.answering import send, telling_problems
from tracker.api.asking import Query, read_body, read_query
from tracker.api.guard import ask_for
from tracker.api.views import (
    citations,
    contradictions,
    orders,
    partners,
    photos,
    places,
    productions,
    record,
    shoots,
    sightings,
)
from tracker.extensions import csrf, limiter

_READING = "300 per minute"
_WRITING = "20 per minute"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address with the function behind it; a `scope` is what a token needs."""

    address: str
    name: str
    tag: str
    view: Callable[..., BaseModel]
    method: str = "GET"
    scope: Scope | None = None

    @property
    def takes(self) -> dict[str, type[Any]]:
        hints = get_type_hints(self.view)
        return {name: hint for name, hint in hints.items() if name != "return"}

    @property
    def answers(self) -> type[BaseModel]:
        answer: type[BaseModel] = get_type_hints(self.view)["return"]
        return answer

    @property
    def query(self) -> type[BaseModel] | None:
        return self.takes.get("query")

    @property
    def body(self) -> type[BaseModel] | None:
        return self.takes.get("body")


ENDPOINTS = (
    Endpoint("/productions", "productions", "Productions", productions.productions),
    Endpoint("/productions/<slug>", "production", "Productions", productions.production),
    Endpoint("/productions/<slug>/route", "route", "Productions", productions.route),
    Endpoint("/places", "places", "Places", places.places),
    Endpoint("/places/<int:place_id>", "place", "Places", places.place),
    Endpoint("/places/<int:place_id>/photos", "place_photos", "Places", photos.of_place),
    Endpoint("/map/cells", "cells", "Places", places.cells),
    Endpoint("/shoots", "shoots", "Shoots", shoots.shoots),
    Endpoint("/shoots/<int:shoot_id>", "shoot", "Shoots", shoots.shoot),
    Endpoint("/citations", "citations", "Evidence", shoots.citations),
    Endpoint("/citations", "cite", "Evidence", citations.cite, method="POST", scope=Scope.CITE),
    Endpoint("/citations/<int:citation_id>", "citation", "Evidence", citations.citation),
    Endpoint(
        "/citations/<int:citation_id>",
        "remove_citation",
        "Evidence",
        citations.remove,
        method="DELETE",
        scope=Scope.CITE,
    ),
    Endpoint(
        "/citations/<int:citation_id>/reopening",
        "reopen_citation",
        "Evidence",
        citations.reopen,
        method="POST",
        scope=Scope.MODERATE,
    ),
    Endpoint("/sources", "sources", "Evidence", record.sources),
    Endpoint("/sources/<int:source_id>", "source", "Evidence", record.source),
    Endpoint("/productions/<slug>/orders", "orders", "Evidence", orders.orders),
    Endpoint("/orders", "cite_order", "Evidence", orders.cite_order, method="POST", scope=Scope.CITE),
    Endpoint("/orders/<int:order_id>", "order", "Evidence", orders.order),
    Endpoint(
        "/orders/<int:order_id>",
        "remove_order",
        "Evidence",
        orders.remove,
        method="DELETE",
        scope=Scope.CITE,
    ),
    Endpoint("/contradictions", "contradictions", "Contradictions", contradictions.contradictions),
    Endpoint(
        "/contradictions",
        "decide_contradiction",
        "Contradictions",
        contradictions.decide,
        method="POST",
        scope=Scope.MODERATE,
    ),
    Endpoint(
        "/productions/<slug>/contradictions",
        "contradictions_of_production",
        "Contradictions",
        contradictions.of_production,
    ),
    Endpoint("/partners", "partners", "Partners", partners.partners),
    Endpoint("/partners/<int:partner_id>", "partner", "Partners", partners.partner),
    Endpoint("/productions/<slug>/partners", "roles", "Partners", partners.roles),
    Endpoint("/roles", "add_role", "Partners", partners.add, method="POST", scope=Scope.PARTNERS),
    Endpoint("/roles/<int:role_id>", "role", "Partners", partners.role),
    Endpoint(
        "/roles/<int:role_id>",
        "remove_role",
        "Partners",
        partners.remove,
        method="DELETE",
        scope=Scope.PARTNERS,
    ),
    Endpoint("/search", "search", "Finding", record.search),
    Endpoint("/changes", "changes", "Following", record.changes),
    Endpoint(
        "/sightings",
        "submit_sighting",
        "Sightings",
        sightings.submit_sighting,
        method="POST",
        scope=Scope.SUBMIT_SIGHTINGS,
    ),
    Endpoint("/sightings", "own_sightings", "Sightings", sightings.own_sightings, scope=Scope.READ_SIGHTINGS),
    Endpoint(
        "/sightings/<int:sighting_id>",
        "own_sighting",
        "Sightings",
        sightings.own_sighting,
        scope=Scope.READ_SIGHTINGS,
    ),
)
BASE = "/api/v1"


def register(app: Flask) -> None:
    """Register all endpoints; one that does not say who may use it stops the program."""
    for endpoint in ENDPOINTS:
        served = _served(endpoint)
        if endpoint.method != "GET":
            csrf.exempt(served)  # there is no cookie to forge a request with
        app.add_url_rule(BASE + endpoint.address, f"api.{endpoint.name}", served, methods=[endpoint.method])
    app.add_url_rule("/api/openapi.json", "api.openapi", documents.openapi, methods=["GET"])
    app.add_url_rule("/api/docs", "api.docs", documents.page, methods=["GET"])


def _served(endpoint: Endpoint) -> Callable[..., AnyResponse]:
    takes, status = endpoint.takes, 201 if endpoint.method == "POST" else 200

    def serve(**path: Any) -> AnyResponse:
        given: dict[str, Any] = dict(path)
        query = read_query(takes.get("query", Query))
        if "query" in takes:
            given["query"] = query
        if "body" in takes:
            given["body"] = read_body(takes["body"])
        return send(endpoint.view(**given), status=status)

    serve.__name__ = serve.__qualname__ = endpoint.name
    limit = _WRITING if endpoint.method != "GET" else _READING
    limited: Callable[..., AnyResponse] = limiter.limit(limit)(telling_problems(serve))
    ask_for(limited, endpoint.scope)
    return allow(permission_of(endpoint.view))(limited)
