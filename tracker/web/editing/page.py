"""One way to edit a row: show the form, save it, and where somebody else saved first show both and ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.history.conflicts import Comparison, compare
from tracker.web.editing.conflict import conflict_page
from tracker.web.editing.edited import Edited
from tracker.web.editing.form import EditForm, chosen, normal, opened_with

# Each attempt that fails means that somebody else saved; so many within one request is a crowd.
_ATTEMPTS = 4


def edit_page(load: Callable[[], Edited]) -> ResponseReturnValue:
    """Answer an edit page and what is sent from it; `load` reads the row and raises if there is none."""
    if request.method != "POST":
        edited = load()
        form = edited.form(formdata=None, data=opened_with(edited.version, edited.values))
        return _form(edited, form)
    if request.form.get("action") == "drop":
        edited = load()
        flash(f"Version {edited.version} stays. Yours was dropped.")
        return redirect(edited.url, 303)
    for _ in range(_ATTEMPTS):
        begin_writing(db.session)
        try:
            return _save(load())
        except (StaleDataError, IntegrityError):
            # Somebody saved between our look and our write: look again, and compare with that.
            db.session.rollback()
    raise ConflictError("Others are saving this at the same moment. Go back and send it again in a minute.")


def _save(edited: Edited) -> ResponseReturnValue:
    form = edited.form()
    live = {name: normal(value) for name, value in edited.values.items()}
    compared = compare(form.beginning(), live, form.typed())
    if not form.validate():
        db.session.rollback()
        return _form(edited, form, 422)
    try:
        values = _to_save(edited, form, compared)
        if values is None:
            return _unsaved(conflict_page(edited, form, compared), 409)
        changes = {name for name, value in values.items() if value != live.get(name, "")}
        if not changes:
            flash("Nothing was changed.")
            return redirect(edited.url, 303)
        edited.save(values, form.comment.data or "")
        db.session.commit()
    except InvalidValueError as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return _form(edited, form, 422)
    flash("Saved. The earlier version is kept in the history.")
    return redirect(edited.url, 303)


def _to_save(edited: Edited, form: EditForm, compared: Comparison) -> Mapping[str, str] | None:
    """Answer the values to save; None where the sender has to see first what somebody else saved."""
    if compared.is_untouched_by_others:
        return compared.merged()
    if form.against.data != str(edited.version):
        return None
    try:
        return compared.merged(chosen(), {name: joining.join for name, joining in edited.joins.items()})
    except ConflictError:
        return None


def _form(edited: Edited, form: EditForm, status: int = 200) -> Response:
    return _unsaved(render_template(edited.template, edited=edited, form=form), status)


def _unsaved(page: str, status: int) -> Response:
    response = make_response(page, status)
    # Kept by the sender's own browser, unlike other pages of a session: Back must bring back what was typed.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
