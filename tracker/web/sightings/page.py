"""The page of one sighting: where it stands, what it would become, and what would raise it."""

from __future__ import annotations

from flask import render_template
from flask_wtf import FlaskForm

from tracker.extensions import db
from tracker.foundation.dates import meaning
from tracker.sightings.answering import answer_until, may_answer
from tracker.sightings.models import Sighting
from tracker.sightings.thread import thread_of
from tracker.web.frame.signed_in import current_user
from tracker.web.photos.with_sightings import photos_with
from tracker.web.places.words import sighting_line
from tracker.web.sightings.said import said_by
from tracker.web.sightings.standing import standing_of


def sighting_page(sighting: Sighting, form: FlaskForm) -> str:
    """Show a sighting; `form` takes one more source for it while it waits."""
    user = current_user()
    return render_template(
        "sightings/show.html",
        sighting=sighting,
        form=form,
        standing=standing_of(sighting),
        meaning=meaning(sighting.period),
        where=sighting_line(sighting),
        said=said_by(db.session, sighting),
        is_own=sighting.submitted_by_id == user.id,
        answer_until=answer_until(sighting),
        can_answer=may_answer(sighting, user),
        thread=thread_of(db.session, sighting.id, with_notes=False),
        photos=photos_with(db.session, sighting),
    )
