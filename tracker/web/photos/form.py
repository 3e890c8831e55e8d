"""The form of a photo: the shape of what is typed, and the draft that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from tracker.foundation.clock import today
from tracker.foundation.dates import Period, describe_short, parse_bound
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point
from tracker.foundation.text import clean_line
from tracker.photos.licences import Licence
from tracker.productions.models import Shoot
from tracker.productions.photographing import LONGEST_ALT, PhotoDraft
from tracker.productions.photos import Photo, PhotoRole
from tracker.sources.addresses import check_address
from tracker.web.editing.dates import bound_text, is_a_date

LICENCES = [SelectChoice("", "Choose one"), *(SelectChoice(each.value, each.word) for each in Licence)]
_ROLES = [SelectChoice(role.value, role.words) for role in PhotoRole]
_SPOILERS = [
    SelectChoice("0", "Nothing of the story"),
    SelectChoice("1", "Something of the story"),
    SelectChoice("2", "How it turns or ends"),
]
_MOST_METRES = 100_000


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Too long: at most {characters:,} characters are kept.")


class PhotoForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """What is said of a photo. Author and licence are required; all that follows can be added later."""

    role = RadioField("What is it", choices=_ROLES, default=PhotoRole.NOW.value)
    author = StringField("Taken by", [DataRequired("Write who took the photo."), _at_most(300)], default="")
    licence = SelectField("Licence", [InputRequired("Choose a licence.")], choices=LICENCES, default="")
    source_address = StringField("Published at", [_at_most(2000)], default="")
    alt = TextAreaField("What can be seen", [_at_most(LONGEST_ALT)], default="")
    taken = StringField("Taken when", [_at_most(200), is_a_date], default="")
    lat = StringField("Camera: latitude", [_at_most(30)], default="")
    lon = StringField("Camera: longitude", [_at_most(30)], default="")
    uncertainty = StringField("Exact to, in metres", [_at_most(10)], default="")
    heading = StringField("Looking towards, in degrees", [_at_most(10)], default="")
    spoiler = RadioField("Does it give away", choices=_SPOILERS, default="0")
    shoot = SelectField("Of which shoot", choices=[], default="")
    then = SelectField("Same view as", choices=[], default="")

    def validate_source_address(self, field: Field) -> None:
        try:
            if clean_line(field.data or ""):
                check_address(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None

    def validate_taken(self, field: Field) -> None:
        if field.data and not field.errors:
            earliest = parse_bound(field.data).earliest
            if earliest is not None and earliest > today():
                raise ValidationError(f"{field.data!r} is still to come. Write when the photo was taken.")

    def validate_lat(self, field: Field) -> None:
        if bool(clean_line(field.data or "")) != bool(clean_line(self.lon.data or "")):
            raise ValidationError("Latitude and longitude go together: write both or neither.")
        _checked(self.camera)

    def validate_heading(self, field: Field) -> None:
        _checked(lambda: _degrees(field.data or ""))

    def validate_uncertainty(self, field: Field) -> None:
        _checked(lambda: _metres(field.data or ""))

    def camera(self) -> Point | None:
        """Answer where the camera stood. Raises InvalidValueError."""
        lat, lon = clean_line(self.lat.data or ""), clean_line(self.lon.data or "")
        return Point(_number(lat), _number(lon)) if lat and lon else None

    def draft(self, stills: Sequence[Photo]) -> PhotoDraft:
        """Answer the draft that a sound form stands for."""
        return PhotoDraft(
            author=self.author.data or "",
            licence=Licence(self.licence.data),
            alt=self.alt.data or "",
            role=PhotoRole(self.role.data),
            taken=parse_bound(self.taken.data or ""),
            point=self.camera(),
            uncertainty_m=_metres(self.uncertainty.data or ""),
            heading=_degrees(self.heading.data or ""),
            spoiler=int(self.spoiler.data),
            source_address=clean_line(self.source_address.data or ""),
            then=next((one for one in stills if str(one.id) == self.then.data), None),
        )


class NewPhotoForm(PhotoForm):
    """A photo that is sent."""

    picture = FileField("Picture")


def offer(form: PhotoForm, shoots: Sequence[Shoot], stills: Sequence[Photo]) -> None:
    """Offer the shoots at the place, and the photos of then that one of now can be put to."""
    form.shoot.choices = [SelectChoice("", "None, or not known")] + [
        SelectChoice(str(one.id), f"{one.production.title}, {describe_short(one.period)}") for one in shoots
    ]
    form.then.choices = [SelectChoice("", "None")] + [
        SelectChoice(str(one.id), f"Photo {one.id}{_of(one)}") for one in stills
    ]


def fill(form: PhotoForm, photo: Photo) -> None:
    """Open the form on a photo as it is."""
    form.role.data, form.author.data, form.licence.data = photo.role.value, photo.author, photo.licence.value
    form.source_address.data, form.alt.data = photo.source_address or "", photo.alt
    form.taken.data, form.spoiler.data = bound_text(photo.taken), str(photo.spoiler)
    form.lat.data, form.lon.data = _text(photo.lat), _text(photo.lon)
    form.uncertainty.data, form.heading.data = _text(photo.uncertainty_m), _text(photo.heading)
    form.shoot.data = _text(photo.shoot_id)
    form.then.data = _text(photo.then_id)


def _of(photo: Photo) -> str:
    when = describe_short(Period(photo.taken, photo.taken)) if photo.taken.is_known else ""
    film = photo.shoot.production.title if photo.shoot else ""
    return "".join(f", {part}" for part in (film, when) if part)


def _checked(read: Callable[[], object]) -> None:
    try:
        read()
    except InvalidValueError as error:
        raise ValidationError(str(error)) from None


def _number(text: str) -> float:
    try:
        return float(clean_line(text).replace(",", ".").removesuffix("°"))
    except ValueError:
        raise InvalidValueError(f"{text[:30]!r} is not a number. Write degrees like 62.4599.") from None


def _degrees(text: str) -> float | None:
    if not clean_line(text):
        return None
    degrees = _number(text)
    if not 0 <= degrees <= 360:
        raise InvalidValueError(f"{text[:30]!r} is no direction. Write degrees from 0 (north) to 359.")
    return degrees % 360


def _metres(text: str) -> int | None:
    cleaned = clean_line(text).removesuffix("m").strip()
    if not cleaned:
        return None
    if not (cleaned.isascii() and cleaned.isdigit()) or int(cleaned) > _MOST_METRES:
        raise InvalidValueError(f"{text[:30]!r} is not a whole number of metres up to 100,000.")
    return int(cleaned)


def _text(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value == round(value) else str(value)
