"""The list of films."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.text import clean_line
from tracker.productions.listing import PAGE, Listed, countries_of, page_of_productions
from tracker.web.frame.access import allow
from tracker.web.places.words import country_name
from tracker.web.productions.shoot_words import film_url

_LONGEST = 200
_COUNTRIES_NAMED = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A production in the list."""

    title: str
    url: str
    also: str
    kind: str
    year: int | None
    shoots: int
    countries: str


@allow(Permission.READ)
def index() -> ResponseReturnValue:
    """List films by title, a page at a time; ?q= keeps those with a title that holds the words."""
    words = clean_line(request.args.get("q", "")[:_LONGEST])
    after = request.args.get("after", "")[:_LONGEST]
    found = page_of_productions(db.session, words=words, after=after, limit=PAGE + 1)
    shown, more = found[:PAGE], len(found) > PAGE
    kept = words or None
    return render_template(
        "productions/index.html",
        rows=_rows(db.session, shown),
        words=words,
        first_url=url_for("productions.index", q=kept) if after else "",
        next_url=url_for("productions.index", q=kept, after=shown[-1].production.slug) if more else "",
    )


def _rows(session: Session, listed: list[Listed]) -> list[Row]:
    countries = countries_of(session, [one.production.id for one in listed])
    return [
        Row(
            title=one.production.title,
            url=film_url(one.production),
            also=", ".join(t.text for t in one.production.titles if t.text != one.production.title),
            kind=one.production.kind.value.replace("_", " ").capitalize(),
            year=one.production.year,
            shoots=one.shoots,
            countries=_named([country_name(code) for code in countries.get(one.production.id, [])]),
        )
        for one in listed
    ]


def _named(countries: list[str]) -> str:
    more = len(countries) - _COUNTRIES_NAMED
    return ", ".join(countries[:_COUNTRIES_NAMED]) + (f" and {more} more" if more > 0 else "")
