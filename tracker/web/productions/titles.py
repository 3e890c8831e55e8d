"""Titles while somebody types one: what is known, and a sentence on what was typed."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.text import clean_line, fold
from tracker.productions.models import Production
from tracker.productions.queries import search_productions
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.sightings.reading import find_production

_LONGEST = 300


@allow(Permission.READ)
@limiter.limit("240 per minute")
def titles() -> ResponseReturnValue:
    """Answer titles that begin as typed, and whether the whole is one that is known."""
    typed = clean_line(request.args.get("q", ""))[:_LONGEST]
    found = search_productions(db.session, typed, limit=8) if typed else []
    exact = find_production(db.session, typed)
    return jsonify(
        titles=[{"title": p.title, "slug": p.slug, "detail": detail_of(p)} for p in found],
        sentence=sentence_on(typed, exact),
    )


def sentence_on(typed: str, production: Production | None) -> str:
    """Say whether a typed title is known, and under which name."""
    if not typed:
        return ""
    if production is None:
        return "New to us. Fine: it is added when a moderator accepts your sighting."
    if fold(typed) == fold(production.title):
        return f"Known: {detail_of(production)}."
    return f"Known as {production.title}: {detail_of(production)}."


def detail_of(production: Production) -> str:
    """Answer what tells a production from its namesakes: "film, 2023"."""
    kind = production.kind.value.replace("_", " ")
    return f"{kind}, {production.year}" if production.year else kind
