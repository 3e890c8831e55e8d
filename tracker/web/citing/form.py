"""The forms of citing: the shape of what is typed about a source, and of what it says."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from tracker.foundation.dates.phrases import LONGEST_PHRASE
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.places.privacy import public_name
from tracker.productions.evidence import Manner, Relation, Shows, Stance
from tracker.productions.models import InFilm, Shoot, Status
from tracker.sources.addresses import check_address
from tracker.sources.models import SourceKind
from tracker.web.productions.scene import in_film_word

LONGEST_QUOTE = 300
_KINDS = [SelectChoice(kind.value, kind.word.capitalize()) for kind in SourceKind]
_STANCES = [
    SelectChoice(Stance.SUPPORTS.value, "It was (or will be) shot here"),
    SelectChoice(Stance.REFUTES.value, "It was not"),
    SelectChoice(Stance.MENTIONS.value, "It only mentions the place"),
]
_MANNERS = [
    SelectChoice(Manner.STATES.value, "It says so"),
    SelectChoice(Manner.IMPLIES.value, "It can be concluded from it"),
]
_SHOWS = [
    SelectChoice(Shows.WORK.value, "Work: filming, a set, a unit at it"),
    SelectChoice(Shows.PRESENCE.value, "Only people or vehicles"),
]
_STATUSES = [SelectChoice("", "Nothing"), SelectChoice(Status.CONFIRMED.value, "Work was done")] + [
    SelectChoice(status.value, status.word.capitalize())
    for status in Status
    if status is not Status.CONFIRMED
]
_IN_FILM = [SelectChoice("", "Nothing"), *(SelectChoice(each.value, in_film_word(each)) for each in InFilm)]
_RELATIONS = [
    SelectChoice(Relation.NEXT.value, "came next after"),
    SelectChoice(Relation.AFTER.value, "came some time after"),
    SelectChoice(Relation.BEFORE.value, "came before"),
]


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Too long: at most {characters:,} characters are kept.")


class SaysForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """What a source says of a shoot."""

    stance = RadioField("What does it say", choices=_STANCES, default=Stance.SUPPORTS.value)
    manner = RadioField("How", choices=_MANNERS, default=Manner.STATES.value)
    shows = RadioField("What does it show", choices=_SHOWS, default=Shows.WORK.value)
    status = SelectField("Status that it gives", choices=_STATUSES, default="")
    when = StringField("When, as it says", [_at_most(LONGEST_PHRASE)], default="")
    days = StringField("Days of work that it proves", [_at_most(1000)], default="")
    # 0 is the shoot's own place.
    speaks_of = SelectField(
        "Place that it names", [Optional()], coerce=lambda text: int(text or 0), choices=[], default=0
    )
    story_place = StringField("Place in the story, as it says", [_at_most(300)], default="")
    in_film = SelectField("Is it in the film, as it says", choices=_IN_FILM, default="")
    quote = TextAreaField("Its words", [_at_most(LONGEST_QUOTE)], default="")
    locator = StringField("Where in it", [_at_most(200)], default="")
    note = TextAreaField("Your note", [_at_most(500)], default="")
    # The date whose meaning was shown.
    shown_when = HiddenField(default="")
    # The version that an edit began with.
    began_with = HiddenField(default="")


class SourceFields(FlaskForm):  # type: ignore[misc]
    """Who says so."""

    address = StringField("Link", [_at_most(2000)], default="")
    title = StringField("What is it", [_at_most(300)], default="")
    kind = SelectField(
        "Kind of source",
        choices=[SelectChoice("", "Choose a kind"), *_KINDS],
        default="",
        validators=[InputRequired("Choose what kind of source it is: the grade follows from it.")],
    )
    by_cast = BooleanField("By a member of the cast")
    author = StringField("Made by", [_at_most(300)], default="")
    outlet = StringField("Outlet", [_at_most(300)], default="")
    published = StringField("Published", [_at_most(LONGEST_PHRASE)], default="")
    language = StringField("Language", [_at_most(12)], default="")
    repeats = StringField("It repeats", [_at_most(2000)], default="")

    def validate_address(self, field: Field) -> None:
        _check(field)

    def validate_repeats(self, field: Field) -> None:
        _check(field)

    def validate_title(self, field: Field) -> None:
        if not clean_line(field.data) and not clean_line(self.address.data or ""):
            raise ValidationError(
                "Give a link, or say what it is: a newspaper and its day, a book, a letter."
            )


class CitationForm(SaysForm, SourceFields):
    """A source and what it says of a shoot."""


class OrderForm(SourceFields):
    """A source and what it says of the order of two shoots."""

    stance = RadioField(
        "What does it say",
        choices=[SelectChoice("supports", "It was in this order"), SelectChoice("refutes", "It was not")],
        default=Stance.SUPPORTS.value,
    )
    relation = SelectField("This stop", choices=_RELATIONS, default=Relation.NEXT.value)
    other = SelectField(
        "The other stop",
        [DataRequired("Choose the other stop.")],
        coerce=lambda text: int(text or 0),
        choices=[],
    )
    manner = RadioField("How", choices=_MANNERS, default=Manner.STATES.value)
    words = StringField("In words", [_at_most(500)], default="")


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is taken off or put back."""

    reason = StringField("Why", [_at_most(500)], default="")


def offer_stops(form: OrderForm, shoot: Shoot, others: list[tuple[int, str]]) -> None:
    """Offer the film's other stops; the form names its own in the label."""
    form.relation.label.text = public_name(shoot.place)
    form.other.choices = [SelectChoice("", "Choose a stop"), *(SelectChoice(i, name) for i, name in others)]


def _check(field: Field) -> None:
    if not clean_line(field.data):
        return
    try:
        check_address(field.data)
    except InvalidValueError as error:
        raise ValidationError(str(error)) from None
