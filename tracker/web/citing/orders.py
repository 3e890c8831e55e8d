"""Add what a source says of the order of two stops, for or against, and take it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import describe_short
from tracker.foundation.errors import NotFoundError, TrackerError
from tracker.foundation.text import clean_line
from tracker.history.recording import change
from tracker.places.privacy import public_name
from tracker.productions.corrections import reopen_order
from tracker.productions.evidence import Manner, OrderCitation, Relation, Stance
from tracker.productions.models import Shoot
from tracker.productions.queries import order_by_id, shoots_of
from tracker.sightings.citing import OrderDraft, is_trusted, order_or_offer
from tracker.sightings.offered import OfferedCitation
from tracker.sightings.removing import remove_or_ask
from tracker.sources.operations import SourceDraft
from tracker.web.citing.form import OrderForm, offer_stops
from tracker.web.citing.reading import read_source
from tracker.web.citing.views import WAITS, shoot_or_404
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.rules import TAKES_TWO, alone
from tracker.web.productions.shoot_words import stop_url

_NO_WORDS = "Asked on the film’s page, without words."
_SAID = {Relation.NEXT: "came next after", Relation.AFTER: "came after", Relation.BEFORE: "came before"}


@allow(Permission.CITE)
@limiter.limit("20 per minute", methods=["POST"])
def new(shoot_id: int) -> ResponseReturnValue:
    """Show the form; save what a source says of the order, and go back to the stop."""
    shoot, form = shoot_or_404(shoot_id), OrderForm()
    others = {other.id: other for other in shoots_of(db.session, shoot.production_id) if other.id != shoot.id}
    offer_stops(form, shoot, [(i, _stop_name(other)) for i, other in others.items()])
    if not form.is_submitted():
        _prefill(form)
        return _page(form, shoot)
    is_sound = form.validate()
    source = read_source(db.session, form)
    if not is_sound or form.errors:
        return _page(form, shoot, status=422)
    try:
        begin_writing(db.session)
        shoot, other = shoot_or_404(shoot_id), shoot_or_404(form.other.data)
        said = order_or_offer(
            db.session, shoot, source, _draft(form, shoot, other, source), by=current_user()
        )
        db.session.commit()
    except (TrackerError, IntegrityError) as error:
        db.session.rollback()
        known = isinstance(error, TrackerError)
        form.form_errors.append(str(error) if known else "Somebody saved the same just now. Send it again.")
        return _page(form, shoot_or_404(shoot_id), status=409)
    waits = isinstance(said, OfferedCitation)
    flash(WAITS if waits else "Saved. The route follows it now, unless other sources disagree.")
    return redirect(stop_url(shoot_or_404(shoot_id)), 303)


@allow(Permission.CITE)
def remove(order_id: int) -> ResponseReturnValue:
    """Take what a source says of an order off the record; the history keeps it."""
    begin_writing(db.session)
    order = _order(order_id)
    shoot = shoot_or_404(order.shoot_id)
    reason = clean_line(request.form.get("reason", "")) or _NO_WORDS
    is_removed = remove_or_ask(
        db.session,
        order,
        label=order.words,
        reason=reason,
        comment=f"Removed an order: {order.words}",
        by=current_user(),
        alone=alone(),
    )
    db.session.commit()
    flash("Removed. The history keeps it." if is_removed else f"Asked. {TAKES_TWO}")
    return redirect(stop_url(shoot_or_404(shoot.id)), 303)


@allow(Permission.MODERATE)
def reopen(order_id: int) -> ResponseReturnValue:
    """Let what a source says of an order count again."""
    begin_writing(db.session)
    order = _order(order_id)
    with change(db.session, by=current_user(), comment=f"Opened again: {order.words}"):
        reopen_order(db.session, order)
    db.session.commit()
    flash("Opened again. It counts now.")
    return redirect(stop_url(shoot_or_404(order.shoot_id)), 303)


def _draft(form: OrderForm, shoot: Shoot, other: Shoot, source: SourceDraft) -> OrderDraft:
    relation, stance = Relation(form.relation.data), Stance(form.stance.data)
    said = f"{public_name(shoot.place)} {_SAID[relation]} {public_name(other.place)}"
    names = source.author or source.title
    words = clean_line(form.words.data or "") or (
        f"{names} says that {said}" if stance is Stance.SUPPORTS else f"{names} denies that {said}"
    )
    return OrderDraft(
        relation=relation, other=other, words=words[:500], manner=Manner(form.manner.data), stance=stance
    )


def _prefill(form: OrderForm) -> None:
    """Begin with the order that the page's link speaks of, such as one to dispute."""
    given = request.args
    if given.get("stance") in ("supports", "refutes"):
        form.stance.data = given["stance"]
    if given.get("relation") in list(Relation):
        form.relation.data = given["relation"]
    if (other := given.get("other", type=int)) is not None:
        form.other.data = other


def _stop_name(shoot: Shoot) -> str:
    return f"{public_name(shoot.place)}, {describe_short(shoot.period)}"


def _order(order_id: int) -> OrderCitation:
    order = order_by_id(db.session, order_id) if order_id <= LARGEST_ID else None
    if order is None:
        raise NotFoundError(f"No order has the number {order_id}: it may have been removed.")
    return order


def _page(form: OrderForm, shoot: Shoot, *, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "citing/order.html",
        form=form,
        shoot=shoot,
        back=stop_url(shoot),
        counts_at_once=is_trusted(db.session, current_user()),
    )
    return page, status
