"""The pages of imports: all that there were, and one upload from the first look at it to its end."""

from __future__ import annotations

from contextlib import closing

from flask import abort, flash, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import delete, select

from tracker.accounts.permissions import Permission
from tracker.exchange.models import ImportRun, ImportState
from tracker.exchange.uploads import queue
from tracker.exchange.uploads.findings import MOST_SHOWN, findings_in
from tracker.exchange.uploads.models import AT_WORK, Upload, UploadState
from tracker.exchange.uploads.stored import KEPT, MOST_BYTES, discard, expire, keep, rejects_of
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, DataFileError, NotFoundError
from tracker.foundation.text import clean_line, fold
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import number_in
from tracker.web.frame.signed_in import current_user
from tracker.web.imports.page import latest_runs, progress_of
from tracker.web.imports.reading import reading_page
from tracker.web.imports.words import figures_of, size_in_words
from tracker.web.imports.worker import folder, see_to

_RUNS = 25
_STEPS = {
    "import": UploadState.WRITING,
    "try": UploadState.TRYING,
    "undo": UploadState.UNDOING,
    "ask": None,
    "stop": None,
}


@allow(Permission.IMPORT)
def index() -> ResponseReturnValue:
    """List one's own uploads and all imports."""
    return _index()


@allow(Permission.IMPORT)
@limiter.limit("30 per hour")
def upload() -> ResponseReturnValue:
    """Take a file in; what it is, is looked at in the background."""
    user = current_user()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _index("Choose the file that holds the rows."), 422
    begin_writing(db.session)
    expire(db.session, folder())
    db.session.commit()
    try:
        with closing(sent):
            stored, name, size = keep(folder(), sent.filename, sent.stream)
    except DataFileError as error:
        return _index(str(error)), 422
    begin_writing(db.session)
    taken = queue.add(db.session, owner_id=user.id, file_name=name, folder=stored, size=size)
    db.session.commit()
    see_to(taken)
    return redirect(url_for("imports.show", upload_id=taken.id), 303)


@allow(Permission.IMPORT)
def show(upload_id: int) -> ResponseReturnValue:
    """Show where an upload stands, and what it waits for."""
    one = queue.own(db.session, upload_id, current_user().id)
    see_to(one)
    if one.state is UploadState.ASKING:
        return reading_page(one)
    return render_template(
        "imports/show.html",
        upload=one,
        size=size_in_words(one.size),
        working=one.state in AT_WORK,
        progress=progress_of(one),
        findings=(found := findings_in(one.report)),
        figures=figures_of(found.counts),
        has_rejects=rejects_of(folder(), one).is_file(),
        most=MOST_SHOWN,
        days=KEPT.days,
        run=db.session.get(ImportRun, one.run_id) if one.run_id else None,
    )


@allow(Permission.IMPORT)
@limiter.limit("240 per minute")
def progress(upload_id: int) -> ResponseReturnValue:
    """Answer how far the present step of an upload is."""
    one = queue.own(db.session, upload_id, current_user().id)
    see_to(one)
    return jsonify(progress_of(one).as_json())


@allow(Permission.IMPORT)
def pick(upload_id: int) -> ResponseReturnValue:
    """Take the choices for places, once for all rows, and try the import out with them."""
    begin_writing(db.session)
    one = queue.own(db.session, upload_id, current_user().id)
    picks = dict(one.picks)
    for at, blank in enumerate(findings_in(one.report).blanks):
        chosen = request.form.get(f"pick-{at}", "")
        other = clean_line(request.form.get(f"other-{at}", ""))[:200]
        if chosen == "other":
            chosen = other
        if chosen:
            picks[fold(blank.text)] = chosen[:200]
    one.picks = picks
    return _began(one, UploadState.TRYING)


@allow(Permission.IMPORT)
def step(upload_id: int) -> ResponseReturnValue:
    """Go on: try it out, import, take back, stop, or answer the questions again."""
    begin_writing(db.session)
    one = queue.own(db.session, upload_id, current_user().id)
    asked = request.form.get("step", "")
    if asked not in _STEPS:
        abort(400, "Choose what to do: try, import, undo, ask or stop.")
    next_step = _STEPS[asked]
    if next_step is not None:
        return _began(one, next_step)
    if asked == "stop":
        queue.stop(one)
    elif one.state is not UploadState.TRIED:
        raise ConflictError(f"{one.file_name} {one.state.words}. Nothing is to be answered now.")
    else:
        one.state = UploadState.ASKING
    db.session.commit()
    return redirect(url_for("imports.show", upload_id=one.id), 303)


@allow(Permission.IMPORT)
def rejects(upload_id: int) -> ResponseReturnValue:
    """Send the rows that were not taken, with line and reason."""
    one = queue.own(db.session, upload_id, current_user().id)
    path = rejects_of(folder(), one)
    if not path.is_file():
        raise NotFoundError(f"No rows of {one.file_name} were rejected, or the file was deleted since.")
    return send_file(path, mimetype="text/csv", as_attachment=True, download_name=path.name, max_age=0)


@allow(Permission.IMPORT)
def remove(upload_id: int) -> ResponseReturnValue:
    """Delete an uploaded file now. What was imported from it stays."""
    begin_writing(db.session)
    one = queue.own(db.session, upload_id, current_user().id)
    if one.state in AT_WORK:
        raise ConflictError(f"{one.file_name} {one.state.words}. Stop that first.")
    stored = one.folder
    db.session.execute(delete(Upload).where(Upload.id == one.id))
    db.session.commit()
    discard(folder(), stored)
    flash("The uploaded file is deleted.")
    return redirect(url_for("imports.index"), 303)


@allow(Permission.IMPORT)
def undo(run_id: int) -> ResponseReturnValue:
    """Take a whole import back, whoever made it."""
    begin_writing(db.session)
    run = db.session.get(ImportRun, run_id)
    if run is None or run.state is ImportState.UNDONE:
        raise NotFoundError(f"There is no import {run_id} that could be taken back.")
    one = queue.upload_for_undo(db.session, run, owner_id=current_user().id)
    return _began(one, UploadState.UNDOING)


def _began(one: Upload, step: UploadState) -> ResponseReturnValue:
    """Begin a step, commit, and lead to the page that shows how it goes."""
    queue.begin(one, step)
    db.session.commit()
    see_to(one)
    return redirect(url_for("imports.show", upload_id=one.id), 303)


def _index(problem: str = "") -> str:
    asked = request.args.get("before", "")
    before = number_in(asked, "The import") if asked else None
    runs = latest_runs(db.session, before=before, limit=_RUNS + 1)
    mine = select(Upload).where(Upload.owner_id == current_user().id).order_by(Upload.id.desc())
    return render_template(
        "imports/index.html",
        problem=problem,
        uploads=db.session.scalars(mine.where(Upload.folder != "").limit(_RUNS)).all(),
        size_in_words=size_in_words,
        runs=runs[:_RUNS],
        older=runs[_RUNS - 1].id if len(runs) > _RUNS else None,
        most_mb=MOST_BYTES >> 20,
        days=KEPT.days,
    )
