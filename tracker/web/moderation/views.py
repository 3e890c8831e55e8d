"""The moderation desk: the queue, one sighting with all that a decision needs, and the decision."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import meaning
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.productions.queries import shoot_by_id, shoots_of
from tracker.sightings.citing import count_waiting_citations
from tracker.sightings.models import Reason, Sighting, State
from tracker.sightings.moderation import accept, merge, reject
from tracker.sightings.outlook import likely_kind
from tracker.sightings.queries import likely_duplicates, queue_length, sighting_by_id
from tracker.sightings.queries import queue as waiting_sightings
from tracker.sources.models import SourceKind
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.form import DecisionForm, decision_form
from tracker.web.moderation.item import item_of, production_of
from tracker.web.places.words import sighting_line

ACCEPT, MERGE, REJECT = "accept", "merge", "reject"


@allow(Permission.MODERATE)
def queue() -> ResponseReturnValue:
    """Show the queue."""
    return _desk(None)


@allow(Permission.MODERATE)
def show(sighting_id: int) -> ResponseReturnValue:
    """Show one sighting of the queue, or what was decided about it."""
    return _desk(sighting_id)


@allow(Permission.MODERATE)
def decide(sighting_id: int) -> ResponseReturnValue:
    """Accept, merge or turn down. The first decision counts; a later one is told who was faster."""
    begin_writing(db.session)
    sighting = _locked(sighting_id)
    production = production_of(db.session, sighting)
    shoots = shoots_of(db.session, production.id) if production else []
    form = decision_form(sighting, likely_duplicates(db.session, sighting), shoots)
    if not form.validate():
        return _desk(sighting_id, form), 422
    try:
        told = _carry_out(sighting, form, request.form.get("action", ""))
        db.session.commit()
    except InvalidValueError as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return _desk(sighting_id, form), 422
    except (ConflictError, NotAllowedError) as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return _desk(sighting_id, form), 409 if isinstance(error, ConflictError) else 403
    except IntegrityError:
        # Two decisions on different sightings may add the same place or source at the same moment.
        db.session.rollback()
        form.form_errors.append("Somebody saved the same place or source just now. Send your decision again.")
        return _desk(sighting_id, form), 409
    flash(told)
    return redirect(url_for("moderation.show", sighting_id=sighting_id), 303)


def _carry_out(sighting: Sighting, form: DecisionForm, action: str) -> str:
    """Do what the button says; answer what to tell the moderator."""
    user = current_user()
    kind = SourceKind(form.kind.data) if sighting.address and form.kind.data else likely_kind(sighting)
    if action == ACCEPT:
        accept(db.session, sighting, by=user, kind=kind)
        return "Accepted. The map shows it now, and its sender is told."
    if action == MERGE:
        shoot = shoot_by_id(db.session, form.shoot.data) if form.shoot.data else None
        if shoot is None:
            raise InvalidValueError("Choose the shoot that the source belongs to.")
        merge(db.session, sighting, shoot, by=user, kind=kind)
        return "Added. The source speaks for that shoot now, and its sender is told."
    if action == REJECT:
        if not form.reason.data:
            raise InvalidValueError("Choose the reason why it is turned down.")
        reject(db.session, sighting, by=user, reason=Reason(form.reason.data), words=form.words.data or "")
        return "Turned down. Its sender reads your words."
    raise InvalidValueError("Choose what to do: accept, add to a shoot, or turn down.")


def _desk(sighting_id: int | None, form: DecisionForm | None = None) -> str:
    user = current_user()
    sighting = sighting_by_id(db.session, sighting_id) if sighting_id is not None else None
    if sighting is None and sighting_id is not None:
        abort(404)
    item = item_of(db.session, sighting) if sighting is not None else None
    if item is not None and form is None:
        form = decision_form(item.sighting, item.duplicates, item.shoots)
    waiting = waiting_sightings(db.session)
    return render_template(
        "moderation/desk.html",
        waiting=waiting,
        count=queue_length(db.session),
        sources_waiting=count_waiting_citations(db.session),
        oldest=next((one for one in waiting if one.submitted_by_id != user.id), None),
        item=item,
        form=form,
        user=user,
        age=age_in_words,
        last_decision=_last_decision(),
        meaning=meaning(sighting.period) if sighting else "",
        where=sighting_line(sighting) if sighting else "",
    )


def _locked(sighting_id: int) -> Sighting:
    """Answer the sighting, held so that decisions on it come one after the other."""
    held = db.session.scalar(select(Sighting.id).where(Sighting.id == sighting_id).with_for_update())
    sighting = sighting_by_id(db.session, sighting_id) if held is not None else None
    if sighting is None:
        abort(404)
    return sighting


def _last_decision() -> str:
    moment = db.session.scalar(
        select(func.max(Sighting.decided_at)).where(
            Sighting.state.in_((State.ACCEPTED, State.MERGED, State.REJECTED))
        )
    )
    return age_in_words(moment) if moment else ""
