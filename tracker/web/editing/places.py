"""Editing a place: what it is, what it lies in, who may see where it is, and its shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pycountry
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission, may
from tracker.extensions import db
from tracker.foundation.errors import NotAllowedError, NotFoundError
from tracker.foundation.geo import Point
from tracker.history.merging import survivor_of
from tracker.maps.shell import MapKind, map_shell
from tracker.places.editing import PlaceEdit, lock_place, lowers_privacy, may_edit, may_see_position
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.privacy import public_name, stricter
from tracker.places.queries import place_by_id, places_named
from tracker.productions.place_edits import save_place
from tracker.sightings.removal_desk import check_still_hidden
from tracker.sightings.second_person import Asked, ask_for
from tracker.web.editing.edited import Edited
from tracker.web.editing.form import EditForm, at_most
from tracker.web.editing.page import edit_page
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.rules import TAKES_TWO, alone
from tracker.web.places.position_form import (
    AREA,
    FIELDS,
    LINE,
    NO,
    NOWHERE,
    POINT,
    YES,
    FieldError,
    position_in,
    position_values,
)
from tracker.web.places.public import kind_and_where, place_url
from tracker.web.places.words import country_name

_PRIVACIES = {
    Privacy.OPEN: "Open: everybody sees where it is",
    Privacy.OBSCURED: "Obscured: only a grid cell of 0.2° is shown",
    Privacy.PRIVATE: "Private: at most the municipality is shown",
}
_SHAPES = [
    SelectChoice(NOWHERE, "Not located yet"),
    SelectChoice(POINT, "A point"),
    SelectChoice(LINE, "A line, such as a railway or a street"),
    SelectChoice(AREA, "An area"),
]
_SWAP = [SelectChoice(YES, "Yes, swap them"), SelectChoice(NO, "No, they are right as they are")]


def _countries() -> list[SelectChoice]:
    codes = sorted((country_name(country.alpha_2), country.alpha_2) for country in pycountry.countries)
    return [SelectChoice("", "Not known"), *(SelectChoice(code, name) for name, code in codes)]


class PlaceForm(EditForm):
    """What may be edited of a place whose position is hidden from the editor."""

    name = StringField("Name", [at_most(300)], default="")
    kind = SelectField(
        "Kind", choices=[SelectChoice(kind.value, kind.value.capitalize()) for kind in PlaceKind]
    )
    country = SelectField("Country", choices=_countries())
    region = StringField("Region", [at_most(300)], default="")
    municipality = StringField("Municipality", [at_most(300)], default="")
    privacy = RadioField("Who may see where it is", choices=[])


class LocatedPlaceForm(PlaceForm):
    """All of a place. The shape's fields are read together, by `position_in`."""

    within = StringField("Lies in", [at_most(300)], default="")
    shape = RadioField("Shape", choices=_SHAPES, default=NOWHERE)
    lat = StringField("Latitude", [at_most(40)], default="")
    lon = StringField("Longitude", [at_most(40)], default="")
    uncertainty_m = StringField("Exact to, in metres", [at_most(20)], default="")
    vertices = TextAreaField("Corners, one “lat, lon” a line", [at_most(200_000)], default="")
    geojson = TextAreaField("GeoJSON", [at_most(400_000)], default="")
    swap = RadioField("Are latitude and longitude swapped?", choices=_SWAP, validate_choice=False)

    before: Point | None = None
    place_id = 0

    def validate(self, extra_validators: Mapping[str, object] | None = None) -> bool:
        """Check each field, then what several of them say together."""
        is_sound = bool(super().validate(extra_validators))
        typed = {name: str(self[name].data or "") for name in (*FIELDS, "within")}
        try:
            position_in(typed, self.before)
            _place_in(db.session, typed["within"], self.place_id)
        except FieldError as error:
            field = self[error.field]
            field.errors = [*field.errors, str(error)]
            return False
        return is_sound


@allow(Permission.EDIT)
@limiter.limit("30 per minute", methods=["POST"])
def edit(place_id: int) -> ResponseReturnValue:
    """Show the edit page of a place and save what is sent from it; a merged one leads to what it became."""
    if request.method != "POST" and place_id <= LARGEST_ID:
        survivor = survivor_of(db.session, Place, place_id)
        if survivor is not None:
            return redirect(url_for("places.edit", place_id=survivor.id), 301)
    return edit_page(lambda: edited_place(db.session, place_id, current_user()))


def edited_place(session: Session, place_id: int, user: User) -> Edited:
    """Open a place for editing; what is hidden from the user is not among its fields.

    Raises NotFoundError if there is none of that number, NotAllowedError if it is not the user's to edit.
    """
    find = lock_place if request.method == "POST" else place_by_id
    place = find(session, place_id) if place_id <= LARGEST_ID else None
    if place is None:
        raise NotFoundError(f"No place has the number {place_id}. Search for its name instead.")
    if not may_edit(user, place):
        raise NotAllowedError("This place is kept private. Only moderators edit it.")
    sees_position = may_see_position(user, place)
    version, outer = place.version, place_by_id(session, place.within_id) if place.within_id else None

    def save(values: Mapping[str, str], comment: str) -> None:
        edit = _edit_from(session, place, values, sees_position=sees_position)
        if lowers_privacy(place, edit.privacy) and not alone():
            wanted, label = edit.privacy, place.name
            ask_for(
                session,
                Asked.PLACE_PRIVACY,
                place.id,
                label=label,
                reason=comment,
                by=user,
                privacy=wanted,
            )
            flash(f"To show more of {label} takes two. {TAKES_TWO}")
            edit = replace(edit, privacy=place.privacy)
        save_place(session, place, edit, by=user, began_with=version, comment=comment, alone=alone())
        check_still_hidden(session)

    return Edited(
        kind="place",
        id=place.id,
        version=version,
        name=public_name(place),
        url=place_url(place),
        template="editing/place.html",
        form=_form_for(place, user, sees_position=sees_position),
        values=_values(place, outer, sees_position=sees_position),
        save=save,
        shell=map_shell(MapKind.SHAPE) if sees_position else None,
        consequence="Grades follow from what a place lies in; they are brought up to date at once.",
    )


def _form_for(place: Place, user: User, *, sees_position: bool) -> type[EditForm]:
    """Answer the form for this place and user: nobody is offered what is not his to choose."""
    parent = LocatedPlaceForm if sees_position else PlaceForm
    choices = [
        SelectChoice(privacy.value, words)
        for privacy, words in _PRIVACIES.items()
        if stricter(privacy, place.privacy) is privacy or may(user, Permission.OPEN_PLACE)
    ]
    known = Point(place.lat, place.lon) if place.lat is not None and place.lon is not None else None
    own = {
        "privacy": RadioField(PlaceForm.privacy.args[0], choices=choices),
        "before": known,
        "place_id": place.id,
    }
    return type("PlaceFormOfUser", (parent,), own)


def _values(place: Place, outer: Place | None, *, sees_position: bool) -> dict[str, str]:
    values = {
        "name": place.name,
        "kind": place.kind.value,
        "country": place.country or "",
        "region": place.region,
        "municipality": place.municipality,
        "privacy": place.privacy.value,
    }
    if sees_position:
        values |= {"within": _numbered(outer) if outer else "", **position_values(place)}
    return values


def _edit_from(
    session: Session, place: Place, values: Mapping[str, str], *, sees_position: bool
) -> PlaceEdit:
    known = Point(place.lat, place.lon) if place.lat is not None and place.lon is not None else None
    outer = _place_in(session, values["within"], place.id) if sees_position else place.within_id
    return PlaceEdit(
        name=values["name"],
        kind=PlaceKind(values["kind"]),
        country=values["country"] or None,
        region=values["region"],
        municipality=values["municipality"],
        within_id=outer,
        privacy=Privacy(values["privacy"]),
        position=position_in(values, known) if sees_position else None,
    )


def _numbered(place: Place) -> str:
    return f"{place.id} {public_name(place)}"


def _place_in(session: Session, text: str, own_id: int) -> int | None:
    """Answer the number of the place that is written as "12", "12 Rauma", or by a name that only one has.

    Raises FieldError that lists the namesakes with their numbers.
    """
    words = text.strip()
    first = words.partition(" ")[0]
    if not words:
        return None
    if first.isascii() and first.isdigit() and len(first) <= 10:
        found = place_by_id(session, int(first)) if int(first) <= LARGEST_ID else None
        if found is None:
            raise FieldError("within", f"There is no place with the number {first}.")
        return found.id
    named = [
        one
        for one in places_named(session, words, limit=6)
        if one.id != own_id and one.privacy is Privacy.OPEN
    ]
    if len(named) == 1:
        return named[0].id
    if not named:
        raise FieldError("within", f"No place is called {words[:60]!r}. Write the number in its address.")
    listed = "; ".join(f"{_numbered(one)} ({kind_and_where(one)})" for one in named)
    raise FieldError("within", f"Several fit {words[:60]!r}. Write the number of one: {listed}.")
