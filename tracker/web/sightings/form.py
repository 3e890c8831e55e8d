"""The form of a sighting: the shape of what is typed. What it means is read in `sighting_reading`."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import DataRequired, Length, ValidationError

from tracker.foundation.dates.phrases import LONGEST_PHRASE
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.productions.models import Status
from tracker.sources.addresses import check_address

STATUSES = [
    SelectChoice(Status.CONFIRMED.value, "Work was done there"),
    SelectChoice(Status.PLANNED.value, "It is planned"),
    SelectChoice(Status.RUMOURED.value, "It is only a rumour"),
]


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Too long: at most {characters:,} characters are kept.")


class SightingForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """What, where and when are required. The hidden fields remember what the sender has been shown."""

    title = StringField(
        "Film or series", [DataRequired("Write which film or series it is."), _at_most(300)], default=""
    )
    place = StringField("Place", [DataRequired("Write where it was."), _at_most(300)], default="")
    when = StringField(
        "When, as you would say it",
        [DataRequired("Write when it was; if you do not know, write not sure."), _at_most(LONGEST_PHRASE)],
        default="",
    )
    status = RadioField("As far as you know", choices=STATUSES, default=Status.CONFIRMED.value)
    address = StringField("Link", [_at_most(2000)], default="")
    seen = BooleanField("I saw it myself")
    note = TextAreaField("Note", [_at_most(5000)], default="")

    # A text that is read for its facts, and the day on which it appeared; kept while another start is tried.
    text = TextAreaField("Text of the article or post", default="")
    published = StringField("When the text appeared", default="")

    # The candidate chosen and the words for which it was offered; what was set by hand follows.
    candidate = HiddenField(default="")
    offered_for = HiddenField(default="")
    # A pin set on the map, or typed: degrees, and how exact it is in metres.
    lat = StringField("Latitude", [_at_most(20)], default="")
    lon = StringField("Longitude", [_at_most(20)], default="")
    accuracy = StringField("Accurate to (metres)", [_at_most(9)], default="")
    # An area drawn on the map, or typed: its corners, one "lat, lon" a line.
    area = TextAreaField("Corners of the area", [_at_most(20_000)], default="")
    # The date whose meaning was shown.
    shown_when = HiddenField(default="")

    def validate_address(self, field: Field) -> None:
        if not clean_line(field.data):
            return
        try:
            check_address(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None
