"""The list of places: what was shot there, in which months, what it played, and who made it possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.dates import describe_short
from tracker.places.models import Place, PlaceKind
from tracker.places.privacy import public_name
from tracker.productions.models import InFilm, Shoot, Unit
from tracker.productions.partner_queries import all_partners, roles_for
from tracker.productions.partners import PartnerRole
from tracker.productions.place_search import (
    PAGE,
    count_places,
    countries_of_places,
    fitting_shoots,
    page_of_places,
)
from tracker.web.frame.access import allow
from tracker.web.frame.numbers import number_in
from tracker.web.partners.words import Helper, helpers_of
from tracker.web.places.asking import Asked, month_names, read_question
from tracker.web.places.page import Link
from tracker.web.places.public import kind_and_where, place_url
from tracker.web.places.words import country_name
from tracker.web.productions.scene import in_film_word
from tracker.web.productions.shoot_words import Told, stop_url, told_of
from tracker.web.productions.stops import unit_name


@dataclass(frozen=True, slots=True)
class Precedent:
    """One shoot that fits: the film, when, what the place played and who helped."""

    film: Link
    when: str
    unit: str
    told: Told
    in_film: str
    status: str
    grade: str
    helpers: tuple[Helper, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A place of the list; `more` fitting shoots are not listed."""

    place: Link
    line: str
    shoots: tuple[Precedent, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the fields of the form offer, as (value, words)."""

    kinds: list[tuple[str, str]]
    countries: list[tuple[str, str]]
    months: list[tuple[int, str]]
    partners: list[tuple[int, str]]
    units: list[tuple[str, str]]
    in_film: list[tuple[str, str]]


_SHOOTS_LISTED = 4


@allow(Permission.READ)
def index() -> ResponseReturnValue:
    """List the places that fit the question, a page at a time, with the shoots that fit it."""
    asked = read_question(db.session, request.args, today())
    after = request.args.get("after", "")
    found = page_of_places(db.session, asked.filter, after=_after(after), limit=PAGE + 1)
    shown, more = found[:PAGE], len(found) > PAGE
    page = render_template(
        "places/index.html",
        asked=asked,
        total=count_places(db.session, asked.filter),
        rows=_rows(db.session, asked, shown),
        choices=_choices(db.session),
        first_url=asked.url() if after else "",
        next_url=asked.url(after=f"{shown[-1].id}-{shown[-1].name_key}") if more else "",
        all_url=url_for("places.index"),
    )
    return page, 422 if asked.wrong else 200


def _rows(session: Session, asked: Asked, places: Sequence[Place]) -> list[Row]:
    shoots = fitting_shoots(session, asked.filter, [place.id for place in places])
    listed = [shoot for at in shoots.values() for shoot in at[:_SHOOTS_LISTED]]
    roles = roles_for(session, listed)
    return [
        Row(
            place=Link(public_name(place), place_url(place)),
            line=kind_and_where(place),
            shoots=tuple(_precedent(s, roles) for s in shoots.get(place.id, [])[:_SHOOTS_LISTED]),
            more=max(0, len(shoots.get(place.id, [])) - _SHOOTS_LISTED),
        )
        for place in places
    ]


def _precedent(shoot: Shoot, roles: dict[int, list[PartnerRole]]) -> Precedent:
    return Precedent(
        film=Link(shoot.production.title, stop_url(shoot)),
        when=describe_short(shoot.period),
        unit="" if shoot.unit is Unit.UNKNOWN else unit_name(shoot.unit.value),
        told=told_of(shoot),
        in_film=in_film_word(shoot.in_film),
        status=shoot.status.value,
        grade=shoot.grade.value,
        helpers=helpers_of(roles.get(shoot.id, [])),
    )


def _choices(session: Session) -> Choices:
    countries = [(code, country_name(code)) for code in countries_of_places(session)]
    return Choices(
        kinds=[(k.value, "Place" if k is PlaceKind.POINT else k.value.capitalize()) for k in PlaceKind],
        countries=sorted(countries, key=lambda pair: pair[1]),
        months=month_names(),
        partners=[(partner.id, partner.name) for partner in all_partners(session)],
        units=[(unit.value, unit_name(unit.value)) for unit in Unit],
        in_film=[(value.value, in_film_word(value) or "Not known") for value in InFilm],
    )


def _after(text: str) -> tuple[str, int] | None:
    """Read where the page before this one ended: the number and the folded name of its last place."""
    if not text:
        return None
    number, _, key = text.partition("-")
    return key[:300], number_in(number, "after")
