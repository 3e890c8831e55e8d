"""Saying which film permits without a title were: some of a list or all that a rule finds; and back again."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, InvalidValueError, NotFoundError
from tracker.foundation.text import clean_line
from tracker.history.models import Change
from tracker.history.recording import change
from tracker.productions.models import Production
from tracker.productions.operations import add_production
from tracker.productions.queries import production_titled
from tracker.sightings.attribution import (
    Rule,
    attribute,
    count_unattributed,
    films_attributed_by,
    unattributed,
)
from tracker.sightings.reverting import revert_changes
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID, number_in
from tracker.web.frame.signed_in import current_user
from tracker.web.permits.asked import day_in
from tracker.web.permits.views import permit_lines
from tracker.web.places.page import Link
from tracker.web.productions.shoot_words import film_url

# One attribution, which is one change.
_MOST = 500
_SHOWN = 25
_COMMENT = "Attributed permits to "


class AttributionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Which film, and which permits: all conditions that are given must hold."""

    title = StringField(
        "Which film or series it was", [DataRequired("Write its title."), Length(max=300)], default=""
    )
    year = StringField("Its year", [Length(max=4)], default="")
    place = StringField("At the place", [Length(max=200)], default="")
    category = StringField("Of the category", [Length(max=200)], default="")
    words = StringField("With these words in place or note", [Length(max=200)], default="")
    first = StringField("From", default="")
    last = StringField("To", default="")

    def validate_year(self, field: Field) -> None:
        text = (field.data or "").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) == 4):
            raise ValidationError("Write the year in four digits, or leave it out.")

    def validate_first(self, field: Field) -> None:
        try:
            day_in(field.data or "", "from")
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None

    def validate_last(self, field: Field) -> None:
        try:
            day_in(field.data or "", "to")
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None

    def rule(self, ids: tuple[int, ...]) -> Rule:
        """Answer the rule; permits that are ticked are meant alone."""
        return Rule(
            ids=ids,
            place=(self.place.data or "").strip(),
            category=(self.category.data or "").strip(),
            words=(self.words.data or "").strip(),
            first=day_in(self.first.data or "", "from"),
            last=day_in(self.last.data or "", "to"),
        )


@allow(Permission.CITE)
@limiter.limit("120 per minute")
def edit() -> ResponseReturnValue:
    """Show what a rule finds, and attribute it once it is confirmed as it was shown."""
    form, ids = AttributionForm(data=request.args), _ticked()
    if request.method == "GET":
        return _page(form, ids)
    begin_writing(db.session)
    if not form.validate():
        return _page(form, ids), 422
    try:
        rule = form.rule(ids)
        count = _count(rule)
        if request.form.get("action") != "attribute" or request.form.get("seen") != str(count):
            return _page(form, ids, rule, count)
        opened, told = _carry_out(form, rule, current_user())
    except InvalidValueError as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return _page(form, ids), 422
    db.session.commit()
    flash(told)
    return redirect(url_for("permits.attributed", change_id=opened.id), 303)


@allow(Permission.CITE)
def attributed(change_id: int) -> ResponseReturnValue:
    """Show what one attribution did, with the way back."""
    opened, count, film = _own(change_id)
    link = Link(film.title, film_url(film)) if film else None
    return render_template("permits/attributed.html", change=opened, count=count, film=link)


@allow(Permission.CITE)
def undo(change_id: int) -> ResponseReturnValue:
    """Take one attribution of one's own back, in a new change."""
    begin_writing(db.session)
    opened, _, _ = _own(change_id)
    comment = f"Took back: {opened.comment}"[:500]
    outcome = revert_changes(db.session, [opened], by=current_user(), comment=comment)
    if not outcome.wrote:
        db.session.rollback()
        raise ConflictError("It was taken back already, or others have changed all of it since.")
    db.session.commit()
    left = f" {outcome.left:,} rows stay: others have changed or used them since." if outcome.left else ""
    flash(f"Taken back.{left}")
    return redirect(url_for("changes.show", change_id=outcome.change.id), 303)


def _count(rule: Rule) -> int:
    if rule.is_empty:
        raise InvalidValueError("Say which permits: tick some in the list, or write a condition.")
    count = count_unattributed(db.session, rule)
    if not count or count > _MOST:
        many = f"More than {_MOST:,} permits fit" if count else "No permit without a title fits"
        raise InvalidValueError(f"{many}. Change the conditions.")
    return count


def _carry_out(form: AttributionForm, rule: Rule, user: User) -> tuple[Change, str]:
    """Attribute what the rule finds; answer the change and what to tell."""
    title = clean_line(form.title.data or "")
    typed = (form.year.data or "").strip()
    year = int(typed) if typed else None
    with change(db.session, by=user, comment=f"{_COMMENT}{title}"[:500]) as opened:
        film = production_titled(db.session, title, year=year)
        film = film or add_production(db.session, title=title, year=year)
        found = unattributed(db.session, rule, limit=_MOST)
        shoots = attribute(db.session, found, film)
    return opened, (
        f"{len(found):,} {'permit is' if len(found) == 1 else 'permits are'} of {film.title} now: "
        f"{len(shoots):,} {'shoot' if len(shoots) == 1 else 'shoots'}."
    )


def _own(change_id: int) -> tuple[Change, int, Production | None]:
    """Answer an attribution with how many permits it was about and of which film.

    Raises NotFoundError for anything else, and for those of others but for moderators.
    """
    opened = db.session.get(Change, change_id) if change_id <= LARGEST_ID else None
    films = films_attributed_by(db.session, change_id) if opened else []
    user = current_user()
    if opened is None or not films or (opened.author_id != user.id and not user.is_moderator):
        raise NotFoundError(f"There is no attribution of yours with the number {change_id}.")
    return opened, len(films), db.session.get(Production, films[0])


def _ticked() -> tuple[int, ...]:
    source = request.form if request.method == "POST" else request.args
    return tuple(dict.fromkeys(number_in(text, "The permit") for text in source.getlist("permit")[:_MOST]))


def _page(
    form: AttributionForm, ids: tuple[int, ...], rule: Rule | None = None, count: int | None = None
) -> str:
    shown = unattributed(db.session, rule or Rule(ids=ids), limit=_SHOWN) if rule or ids else []
    return render_template(
        "permits/attribute.html",
        form=form,
        ids=ids,
        count=count,
        permits=permit_lines(shown),
    )
