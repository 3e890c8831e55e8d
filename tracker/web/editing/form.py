"""What every edit form carries: what it began from, and why it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, TextAreaField
from wtforms.validators import Length

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean
from tracker.history.conflicts import Choice

LONGEST_COMMENT = 500
CHOICE = "keep-"
_OWN = frozenset({"version", "against", "began", "comment", "csrf_token"})


def at_most(characters: int) -> Length:
    """Answer the validator that refuses longer text."""
    return Length(max=characters, message=f"Too long: at most {characters:,} characters are kept.")


class EditForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The parent of the edit forms. All fields of a child are sent as text, also choices of yes and no.

    `version` and `began` are what the form was opened with; `against` is the live version that the page of
    a conflict showed.
    """

    version = HiddenField(default="")
    against = HiddenField(default="")
    began = HiddenField(default="")
    comment = TextAreaField(
        "What did you change, and how do you know?", [at_most(LONGEST_COMMENT)], default=""
    )

    def fields(self) -> list[Field]:
        """Answer the fields of the row itself, in the order of the form."""
        return [field for field in self if field.name not in _OWN]

    def typed(self) -> dict[str, str]:
        """Answer what was sent of the row; a field that was not sent is not there."""
        return {f.name: normal(f.data or "") for f in self.fields() if f.name in request.form}

    def beginning(self) -> dict[str, str]:
        """Answer the values that the form was opened with. Raises InvalidValueError if they are damaged."""
        try:
            found = orjson.loads(self.began.data or "{}")
        except orjson.JSONDecodeError:
            found = None
        if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
            raise InvalidValueError("The form came back damaged. Open it again and send it once more.")
        return {name: normal(value) for name, value in found.items()}


def opened_with(version: int, values: Mapping[str, str]) -> dict[str, Any]:
    """Answer the data of a form that is opened on a version."""
    return {**values, "version": str(version), "began": orjson.dumps(dict(values)).decode()}


def chosen() -> dict[str, Choice]:
    """Answer how clashes were settled, by field; what is no choice is left out."""
    known = {choice.value: choice for choice in Choice}
    return {
        name.removeprefix(CHOICE): known[value]
        for name, value in request.form.items()
        if name.startswith(CHOICE) and value in known
    }


def normal(text: str) -> str:
    """Answer text as it is stored: browsers send other line ends, and blanks at the ends mean nothing."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))
