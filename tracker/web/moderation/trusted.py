"""What trusted contributors published and nobody has looked at yet, and trust itself."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import User
from tracker.accounts.operations import find_user
from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.sightings.publishing import confirm, published_unreviewed
from tracker.sightings.trust import restore_trust, revoke_trust, trust_of
from tracker.sightings.undoing import unpublish
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.rules import alone
from tracker.web.moderation.views import locked


@allow(Permission.MODERATE)
def index() -> ResponseReturnValue:
    """Show what was published unreviewed, oldest first."""
    return render_template(
        "moderation/trusted.html",
        sightings=published_unreviewed(db.session),
        user=current_user(),
        alone=alone(),
        age=age_in_words,
    )


@allow(Permission.MODERATE)
def review(sighting_id: int) -> ResponseReturnValue:
    """Let it stand, or take it back into the queue."""
    begin_writing(db.session)
    sighting = locked(sighting_id)
    if request.form.get("action") == "take_back":
        unpublish(db.session, sighting, by=current_user(), alone=alone())
        told = "Taken back. It is not published any more and waits for a decision."
    else:
        confirm(db.session, sighting, by=current_user(), alone=alone())
        told = "It stands, and says that you looked at it."
    db.session.commit()
    flash(told)
    return redirect(url_for("moderation.trusted"), 303)


@allow(Permission.MODERATE)
def trust(name: str) -> ResponseReturnValue:
    """Show whether somebody's sightings count at once, and why; take that back, or give it again."""
    if request.method != "POST":
        return _page(_user(name))
    begin_writing(db.session)
    user = _user(name)
    if request.form.get("action") == "restore":
        restore_trust(db.session, user, by=current_user())
        told = f"Accepted work of {user.name} counts for trust again."
    else:
        reason = request.form.get("reason", "")
        if not reason.strip():
            return _page(user, "Say why; the profile shows it."), 422
        revoke_trust(db.session, user, by=current_user(), reason=reason)
        told = f"Sightings of {user.name} wait for a moderator from now on."
    db.session.commit()
    flash(told)
    return redirect(url_for("moderation.trust", name=user.name), 303)


def _user(name: str) -> User:
    user = find_user(db.session, name)
    if user is None:
        abort(404)
    return user


def _page(user: User, problem: str = "") -> str:
    return render_template(
        "moderation/trust.html",
        person=user,
        trust=trust_of(db.session, user),
        own=user.id == current_user().id,
        problem=problem,
        age=age_in_words,
    )
