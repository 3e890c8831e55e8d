"""Who else has a sighting open: asked for, and said, by the page while it is looked at."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.sightings.presence import leave, others_at, touch
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.views import locked


@allow(Permission.MODERATE)
def here(sighting_id: int) -> ResponseReturnValue:
    """Note that the page is open, or with `left` that it was closed; answer who else is there, in words."""
    begin_writing(db.session)
    sighting, user = locked(sighting_id), current_user()
    if request.form.get("left"):
        leave(db.session, sighting_id, by=user)
    elif sighting.is_pending:
        touch(db.session, sighting_id, by=user)
    db.session.commit()
    others = others_at(db.session, sighting_id, but=user) if sighting.is_pending else []
    return jsonify(
        waits=sighting.is_pending,
        others=[{"name": one.name, "since": age_in_words(one.since)} for one in others],
    )
