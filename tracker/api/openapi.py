"""OpenAPI 3.1, generated from the endpoints and their models: what is written here is what is served."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from inspect import getdoc
from itertools import groupby
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from tracker.api.endpoints import BASE, ENDPOINTS, Endpoint
from tracker.api.shapes import Problem
from tracker.exchange.exporting.rows import LICENCE_ADDRESS

Json = dict[str, Any]
_REF = "#/components/schemas/{model}"
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
_ABOUT = """The public record of Shot Here. Reading needs no token; with one a program sends sightings in,
cites, says who helped, and, for a moderator, decides contradictions.

Errors are problems (RFC 9457): 400 for parameters of the wrong shape, 422 for values that cannot be. Lists
are paged by key: follow `next`, which is also in the header Link. Every answer carries an ETag; send it back
as If-None-Match and get 304 while nothing has changed. How many requests are left is told by the headers
X-RateLimit-Limit, -Remaining and -Reset; after 429, Retry-After says when to go on."""


@dataclass(frozen=True, slots=True)
class Line:
    """An endpoint as the page lists it."""

    method: str
    address: str
    words: str
    scope: str


def described_endpoints() -> list[tuple[str, list[Line]]]:
    """Answer the endpoints by subject, for people without scripts."""
    return [
        (tag, [Line(e.method, _path(e), _summary(e), e.scope or "") for e in endpoints])
        for tag, endpoints in groupby(ENDPOINTS, key=lambda endpoint: endpoint.tag)
    ]


@cache
def describe(script_root: str) -> Json:
    """Answer the whole description."""
    models: list[type[BaseModel]] = [Problem]
    for endpoint in ENDPOINTS:
        models += [endpoint.answers, *([endpoint.body] if endpoint.body else [])]
    named, schemas = models_json_schema(
        [(model, _mode(model)) for model in dict.fromkeys(models)], ref_template=_REF
    )
    refs: dict[Any, Any] = {model: schema for (model, _), schema in named.items()}
    paths: dict[str, Json] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(_path(endpoint), {})[endpoint.method.lower()] = _operation(endpoint, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Shot Here",
            "version": "1",
            "description": _ABOUT,
            "license": {"name": "The record: CC0 1.0", "url": LICENCE_ADDRESS},
        },
        "servers": [{"url": script_root or "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(endpoint.tag for endpoint in ENDPOINTS)],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {"Problem": _content("What went wrong.", refs[Problem], "application/problem+json")},
        },
    }


def _mode(model: type[BaseModel]) -> Any:
    return "validation" if any(endpoint.body is model for endpoint in ENDPOINTS) else "serialization"


def _path(endpoint: Endpoint) -> str:
    return BASE + _ARGUMENT.sub(r"{\2}", endpoint.address)


def _summary(endpoint: Endpoint) -> str:
    return " ".join((getdoc(endpoint.view) or "").split())


def _operation(endpoint: Endpoint, refs: dict[Any, Any]) -> Json:
    status = "201" if endpoint.method == "POST" else "200"
    success = _content("Done.", refs[endpoint.answers], "application/json")
    if endpoint.method == "POST":
        success["headers"] = {"Location": {"schema": {"type": "string"}, "required": True}}
    operation: Json = {
        "operationId": endpoint.name,
        "tags": [endpoint.tag],
        "summary": _summary(endpoint),
        "parameters": [*_in_path(endpoint), *_in_query(endpoint)],
        "responses": {status: success, "default": {"$ref": "#/components/responses/Problem"}},
    }
    if endpoint.method == "GET":
        success["headers"] = {"ETag": {"schema": {"type": "string"}, "required": True}}
        operation["responses"]["304"] = {"description": "You have it already."}
    if endpoint.body:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": refs[endpoint.body]}},
        }
    if endpoint.scope:
        operation["security"] = [{"token": []}]
        operation["description"] = f"The token needs the scope `{endpoint.scope}`."
    return operation


def _content(words: str, schema: Json, mimetype: str) -> Json:
    return {"description": words, "content": {mimetype: {"schema": schema}}}


def _in_path(endpoint: Endpoint) -> list[Json]:
    found = []
    for converter, name in _ARGUMENT.findall(endpoint.address):
        number: Json = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
        text: Json = {"type": "string", "pattern": "^[a-z0-9-]{1,100}$"}
        schema = number if converter == "int" else text
        found.append({"name": name, "in": "path", "required": True, "schema": schema})
    return found


def _in_query(endpoint: Endpoint) -> list[Json]:
    if endpoint.query is None:
        return []
    schema = endpoint.query.model_json_schema(ref_template=_REF)
    required = set(schema.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _plain(one)}
        for name, one in schema.get("properties", {}).items()
    ]


def _plain(schema: Json) -> Json:
    """Answer a parameter's schema without null: an address cannot say null, it leaves the parameter out."""
    kept = {key: value for key, value in schema.items() if key not in ("anyOf", "default", "title")}
    for option in schema.get("anyOf", ()):
        if option != {"type": "null"}:
            kept |= option
    if schema.get("default") is not None:
        kept["default"] = schema["default"]
    return kept
