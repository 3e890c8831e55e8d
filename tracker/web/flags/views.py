"""Raising a flag on a page, and the list of flags for moderators."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, Length

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError
from tracker.sightings.flags import FlagReason, close_flag, open_flags, raise_flag
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.limits import limiter
from tracker.web.frame.network import network_of_request
from tracker.web.frame.open_form import LIMITS, OpenForm
from tracker.web.frame.signed_in import current_user
from tracker.web.frame.subject_pages import page_of_ours

_TOO_LONG = "Too long: at most 2,000 characters are kept."


class FlagForm(OpenForm):
    page = HiddenField(default="")
    reason = RadioField(
        "What is wrong with it",
        [InputRequired("Choose what is wrong.")],
        choices=[SelectChoice(reason.value, reason.words) for reason in FlagReason],
    )
    words = TextAreaField("In your words", [Length(max=2000, message=_TOO_LONG)], default="")


@allow(Permission.TELL)
@limiter.limit(LIMITS, key_func=network_of_request, methods=["POST"])
def new() -> ResponseReturnValue:
    """Show the form of a flag on a page and keep what is sent from it."""
    form = FlagForm()
    if not form.is_submitted():
        form.page.data = page_of_ours(request.args.get("page", ""))
        return render_template("flags/new.html", form=form)
    page = page_of_ours(form.page.data or "") or "/"
    if not form.validate():
        return render_template("flags/new.html", form=form), 422
    begin_writing(db.session)
    try:
        reason, words = FlagReason(form.reason.data), form.words.data or ""
        raise_flag(db.session, page=page, reason=reason, words=words, network=network_of_request())
    except InvalidValueError as error:
        db.session.rollback()
        form.words.errors = [str(error)]
        return render_template("flags/new.html", form=form), 422
    db.session.commit()
    flash("Thank you. A moderator looks at it.")
    return redirect(page, 303)


@allow(Permission.MODERATE)
def index() -> ResponseReturnValue:
    """List the flags that nobody has looked at."""
    return _page()


@allow(Permission.MODERATE)
def close(flag_id: int) -> ResponseReturnValue:
    """Close a flag, with words on what was done."""
    begin_writing(db.session)
    try:
        close_flag(db.session, flag_id, by=current_user(), outcome=request.form.get("outcome", ""))
    except InvalidValueError as error:
        db.session.rollback()
        return _page(refused=(flag_id, str(error))), 422
    db.session.commit()
    flash("Closed.")
    return redirect(url_for("flags.index"), 303)


def _page(refused: tuple[int, str] = (0, "")) -> str:
    chosen = request.args.get("reason", "")
    reason = FlagReason(chosen) if chosen in {one.value for one in FlagReason} else None
    return render_template(
        "flags/index.html",
        flags=open_flags(db.session, reason=reason),
        reasons=list(FlagReason),
        chosen=reason,
        refused=refused,
        age=age_in_words,
    )
