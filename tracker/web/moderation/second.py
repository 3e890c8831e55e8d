"""What waits for a second moderator: deletions, and places that are to show more than before."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import NotFoundError
from tracker.sightings.second_person import (
    SecondPersonRequest,
    confirm_request,
    refuse_request,
    waiting_requests,
)
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.rules import alone


@allow(Permission.MODERATE)
def index() -> ResponseReturnValue:
    """Show what waits for a second moderator, oldest first."""
    return render_template(
        "moderation/second.html",
        requests=waiting_requests(db.session),
        user=current_user(),
        alone=alone(),
        age=age_in_words,
    )


@allow(Permission.MODERATE)
def decide(request_id: int) -> ResponseReturnValue:
    """Do what was asked for, or leave everything as it is."""
    begin_writing(db.session)
    asked = _locked(db.session, request_id)
    if request.form.get("action") == "refuse":
        refuse_request(db.session, asked, by=current_user(), alone=alone())
        told = "Refused. Everything stays as it is."
    else:
        confirm_request(db.session, asked, by=current_user(), alone=alone())
        told = "Done. The history names both of you."
    db.session.commit()
    flash(told)
    return redirect(url_for("moderation.requests"), 303)


def _locked(session: Session, request_id: int) -> SecondPersonRequest:
    found = None
    if request_id <= LARGEST_ID:
        found = session.scalar(
            select(SecondPersonRequest).where(SecondPersonRequest.id == request_id).with_for_update()
        )
    if found is None:
        raise NotFoundError(f"No request has the number {request_id}.")
    return found
