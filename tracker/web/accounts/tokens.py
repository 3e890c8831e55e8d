"""The tokens of one's own account: made, shown once, revoked."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.accounts.permissions import Permission
from tracker.accounts.tokens import Scope, make_token, revoke_token, tokens_of
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user

_NEW = "new_token"


class TokenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    name = StringField(
        "What it is for",
        [DataRequired("Write what the token is for."), Length(max=80, message="At most 80 characters.")],
        default="",
    )
    scopes = SelectMultipleField(
        "What it may do",
        [DataRequired("Choose at least one.")],
        choices=[SelectChoice(scope.value, scope.words) for scope in Scope],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


@allow(Permission.OWN_ACCOUNT)
@limiter.limit("20 per minute", methods=["POST"])
def index() -> ResponseReturnValue:
    """List one's tokens, and make another; it is shown on the page after, once."""
    form = TokenForm()
    user = current_user()
    if form.validate_on_submit():
        begin_writing(db.session)
        try:
            scopes = [Scope(value) for value in form.scopes.data or []]
            _, secret = make_token(db.session, current_user(), name=form.name.data or "", scopes=scopes)
        except InvalidValueError as error:
            form.name.errors = [str(error)]
        else:
            db.session.commit()
            # In the owner's own signed cookie, until the next page has shown it.
            session[_NEW] = secret
            return redirect(url_for("accounts.tokens"), 303)
    return render_template(
        "accounts/tokens.html",
        form=form,
        tokens=tokens_of(db.session, user.id),
        new=session.pop(_NEW, None),
        scopes=list(Scope),
    ), 422 if form.errors else 200


@allow(Permission.OWN_ACCOUNT)
def revoke(token_id: int) -> ResponseReturnValue:
    """End one of one's own tokens."""
    if token_id > LARGEST_ID:
        raise NotFoundError("There is no token of that number.")
    begin_writing(db.session)
    token = revoke_token(db.session, token_id, of=current_user())
    name = token.name
    db.session.commit()
    flash(f"Revoked: {name}. It works no more.")
    return redirect(url_for("accounts.tokens"), 303)
