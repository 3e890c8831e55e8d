"""Signing up, in and out, and one's own account."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.events import why_suspended
from tracker.accounts.operations import authenticate
from tracker.accounts.operations import sign_up as add_user
from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError
from tracker.mailing import settings
from tracker.sightings.queries import sent_by
from tracker.web.accounts.forms import SignInForm, SignUpForm
from tracker.web.citing.desk import own_offers
from tracker.web.frame import sessions
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.signed_in import current_user

_NO_FIT = "This name and password do not belong together. Check both; capitals count in the password."


@allow(Permission.SIGN_IN)
@limiter.limit("10 per minute", methods=["POST"])
def sign_up() -> ResponseReturnValue:
    """Make an account and begin its first session."""
    if sessions.signed_in_user() is not None:
        return redirect(_after(), 303)
    form = SignUpForm()
    if form.validate_on_submit():
        begin_writing(db.session)
        try:
            user = add_user(db.session, name=form.name.data or "", password=form.password.data or "")
        except InvalidValueError as error:
            form.name.errors = [str(error)]
        else:
            db.session.commit()
            sessions.sign_in(user)
            if settings().mail is not None:
                flash(f"Welcome, {user.name}. Confirm an e-mail address, and you can add sightings.")
                return redirect(url_for("accounts.email"), 303)
            flash(f"Welcome, {user.name}. You can add sightings now.")
            return redirect(_after(), 303)
    mails = settings().mail is not None
    page = render_template("accounts/sign_up.html", form=form, next=_next(), mail_goes_out=mails)
    return page, 422 if form.errors else 200


@allow(Permission.SIGN_IN)
@limiter.limit("10 per minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Begin a session. Unknown names, wrong passwords and deleted accounts get the same answer."""
    if sessions.signed_in_user() is not None:
        return redirect(_after(), 303)
    form = SignInForm()
    if form.validate_on_submit():
        user = authenticate(db.session, name=form.name.data or "", password=form.password.data or "")
        db.session.commit()
        if user is not None:
            sessions.sign_in(user)
            flash(f"Signed in as {user.name}.")
            return redirect(_after(), 303)
        form.form_errors.append(_NO_FIT)
    return render_template("accounts/sign_in.html", form=form, next=_next()), 422 if form.errors else 200


@allow(Permission.OWN_DATA)
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    sessions.sign_out()
    flash("You are signed out.")
    return redirect(url_for("accounts.sign_in"), 303)


@allow(Permission.OWN_DATA)
def show() -> ResponseReturnValue:
    """Show one's own account and what became of one's sightings."""
    user = current_user()
    return render_template(
        "accounts/show.html",
        user=user,
        sightings=sent_by(db.session, user.id),
        offers=own_offers(user.id),
        mail_goes_out=settings().mail is not None,
        why_suspended=why_suspended(db.session, user),
    )


def _next() -> str | None:
    return sessions.safe_next(request.args.get("next"))


def _after() -> str:
    return _next() or url_for("accounts.show")
