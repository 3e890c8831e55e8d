"""The form of a note: the fields of a sighting, of which few have to be filled in."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point
from tracker.foundation.text import clean_line
from tracker.productions.models import Status
from tracker.sightings.notes import NoteDraft
from tracker.sources.addresses import check_address
from tracker.web.frame.open_form import OpenForm
from tracker.web.frame.subject_pages import page_of_ours
from tracker.web.sightings.form import STATUSES


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Too long: at most {characters:,} characters are kept.")


class NoteForm(OpenForm):
    """As `SightingForm` names them, so that what was typed there comes along."""

    title = StringField("Film or series", [_at_most(300)], default="")
    place = StringField("Place", [_at_most(300)], default="")
    when = StringField("When, as you would say it", [_at_most(300)], default="")
    status = RadioField("As far as you know", [Optional()], choices=STATUSES, default=Status.CONFIRMED.value)
    address = StringField("Link", [_at_most(2000)], default="")
    seen = BooleanField("I saw it myself")
    note = TextAreaField("What you want to tell", [_at_most(5000)], default="")
    lat = HiddenField(default="")
    lon = HiddenField(default="")
    page = HiddenField(default="")

    def validate_address(self, field: Field) -> None:
        if not clean_line(field.data):
            return
        try:
            check_address(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None


class ReasonForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    reason = TextAreaField("In your words, to close it", [_at_most(2000)], default="")


def draft_of(form: NoteForm) -> NoteDraft:
    """Answer the note that a form stands for. Raises InvalidValueError for a pin that is none."""
    return NoteDraft(
        title=form.title.data or "",
        place=form.place.data or "",
        when=form.when.data or "",
        words=form.note.data or "",
        status=Status(form.status.data or Status.CONFIRMED.value),
        address=clean_line(form.address.data or ""),
        seen=bool(form.seen.data),
        point=_point(form),
        page=page_of_ours(form.page.data or ""),
    )


def _point(form: NoteForm) -> Point | None:
    if not (form.lat.data and form.lon.data):
        return None
    try:
        return Point(float(form.lat.data), float(form.lon.data))
    except ValueError:
        raise InvalidValueError("The pin is no point. Set it again on the map, or leave it out.") from None
