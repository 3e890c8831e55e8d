"""The form around a pasted text: what all its entries share, and one more place typed by hand."""

from __future__ import annotations

from datetime import date

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from tracker.foundation.clock import today
from tracker.foundation.dates.phrases import LONGEST_PHRASE
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean, clean_line
from tracker.sources.links import read_link
from tracker.web.pasting.reading import LONGEST_TEXT
from tracker.web.sightings.form import SightingForm


class PastedForm(SightingForm):
    """Text, film, link and note of all entries. `place` and `when` are those of the entry typed by hand."""

    text = TextAreaField(
        "Text of the article or post",
        [
            DataRequired("Paste the text first."),
            Length(
                max=LONGEST_TEXT,
                message=f"Too long: at most {LONGEST_TEXT:,} characters are read. Paste less of it.",
            ),
        ],
        filters=[lambda typed: clean((typed or "").replace("\r\n", "\n").replace("\r", "\n"))],
        default="",
    )
    place = StringField("Another place", [Length(max=300)], default="")
    when = StringField("When, as you would say it", [Length(max=LONGEST_PHRASE)], default="")

    def validate_published(self, field: Field) -> None:
        if not clean_line(field.data):
            return
        try:
            date.fromisoformat(clean_line(field.data))
        except ValueError:
            raise ValidationError(
                f"{clean_line(field.data)[:40]!r} is no day. Write it like 2020-10-05, or leave it empty."
            ) from None

    @property
    def day(self) -> date | None:
        """The day on which the text appeared: as typed, else as its link tells."""
        if self.published.errors:
            return None
        if clean_line(self.published.data or ""):
            return date.fromisoformat(clean_line(self.published.data or ""))
        try:
            return read_link(self.address.data, today=today()).day if self.address.data else None
        except InvalidValueError:
            return None
