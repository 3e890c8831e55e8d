"""The moderation desk: the queue, one sighting with all that a decision needs, and the decision."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.productions.queries import shoot_by_id, shoots_of
from tracker.sightings.models import Reason, Sighting, State
from tracker.sightings.moderation import accept, merge, reject
from tracker.sightings.outlook import likely_kind
from tracker.sightings.presence import leave, touch
from tracker.sightings.queries import beside, production_of, sighting_by_id
from tracker.sightings.thread import keep_as_note
from tracker.sightings.undoing import undo as undo_decision
from tracker.sources.models import SourceKind
from tracker.web.frame.access import allow
from tracker.web.frame.ages import moments_in_words
from tracker.web.frame.delay import held_back_now, told_of_delay
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.form import DecisionForm, decision_form
from tracker.web.moderation.page import desk_page, queue_query
from tracker.web.moderation.rules import alone

ACCEPT, MERGE, REJECT = "accept", "merge", "reject"
_DID = {State.ACCEPTED: "accepted", State.MERGED: "merged", State.REJECTED: "turned down"}
_SHOWN = "The map shows it now, and its sender is told."


@allow(Permission.MODERATE)
def queue() -> ResponseReturnValue:
    """Show the queue."""
    return desk_page(None)


@allow(Permission.MODERATE)
def show(sighting_id: int) -> ResponseReturnValue:
    """Show one sighting of the queue, or what was decided about it; others see that it is open here."""
    if request.method == "GET":
        begin_writing(db.session)
        sighting = db.session.get(Sighting, sighting_id) if sighting_id <= LARGEST_ID else None
        if sighting is not None and sighting.is_pending:
            touch(db.session, sighting_id, by=current_user())
        db.session.commit()
    return desk_page(sighting_id)


@allow(Permission.MODERATE)
def decide(sighting_id: int) -> ResponseReturnValue:
    """Accept, merge or turn down. The first decision counts; a later one is told who was faster."""
    begin_writing(db.session)
    sighting = locked(sighting_id)
    production = production_of(db.session, sighting)
    shoots = shoots_of(db.session, production.id) if production else []
    form = decision_form(sighting, beside(db.session, sighting), shoots)
    if not form.validate():
        return desk_page(sighting_id, form), 422
    try:
        told = _carry_out(sighting, form, request.form.get("action", ""))
        leave(db.session, sighting_id, by=current_user())
        db.session.commit()
    except InvalidValueError as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return desk_page(sighting_id, form), 422
    except NotAllowedError as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return desk_page(sighting_id, form), 403
    except ConflictError as error:
        return _too_late(sighting_id, form, str(error))
    except IntegrityError:
        # Two decisions on different sightings may add the same place or source at the same moment.
        db.session.rollback()
        form.form_errors.append("Somebody saved the same place or source just now. Send your decision again.")
        return desk_page(sighting_id, form), 409
    flash(told)
    return redirect(url_for("moderation.show", sighting_id=sighting_id, **queue_query()), 303)


@allow(Permission.MODERATE)
def undo(sighting_id: int) -> ResponseReturnValue:
    """Undo one's own decision of a moment ago: a change that reverts it; the sighting waits again."""
    begin_writing(db.session)
    undo_decision(db.session, locked(sighting_id), by=current_user())
    db.session.commit()
    flash("Undone. It waits again, at its old place.")
    return redirect(url_for("moderation.show", sighting_id=sighting_id, **queue_query()), 303)


def locked(sighting_id: int) -> Sighting:
    """Answer the sighting, held so that decisions on it come one after the other; 404 if there is none."""
    held = None
    if sighting_id <= LARGEST_ID:
        held = db.session.scalar(select(Sighting.id).where(Sighting.id == sighting_id).with_for_update())
    sighting = sighting_by_id(db.session, sighting_id) if held is not None else None
    if sighting is None:
        abort(404)
    return sighting


def _carry_out(sighting: Sighting, form: DecisionForm, action: str) -> str:
    """Do what the button says; answer what to tell the moderator."""
    user, is_alone = current_user(), alone()
    kind = SourceKind(form.kind.data) if sighting.address and form.kind.data else likely_kind(sighting)
    if action == ACCEPT:
        held = held_back_now(sighting)
        accept(db.session, sighting, by=user, kind=kind, alone=is_alone, held=held)
        return f"Accepted. {told_of_delay(held)}" if held else f"Accepted. {_SHOWN}"
    if action == MERGE:
        shoot = shoot_by_id(db.session, form.shoot.data) if form.shoot.data else None
        if shoot is None:
            raise InvalidValueError("Choose the shoot that the source belongs to.")
        held = held_back_now(sighting)
        merge(db.session, sighting, shoot, by=user, kind=kind, alone=is_alone, held=held)
        if held:
            return f"Added. {told_of_delay(held)}"
        return "Added. The source speaks for that shoot now, and its sender is told."
    if action == REJECT:
        if not form.reason.data:
            raise InvalidValueError("Choose the reason why it is turned down.")
        words = form.words.data or ""
        reject(db.session, sighting, by=user, reason=Reason(form.reason.data), words=words, alone=is_alone)
        return "Turned down. Its sender reads your words, and can answer for 72 hours."
    raise InvalidValueError("Choose what to do: accept, add to a shoot, or turn down.")


def _too_late(sighting_id: int, form: DecisionForm, sentence: str) -> ResponseReturnValue:
    """Tell the slower of two who was faster, and keep the words as a note for the desk."""
    begin_writing(db.session)
    sighting = locked(sighting_id)
    decided = _DID.get(sighting.state) if sighting.decided_by is not None else None
    if decided and sighting.decided_by is not None and sighting.decided_at is not None:
        ago = moments_in_words(now() - sighting.decided_at)
        sentence = f"{sighting.decided_by.name} {decided} this {ago} ago."
    kept = keep_as_note(db.session, sighting_id, form.words.data or "", by=current_user())
    db.session.commit()
    form.form_errors.append(sentence)
    return desk_page(sighting_id, form, note="Your words are kept as a note." if kept else ""), 409
