"""Add a source to a stop, say that it is wrong, change or take back what a source says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError, TrackerError
from tracker.history.recording import change
from tracker.places.privacy import public_name
from tracker.productions.corrections import change_citation, reopen_citation
from tracker.productions.evidence import Citation, Stance
from tracker.productions.models import Shoot
from tracker.productions.queries import attested_days, citation_by_id, shoot_by_id
from tracker.sightings.citing import check_may_change, cite_or_offer, is_trusted
from tracker.sightings.offered import OfferedCitation
from tracker.sightings.removing import remove_or_ask
from tracker.web.citing.form import CitationForm, ReasonForm, SaysForm
from tracker.web.citing.reading import (
    Said,
    fill,
    kept_period,
    offer_places,
    places_to_name,
    read_says,
    read_source,
)
from tracker.web.citing.stale import Difference, differences, keep_version, version_of
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.rules import TAKES_TWO, alone
from tracker.web.productions.shoot_words import stop_url

WAITS = "Sent in. A moderator looks at it first; once one source of yours is accepted, yours count at once."
_AGAIN = "Somebody saved the same source just now. Send it again."


@allow(Permission.CITE)
@limiter.limit("20 per minute", methods=["POST"])
def new(shoot_id: int) -> ResponseReturnValue:
    """Show the form; save what a source says of a stop, and go back to the stop."""
    shoot = shoot_or_404(shoot_id)
    form = CitationForm()
    places = places_to_name(db.session, shoot)
    offer_places(form, shoot, places)
    if not form.is_submitted():
        if request.args.get("stance") in list(Stance):
            form.stance.data = request.args["stance"]
        return _page(form, shoot)
    if request.form.get("use_when"):
        form.when.data = request.form["use_when"]
    is_sound = form.validate()
    said, source = read_says(form, shoot), read_source(db.session, form)
    if not is_sound or form.errors:
        return _page(form, shoot, said, status=422)
    if not said.shown or request.form.get("use_when"):
        return _page(form, shoot, said)
    try:
        begin_writing(db.session)
        shoot = shoot_or_404(shoot_id)
        named = places.get(form.speaks_of.data)
        made = cite_or_offer(
            db.session,
            shoot,
            source,
            said.draft,
            by=current_user(),
            repeats=form.repeats.data or "",
            speaks_of=named.id if named else None,
        )
        waits = isinstance(made, OfferedCitation)
        db.session.commit()
    except (TrackerError, IntegrityError) as error:
        return _refused(form, shoot_id, said, error)
    flash(WAITS if waits else f"Saved. It {said.draft.stance.value} this stop now.")
    return redirect(stop_url(shoot_or_404(shoot_id)), 303)


@allow(Permission.CITE)
def edit(citation_id: int) -> ResponseReturnValue:
    """Change what a source says; for moderators and whoever cited it."""
    citation = _own_or_moderated(citation_id, current_user())
    shoot = shoot_or_404(citation.shoot_id)
    form = SaysForm()
    places = places_to_name(db.session, shoot)
    offer_places(form, shoot, places)
    if not form.is_submitted():
        fill(form, citation, attested_days(db.session, citation.id))
        keep_version(form, version_of(db.session, citation))
        return _page(form, shoot, citation=citation)
    is_sound = form.validate()
    said = read_says(form, shoot)
    if not is_sound or form.errors:
        return _page(form, shoot, said, citation=citation, status=422)
    if not said.shown:
        return _page(form, shoot, said, citation=citation)
    begin_writing(db.session)
    try:
        citation = _own_or_moderated(citation_id, current_user())
        if form.began_with.data != (version := version_of(db.session, citation)):
            return _overtaken(form, citation, said, version)
        draft = replace(said.draft, period=kept_period(form, citation, said))
        named = places.get(form.speaks_of.data)
        with change(db.session, by=current_user(), comment=f"Changed what {citation.source.title} says"):
            citation.speaks_of_id = named.id if named else None
            change_citation(db.session, citation, draft)
        db.session.commit()
    except TrackerError as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        citation = _own_or_moderated(citation_id, current_user())
        return _page(form, shoot_or_404(citation.shoot_id), said, citation=citation, status=409)
    flash("Changed. What it said before stays in the history.")
    return redirect(stop_url(shoot_or_404(citation.shoot_id)), 303)


def _overtaken(form: SaysForm, citation: Citation, said: Said, version: str) -> ResponseReturnValue:
    """Show what somebody else saved meanwhile beside what was typed; the next save is one on top of it."""
    db.session.rollback()
    shoot, citation = shoot_or_404(citation.shoot_id), _citation(citation.id)
    keep_version(form, version)
    form.form_errors.append("Somebody else changed this since you opened it. Nothing of yours is lost.")
    found = differences(db.session, form, citation)
    return _page(form, shoot, said, citation=citation, status=409, overtaken=found)


@allow(Permission.CITE)
def remove(citation_id: int) -> ResponseReturnValue:
    """Take a citation off the record; the history keeps it."""
    begin_writing(db.session)
    citation = _own_or_moderated(citation_id, current_user())
    shoot = shoot_or_404(citation.shoot_id)
    why = ReasonForm().reason.data or ""
    label = f"{citation.source.title} at {public_name(shoot.place)}"
    is_removed = remove_or_ask(
        db.session,
        citation,
        label=label,
        reason=why,
        comment=f"Removed {citation.source.title}. {why}",
        by=current_user(),
        alone=alone(),
    )
    db.session.commit()
    flash("Removed. The history keeps it." if is_removed else f"Asked. {TAKES_TWO}")
    return redirect(stop_url(shoot_or_404(shoot.id)), 303)


@allow(Permission.MODERATE)
def reopen(citation_id: int) -> ResponseReturnValue:
    """Let a citation that was closed count again."""
    begin_writing(db.session)
    citation = _citation(citation_id)
    with change(db.session, by=current_user(), comment=f"Opened again: {citation.source.title}"):
        reopen_citation(db.session, citation)
    db.session.commit()
    flash("Opened again. It counts now.")
    return redirect(stop_url(shoot_or_404(citation.shoot_id)), 303)


def shoot_or_404(shoot_id: int) -> Shoot:
    """Answer a shoot with production and place. Raises NotFoundError."""
    shoot = shoot_by_id(db.session, shoot_id) if shoot_id <= LARGEST_ID else None
    if shoot is None:
        raise NotFoundError(f"No shoot has the number {shoot_id}.")
    return shoot


def _citation(citation_id: int) -> Citation:
    citation = citation_by_id(db.session, citation_id) if citation_id <= LARGEST_ID else None
    if citation is None:
        raise NotFoundError(f"No citation has the number {citation_id}: it may have been removed.")
    return citation


def _own_or_moderated(citation_id: int, user: User) -> Citation:
    citation = _citation(citation_id)
    check_may_change(db.session, citation, by=user)
    return citation


def _refused(form: CitationForm, shoot_id: int, said: Said, error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    form.form_errors.append(str(error) if isinstance(error, TrackerError) else _AGAIN)
    status = 422 if isinstance(error, InvalidValueError) else 409
    return _page(form, shoot_or_404(shoot_id), said, status=status)


def _page(
    form: SaysForm,
    shoot: Shoot,
    said: Said | None = None,
    *,
    citation: Citation | None = None,
    status: int = 200,
    overtaken: Sequence[Difference] = (),
) -> ResponseReturnValue:
    page = render_template(
        "citing/citation.html",
        form=form,
        shoot=shoot,
        said=said,
        citation=citation,
        overtaken=overtaken,
        back=stop_url(shoot),
        meaning_url=url_for("sightings.meaning"),
        counts_at_once=is_trusted(db.session, current_user()),
    )
    return page, status
