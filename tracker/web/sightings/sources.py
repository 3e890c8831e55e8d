"""One more source for one's own sighting while it waits: the answer to "what would make it A"."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import DataRequired, Length, ValidationError

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.sightings.further import add_source_to
from tracker.sightings.queries import sighting_by_id
from tracker.sources.addresses import check_address
from tracker.sources.models import SourceKind
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.signed_in import current_user
from tracker.web.sightings.page import sighting_page

_KINDS = [
    SelectChoice(kind.value, kind.word.capitalize())
    for kind in SourceKind
    if kind not in (SourceKind.OWN_KNOWLEDGE, SourceKind.REPEATED_REPORTING)
]


class FurtherSourceForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The link, what kind of source it is, and the words that say so."""

    address = StringField(
        "Link to the source",
        [DataRequired("Write the link of the source."), Length(max=2000, message="Too long for a link.")],
        default="",
    )
    kind = SelectField("What kind of source is it", choices=_KINDS, default=SourceKind.OFFICIAL_POST.value)
    quote = StringField(
        "Its words", [Length(max=300, message="Too long: at most 300 characters are kept.")], default=""
    )

    def validate_address(self, field: Field) -> None:
        try:
            check_address(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None


@allow(Permission.SUBMIT)
@limiter.limit("20 per minute")
def add(sighting_id: int) -> ResponseReturnValue:
    """Add a source to one's own sighting; what cannot be comes back with the page, and everything kept."""
    begin_writing(db.session)
    sighting = sighting_by_id(db.session, sighting_id)
    if sighting is None or sighting.submitted_by_id != current_user().id:
        abort(404)
    form = FurtherSourceForm()
    if not form.validate():
        return sighting_page(sighting, form), 422
    try:
        add_source_to(
            db.session,
            sighting,
            kind=SourceKind(form.kind.data),
            address=form.address.data or "",
            quote=form.quote.data or "",
            by=current_user(),
        )
        db.session.commit()
    except (ConflictError, InvalidValueError) as error:
        db.session.rollback()
        form.address.errors = [str(error)]
        again = sighting_by_id(db.session, sighting_id) or abort(404)
        return sighting_page(again, form), 409 if isinstance(error, ConflictError) else 422
    flash("Added. It counts together with your entry.")
    return redirect(url_for("sightings.show", sighting_id=sighting_id) + "#further", 303)
