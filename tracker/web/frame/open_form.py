"""What forms for people without an account have: a small question, and a field that only machines fill."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from tracker.web.frame.question import make_question, read_question
from tracker.web.frame.sessions import signed_in_user

# So often one network may send; a family at one connection does not notice.
LIMITS = "6 per minute; 30 per hour; 60 per day"


class OpenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Who is signed in is asked nothing. A right answer is kept while other fields are mended."""

    asked = HiddenField(default="")
    answer = RadioField("", choices=[], validate_choice=False)
    website = StringField("Leave this field empty", default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_asked = signed_in_user() is None
        self._posted = read_question(self.asked.data or "") if self.is_submitted() else None
        self._put(self._posted or make_question())

    def validate(self, extra_validators: Any = None) -> bool:
        is_sound = bool(super().validate(extra_validators))
        if self.website.data:
            self.website.errors = ["Leave this field empty: only machines fill it in."]
            return False
        return self._is_answered() and is_sound

    def _is_answered(self) -> bool:
        if not self.is_asked:
            return True
        answer = self.answer.data or ""
        if self._posted is not None and self._posted.is_right(answer):
            return True
        if self._posted is None:
            told = "The question was too old. Here is a new one."
        elif not answer:
            told = "Choose one of the four."
        else:
            told = f"{answer[:40]} is not {self._posted.kind}. Here is another question."
        self._put(make_question())
        self.answer.data = None
        self.answer.errors = [told]
        return False

    def _put(self, question: Any) -> None:
        self.asked.data = question.token
        self.answer.label.text = question.sentence
        self.answer.choices = [SelectChoice(option, option) for option in question.options]
