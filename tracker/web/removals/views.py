"""Asking for a removal without an account, and following the request by its secret link."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, Length, Optional

from tracker.accounts.permissions import Permission
from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import describe_short
from tracker.foundation.errors import ConflictError, InvalidValueError, NotFoundError
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.places.queries import place_by_id
from tracker.productions.models import Shoot
from tracker.productions.queries import production_by_slug, shoot_by_id, shoots_of
from tracker.sightings.removals import (
    Asker,
    RemovalDraft,
    RemovalOf,
    RemovalRules,
    ask_removal,
    place_of_removal,
    removal_by_secret,
)
from tracker.web.frame.access import allow
from tracker.web.frame.ages import span_in_words
from tracker.web.frame.limits import limiter
from tracker.web.frame.network import network_of_request
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.open_form import LIMITS, OpenForm
from tracker.web.frame.subject_pages import matched, page_of_ours
from tracker.web.notes.views import unlisted
from tracker.web.places.public import place_url

_ABOUT = {
    RemovalOf.PLACE: "The place",
    RemovalOf.SHOOT: "A shoot there",
    RemovalOf.PHOTO: "A picture",
    RemovalOf.TEXT: "A text",
}


class RemovalForm(OpenForm):
    page = HiddenField(default="")
    about = RadioField(
        "What should go",
        [InputRequired("Choose what should go.")],
        choices=[SelectChoice(about.value, words) for about, words in _ABOUT.items()],
        default=RemovalOf.PLACE.value,
    )
    stop = SelectField("Which stop of the film", [Optional()], coerce=int, choices=[], validate_choice=False)
    asker = RadioField(
        "Who are you",
        [InputRequired("Choose who you are.")],
        choices=[SelectChoice(asker.value, asker.words) for asker in Asker],
    )
    words = TextAreaField(
        "What should go, and why",
        [Length(max=5000, message="Too long: at most 5,000 characters are kept.")],
        default="",
    )
    contact = StringField("E-mail", [Length(max=254, message="Too long to be an address.")], default="")


@allow(Permission.TELL)
@limiter.limit(LIMITS, key_func=network_of_request, methods=["POST"])
def new() -> ResponseReturnValue:
    """Show the form of a request, and obscure its place the moment it is sent."""
    form = RemovalForm()
    if not form.is_submitted():
        form.page.data = page_of_ours(request.args.get("page", ""))
    _offer_stops(form)
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    begin_writing(db.session)
    try:
        _, secret = ask_removal(db.session, _draft(form), network=network_of_request(), rules=_rules())
    except (InvalidValueError, ConflictError) as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return _page(form, 422 if isinstance(error, InvalidValueError) else 409)
    db.session.commit()
    return redirect(url_for("removals.follow", secret=secret), 303)


@allow(Permission.TELL)
@limiter.limit("60 per minute", key_func=network_of_request)
def follow(secret: str) -> ResponseReturnValue:
    """Show a request to whoever has its secret link: what is hidden, and until when it is decided."""
    removal = removal_by_secret(db.session, secret)
    if removal is None:
        raise NotFoundError("No request has this link. Check that it was copied to its end.")
    place = place_of_removal(db.session, removal)
    return unlisted(
        render_template(
            "removals/follow.html",
            removal=removal,
            place_url=place_url(place) if place else "",
            left=span_in_words(removal.deadline - now()),
        )
    )


def _rules() -> RemovalRules:
    settings: Settings = current_app.config["SETTINGS"]
    return RemovalRules(settings.removal_deadline_days, settings.removals_hidden_per_hour)


def _page(form: RemovalForm, status: int = 200) -> ResponseReturnValue:
    place, _ = _meant(form)
    return (
        render_template(
            "removals/new.html",
            form=form,
            place=public_name(place) if place else "",
            days=_rules().deadline_days,
        ),
        status,
    )


def _offer_stops(form: RemovalForm) -> None:
    """Offer the stops of the film from whose page somebody comes."""
    endpoint, values = matched(form.page.data or "")
    film = production_by_slug(db.session, values["slug"]) if endpoint == "productions.show" else None
    stops = shoots_of(db.session, film.id) if film else []
    form.stop.choices = [
        SelectChoice(0, "Choose a stop"),
        *(SelectChoice(s.id, f"{public_name(s.place)}, {describe_short(s.period)}") for s in stops),
    ]


def _meant(form: RemovalForm) -> tuple[Place | None, Shoot | None]:
    """Answer the place, and where one was chosen the shoot, that a request is about."""
    number = form.stop.data or 0
    shoot = shoot_by_id(db.session, number) if 0 < number <= LARGEST_ID else None
    if shoot is not None:
        return shoot.place, shoot
    endpoint, values = matched(form.page.data or "")
    found = values.get("place_id", 0) if endpoint.startswith("places.") else 0
    return (place_by_id(db.session, found) if 0 < found <= LARGEST_ID else None), None


def _draft(form: RemovalForm) -> RemovalDraft:
    place, shoot = _meant(form)
    page = page_of_ours(form.page.data or "")
    about = RemovalOf(form.about.data)
    if place is None and about in (RemovalOf.PLACE, RemovalOf.SHOOT):
        raise InvalidValueError("Open the page of the place, or choose the stop, and ask from there.")
    return RemovalDraft(
        about=about,
        asker=Asker(form.asker.data),
        words=form.words.data or "",
        place=place,
        shoot=shoot,
        page=place_url(place) if place else page,
        contact=form.contact.data or "",
    )
