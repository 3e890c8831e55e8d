"""The draft of the sighting form, as the page's script keeps it for its writer."""

from __future__ import annotations

from flask import Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError
from tracker.sightings.drafts import Fields, KeptDraft, drop_draft, keep_draft, kept_draft
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.signed_in import current_user

_NEVER_KEPT = "csrf_token"


@allow(Permission.SUBMIT)
@limiter.limit("120 per minute")
def show() -> ResponseReturnValue:
    """Answer one's own draft with its fields; without one `fields` is empty."""
    return _told(kept_draft(db.session, current_user()), with_fields=True)


@allow(Permission.SUBMIT)
@limiter.limit("120 per minute")
def keep() -> ResponseReturnValue:
    """Keep a draft; `began` is the count of saves that it began with, so that a newer one can be told."""
    body = request.get_json(silent=True)
    fields, began = _fields(body), body.get("began") if isinstance(body, dict) else None
    begin_writing(db.session)
    before = kept_draft(db.session, current_user())
    overtaken = before.saved_at.isoformat() if before and before.saves != began else None
    try:
        draft = keep_draft(db.session, current_user(), fields)
    except InvalidValueError as error:
        db.session.rollback()
        return jsonify(error=str(error)), 422
    db.session.commit()
    return _told(draft, overtaken=overtaken)


@allow(Permission.SUBMIT)
def drop() -> ResponseReturnValue:
    """Throw one's own draft away."""
    begin_writing(db.session)
    drop_draft(db.session, current_user())
    db.session.commit()
    return _told(None)


def _fields(body: object) -> Fields:
    """Answer the fields of a draft that was sent; anything but pairs of words is refused."""
    fields = body.get("fields") if isinstance(body, dict) else None
    if not isinstance(fields, list):
        abort(400)
    found = []
    for field in fields:
        if not (isinstance(field, list) and len(field) == 2 and all(isinstance(part, str) for part in field)):
            abort(400)
        if field[0] != _NEVER_KEPT:
            # PostgreSQL stores no NUL in JSON.
            found.append((field[0].replace("\0", ""), field[1].replace("\0", "")))
    return found


def _told(draft: KeptDraft | None, *, with_fields: bool = False, overtaken: str | None = None) -> Response:
    answer = jsonify(
        saves=draft.saves if draft else 0,
        saved_at=draft.saved_at.isoformat() if draft else None,
        fields=draft.fields if draft and with_fields else [],
        overtaken=overtaken,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
