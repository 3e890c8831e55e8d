"""Editing a film: its titles, kind, year, release, and its numbers in other databases."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.languages import check_language
from tracker.history.recording import change
from tracker.productions.film_editing import SCHEMES, ProductionDraft, TitleDraft, edit_production
from tracker.productions.models import Production, ProductionKind, TitleKind
from tracker.productions.queries import identifiers_of, production_by_slug
from tracker.web.editing.dates import bound_from, bound_text, is_a_date
from tracker.web.editing.edited import Edited
from tracker.web.editing.form import EditForm, at_most
from tracker.web.editing.page import edit_page
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.signed_in import current_user
from tracker.web.productions.shoot_words import film_url

_NEW = ("new1", "new2")
# Titles are fields of their own, so that two people who edit two titles do not meet.
_TITLE = re.compile(r"title_(\d{1,9}|new\d)_text\Z", re.ASCII)
_MOST_TITLES = 60
_KINDS = [SelectChoice(kind.value, kind.value.replace("_", " ").capitalize()) for kind in ProductionKind]
_TITLE_KINDS = [SelectChoice(kind.value, kind.value.capitalize()) for kind in TitleKind]


class ProductionForm(EditForm):
    """The fields of a film; those of its titles are added by `_with_titles`."""

    title_rows: tuple[str, ...] = ()

    kind = SelectField("Kind", choices=_KINDS)
    year = StringField("Year", [at_most(4)], default="")
    released = StringField("Released", [at_most(200), is_a_date], default="")
    wikidata = StringField("Wikidata", [at_most(200)], default="")
    imdb = StringField("IMDb", [at_most(200)], default="")
    tmdb = StringField("TMDB", [at_most(200)], default="")


@allow(Permission.EDIT)
@limiter.limit("30 per minute", methods=["POST"])
def edit(slug: str) -> ResponseReturnValue:
    """Show the edit page of a film and save what is sent from it."""
    return edit_page(lambda: edited_production(db.session, slug))


def edited_production(session: Session, slug: str) -> Edited:
    """Open a film for editing. Raises NotFoundError if there is none at that address."""
    production = production_by_slug(session, slug)
    if production is None:
        raise NotFoundError(f"No production is called {slug[:80]!r} here. Search for its title instead.")

    def save(values: Mapping[str, str], comment: str) -> None:
        with change(session, by=current_user(), comment=comment):
            edit_production(session, production, _draft(values, production))

    return Edited(
        kind="production",
        id=production.id,
        version=production.version,
        name=production.title,
        url=film_url(production),
        template="editing/production.html",
        form=_with_titles(production),
        values=_values(session, production),
        save=save,
        consequence="The film’s address stays the same. Its release decides which open shoots are wrapped.",
    )


def _with_titles(production: Production) -> type[ProductionForm]:
    """Answer the form with fields for every title, also for one that was sent but is not there any more."""
    rows = [str(title.id) for title in production.titles]
    sent = [found[1] for name in request.form if (found := _TITLE.match(name))]
    rows = list(dict.fromkeys([*rows, *(row for row in sent if row not in _NEW)]))[:_MOST_TITLES]
    fields: dict[str, object] = {"title_rows": (*rows, *_NEW)}
    for number, row in enumerate((*rows, *_NEW), start=1):
        new = " (new)" if row in _NEW else ""
        fields[f"title_{row}_text"] = StringField(f"Title {number}{new}", [at_most(300)], default="")
        fields[f"title_{row}_kind"] = SelectField(
            f"Kind of title {number}", choices=_TITLE_KINDS, default=TitleKind.ALIAS.value
        )
        fields[f"title_{row}_language"] = StringField(
            f"Language of title {number}", [at_most(12)], default=""
        )
    return type("FilmForm", (ProductionForm,), fields)


def _values(session: Session, production: Production) -> dict[str, str]:
    numbers = {i.scheme: i.value for i in reversed(identifiers_of(session, production.id))}
    values = {
        "kind": production.kind.value,
        "year": str(production.year or ""),
        "released": bound_text(production.released),
        **{scheme: numbers.get(scheme, "") for scheme in SCHEMES},
    }
    for title in production.titles:
        values[f"title_{title.id}_text"] = title.text
        values[f"title_{title.id}_kind"] = title.kind.value
        values[f"title_{title.id}_language"] = title.language or ""
    for row in _NEW:
        values |= {f"title_{row}_text": "", f"title_{row}_kind": TitleKind.ALIAS.value}
        values[f"title_{row}_language"] = ""
    return values


def _draft(values: Mapping[str, str], production: Production) -> ProductionDraft:
    year = values["year"]
    if year and not (year.isascii() and year.isdigit()):
        raise InvalidValueError(f"{year!r} is no year. Write four digits, such as 2023.")
    return ProductionDraft(
        kind=ProductionKind(values["kind"]),
        year=int(year) if year else None,
        released=bound_from(values["released"], production.released),
        titles=_titles(values, {title.id for title in production.titles}),
        numbers={scheme: values[scheme] for scheme in SCHEMES},
    )


def _titles(values: Mapping[str, str], known: set[int]) -> list[TitleDraft]:
    drafts: list[TitleDraft] = []
    for name, text in values.items():
        found = _TITLE.match(name)
        if found is None:
            continue
        row = found[1]
        number = int(row) if row not in _NEW else None
        if not text and number not in known:  # a line left empty, or a title that went meanwhile
            continue
        kind = values.get(f"title_{row}_kind") or TitleKind.ALIAS.value
        language = check_language(values.get(f"title_{row}_language", ""))
        drafts.append(TitleDraft(id=number, text=text, kind=TitleKind(kind), language=language))
    return drafts
