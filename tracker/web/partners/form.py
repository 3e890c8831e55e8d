"""The form by which contributors say who made a shoot possible."""

from __future__ import annotations

from collections.abc import Sequence

import pycountry
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import DataRequired, Length, ValidationError

from tracker.foundation.dates import describe_short
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.places.privacy import public_name
from tracker.productions.evidence import Manner
from tracker.productions.models import Shoot
from tracker.productions.partnering import PartnerDraft, RoleDraft
from tracker.productions.partners import Help, PartnerKind
from tracker.sources.addresses import check_address
from tracker.sources.models import Source

_KINDS = [SelectChoice(kind.value, kind.word.capitalize()) for kind in PartnerKind]
_HELPS = [SelectChoice(help.value, help.word.capitalize()) for help in Help]
_MANNERS = [
    SelectChoice(Manner.STATES.value, "The source says so"),
    SelectChoice(Manner.IMPLIES.value, "It only implies it, by thanks for instance"),
]


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Too long: at most {characters:,} characters are kept.")


def _number(text: str | None) -> int:
    return int(text or 0)


def country_choices() -> list[SelectChoice]:
    """Answer all countries by name, with none first."""
    named = sorted((str(getattr(c, "common_name", c.name)), c.alpha_2) for c in pycountry.countries)
    return [SelectChoice("", "None"), *(SelectChoice(code, name) for name, code in named)]


class PartnerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Who helped, how, with what, and who says so. 0 stands for the whole film, and for no source."""

    name = StringField(
        "Who helped",
        [DataRequired("Write who it was: a municipality, a railway, a film commission."), _at_most(300)],
        default="",
    )
    kind = SelectField("What it is", choices=_KINDS, default=PartnerKind.MUNICIPALITY.value)
    country = SelectField("Country", choices=[], default="")
    help = SelectField("What it did", choices=_HELPS, default=Help.PERMISSION.value)
    shoot = SelectField("For which shoot", coerce=_number, choices=[], default=0)
    source = SelectField("Who says so", coerce=_number, choices=[], default=0)
    manner = RadioField("How it is said", choices=_MANNERS, default=Manner.STATES.value)
    site = StringField("Its site", [_at_most(500)], default="")
    address = StringField("Its postal address", [_at_most(500)], default="")
    note = StringField("Note", [_at_most(500)], default="")

    def validate_site(self, field: Field) -> None:
        if not clean_line(field.data or ""):
            return
        try:
            check_address(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None

    def partner(self) -> PartnerDraft:
        """Answer the partner that was typed."""
        return PartnerDraft(
            name=self.name.data or "",
            kind=PartnerKind(self.kind.data),
            country=self.country.data or "",
            address=self.address.data or "",
            site=clean_line(self.site.data or ""),
        )

    def role(self) -> RoleDraft:
        """Answer what it did."""
        return RoleDraft(
            help=Help(self.help.data), manner=Manner(self.manner.data), note=self.note.data or ""
        )


def partner_form(shoots: Sequence[Shoot], sources: Sequence[Source]) -> PartnerForm:
    """Answer the form for one film: its shoots and its sources to choose from."""
    form = PartnerForm()
    form.country.choices = country_choices()
    form.shoot.choices = [
        SelectChoice(0, "The whole film"),
        *(SelectChoice(s.id, f"{public_name(s.place)}, {describe_short(s.period)}") for s in shoots),
    ]
    form.source.choices = [
        SelectChoice(0, "No source yet"),
        *(SelectChoice(source.id, source.title) for source in sources),
    ]
    return form
