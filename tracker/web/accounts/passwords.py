"""Passwords: changed with the old one, lost and set anew by a link; and the end of all sessions."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.events import Deed, note_down
from tracker.accounts.models import User
from tracker.accounts.permissions import Permission
from tracker.accounts.resets import ask_for_reset, change_password, reset_password, user_to_reset
from tracker.accounts.standing import end_sessions
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError
from tracker.mail.letters import changed_letter
from tracker.mail.outbox import post
from tracker.mailing import send_soon, settings
from tracker.web.accounts.forms import AskForResetForm, ChangePasswordForm, NewPasswordForm
from tracker.web.frame import sessions
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.signed_in import current_user

_ASKED = (
    "If there is such an account with a confirmed e-mail address, a link is on its way to it. "
    "It works once, for an hour."
)


@allow(Permission.OWN_DATA)
@limiter.limit("10 per minute", methods=["POST"])
def change() -> ResponseReturnValue:
    """Replace one's password; this browser stays signed in, every other one is signed out."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        begin_writing(db.session)
        user = current_user()
        try:
            change_password(db.session, user, old=form.old.data or "", new=form.password.data or "")
        except InvalidValueError as error:
            form.old.errors = [str(error)]
        else:
            _tell(user)
            db.session.commit()
            send_soon()
            sessions.sign_in(user)
            flash("Your password is changed. All other sessions are ended.")
            return redirect(url_for("accounts.show"), 303)
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200


@allow(Permission.OWN_DATA)
def end_all() -> ResponseReturnValue:
    """Sign out in every browser, this one included."""
    begin_writing(db.session)
    user = current_user()
    end_sessions(db.session, user)
    note_down(db.session, user, Deed.SIGNED_OUT, by=user)
    db.session.commit()
    sessions.sign_out()
    flash("You are signed out everywhere.")
    return redirect(url_for("accounts.sign_in"), 303)


@allow(Permission.SIGN_IN)
@limiter.limit("5 per 10 minutes", methods=["POST"])
def lost() -> ResponseReturnValue:
    """Ask for a link. Whoever is asked for, the answer and the work of the request are the same."""
    mails = settings().mail is not None
    form = AskForResetForm()
    if mails and form.validate_on_submit():
        begin_writing(db.session)
        ask_for_reset(db.session, form.asked.data or "")
        db.session.commit()
        send_soon()
        flash(_ASKED)
        return redirect(url_for("accounts.sign_in"), 303)
    page = render_template("accounts/lost.html", form=form, mail_goes_out=mails)
    return page, 422 if form.errors else 200


@allow(Permission.SIGN_IN)
@limiter.limit("20 per minute")
def reset(signed: str) -> ResponseReturnValue:
    """Set a new password by a link. Looking at the page does not use the link up: mail scanners look."""
    form = NewPasswordForm()
    if form.validate_on_submit():
        begin_writing(db.session)
        user = reset_password(db.session, signed, form.password.data or "", key=settings().secret_key)
        _tell(user)
        db.session.commit()
        send_soon()
        sessions.sign_out()
        flash("Your password is changed and all sessions are ended. Sign in with the new one.")
        return redirect(url_for("accounts.sign_in"), 303)
    name = user_to_reset(db.session, signed, key=settings().secret_key).name
    status = 422 if request.method == "POST" else 200
    answer = make_response(render_template("accounts/reset.html", form=form, name=name), status)
    # The address is a key: it goes to no other site and into no cache.
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _tell(user: User) -> None:
    """Tell the owner by mail, who may not be the one who did it."""
    if settings().mail is not None and user.email:
        post(db.session, user, changed_letter(user.name), to=user.email)
