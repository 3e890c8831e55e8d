"""The form of a moderator's decision."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import Length, Optional

from tracker.foundation.dates import describe_short
from tracker.places.privacy import public_name
from tracker.productions.models import Shoot
from tracker.sightings.models import Reason, Sighting
from tracker.sightings.outlook import likely_kind
from tracker.sightings.queries import Duplicate
from tracker.sources.models import SourceKind

_KINDS = [
    SelectChoice(kind.value, kind.word.capitalize())
    for kind in SourceKind
    if kind is not SourceKind.OWN_KNOWLEDGE
]
_REASONS = [SelectChoice(reason.value, reason.words) for reason in Reason]
_TOO_LONG = "Too long: at most 2,000 characters are kept."


class DecisionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """One form for all three decisions; the button pressed says which."""

    kind = SelectField("What kind of source is the link", [Optional()], choices=_KINDS)
    # 0 is no shoot: nothing is chosen beforehand where no duplicate is likely.
    shoot = SelectField("Shoot", [Optional()], coerce=lambda text: int(text or 0), choices=[])
    reason = RadioField("Reason", [Optional()], choices=_REASONS)
    words = TextAreaField("In your words", [Length(max=2000, message=_TOO_LONG)], default="")


def decision_form(sighting: Sighting, duplicates: list[Duplicate], shoots: list[Shoot]) -> DecisionForm:
    """Answer the form for one sighting: the likely duplicates come first, the likely kind is chosen."""
    form = DecisionForm()
    first = [duplicate.shoot for duplicate in duplicates]
    known = {shoot.id for shoot in first}
    choices = [
        SelectChoice(shoot.id, f"{public_name(shoot.place)}, {describe_short(shoot.period)}")
        for shoot in (*first, *(shoot for shoot in shoots if shoot.id not in known))
    ]
    form.shoot.choices = choices if first or not choices else [SelectChoice("", "Choose a shoot"), *choices]
    if not form.is_submitted() and sighting.address:
        form.kind.data = likely_kind(sighting).value
    return form
