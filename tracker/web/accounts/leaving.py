"""Taking one's data along, and deleting one's account."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.people.leaving import delete_account
from tracker.people.taking import write_archive
from tracker.web.accounts.forms import DeletionForm
from tracker.web.frame import sessions
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.signed_in import current_user


@allow(Permission.OWN_DATA)
@limiter.limit("10 per hour")
def take_along() -> ResponseReturnValue:
    """Answer everything about one's account as a ZIP, sent while it is written."""
    answer = Response(write_archive(db.engine, current_user().id), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"shot-here-{today():%Y-%m-%d}.zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@allow(Permission.OWN_DATA)
@limiter.limit("10 per minute", methods=["POST"])
def delete() -> ResponseReturnValue:
    """Say what deleting the account does, and do it when its password is given."""
    form = DeletionForm()
    if form.validate_on_submit():
        begin_writing(db.session)
        try:
            delete_account(db.session, current_user(), password=form.password.data or "")
        except (InvalidValueError, ConflictError) as error:
            db.session.rollback()
            form.password.errors = [str(error)]
        else:
            db.session.commit()
            sessions.sign_out()
            flash("Your account is deleted.")
            return redirect(url_for("home.index"), 303)
    page = render_template("accounts/deletion.html", form=form, user=current_user())
    return page, 422 if form.errors else 200
