"""Answering a rejection: words, and what the sender puts right with them."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import InvalidDateError
from tracker.foundation.dates.phrases import LONGEST_PHRASE
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.sightings.answering import ANSWER_HOURS, Correction, answer_until, may_answer
from tracker.sightings.answering import answer as answer_back
from tracker.sightings.models import Sighting
from tracker.sightings.queries import sighting_by_id
from tracker.sources.addresses import check_address
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.rules import on_land
from tracker.web.moderation.views import locked
from tracker.web.sightings.reading import read_period

_GONE = 410


class AnswerForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Words are required; date and link come filled in as they were sent."""

    words = TextAreaField(
        "Your answer",
        [
            DataRequired("Say in a sentence what was overlooked."),
            Length(max=2000, message="Too long: at most 2,000 characters are kept."),
        ],
        default="",
    )
    when = StringField("When", [Optional(), Length(max=LONGEST_PHRASE)], default="")
    address = StringField("Link", [Optional(), Length(max=2000)], default="")

    lat: float | None = None

    def validate_when(self, field: Field) -> None:
        try:
            read_period(field.data, self.lat)
        except (InvalidDateError, InvalidValueError) as error:
            raise ValidationError(str(error)) from None

    def validate_address(self, field: Field) -> None:
        try:
            check_address(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None


@allow(Permission.SUBMIT)
@limiter.limit("20 per minute", methods=["POST"])
def answer(sighting_id: int) -> ResponseReturnValue:
    """Show where a rejection is answered, and take the answer; when the time is over the page says so."""
    form = AnswerForm()
    if not form.is_submitted():
        return _page(_own(sighting_id), form)
    begin_writing(db.session)
    sighting = locked(sighting_id)
    _check_own(sighting)
    form.lat = sighting.place_lat
    if not may_answer(sighting, current_user()):
        return _page(sighting, form)
    if not form.validate():
        return _page(sighting, form, 422)
    answer_back(
        db.session,
        sighting,
        by=current_user(),
        words=form.words.data or "",
        correction=_correction(sighting, form),
        today=today(),
        on_land=on_land(),
    )
    db.session.commit()
    flash("Sent. It waits again, and another moderator looks at it first.")
    return redirect(url_for("sightings.show", sighting_id=sighting_id), 303)


def _correction(sighting: Sighting, form: AnswerForm) -> Correction:
    typed = clean_line(form.when.data or "")
    period = read_period(typed, sighting.place_lat) if typed and typed != _when(sighting) else None
    return Correction(period=period, address=clean_line(form.address.data or ""))


def _page(sighting: Sighting, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    until = answer_until(sighting)
    is_open = may_answer(sighting, current_user())
    if not form.is_submitted():
        form.when.data, form.address.data = _when(sighting), sighting.address or ""
    page = render_template(
        "sightings/answer.html",
        sighting=sighting,
        form=form,
        until=until,
        is_open=is_open,
        hours=ANSWER_HOURS,
        meaning_url=url_for("sightings.meaning"),
    )
    if not is_open:
        # What was never turned down, or is answered already, is at no time to be answered here.
        return page, _GONE if until is not None else 409
    return page, status


def _when(sighting: Sighting) -> str:
    return sighting.start.text or sighting.end.text


def _own(sighting_id: int) -> Sighting:
    sighting = sighting_by_id(db.session, sighting_id) if sighting_id <= LARGEST_ID else None
    if sighting is None:
        abort(404)
    _check_own(sighting)
    return sighting


def _check_own(sighting: Sighting) -> None:
    """Let nobody else know that there is such a sighting."""
    if sighting.submitted_by_id != current_user().id:
        abort(404)
