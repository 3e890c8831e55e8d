"""The sources that wait for a moderator, and the decision on one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import UNKNOWN, describe_short
from tracker.foundation.errors import InvalidValueError, NotAllowedError, NotFoundError, TrackerError
from tracker.places.privacy import public_name
from tracker.productions.evidence import Relation
from tracker.productions.knowledge import told_status
from tracker.sightings.citing import (
    accept_citation,
    offers_of,
    reject_citation,
    waiting_citations,
    withdraw_citation,
)
from tracker.sightings.models import State
from tracker.sightings.offered import OfferedCitation, citation_draft, source_draft
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.productions.shoot_words import film_page_url

_RELATIONS = {
    Relation.NEXT: "came next after",
    Relation.AFTER: "came some time after",
    Relation.BEFORE: "came before",
}


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """One waiting citation in words."""

    id: int
    heading: str
    url: str
    film: str
    sender: str
    age: str
    facts: tuple[tuple[str, str], ...]
    address: str
    own: bool


@allow(Permission.MODERATE)
def index() -> ResponseReturnValue:
    """Show the sources that wait, oldest first."""
    return _page()


@allow(Permission.MODERATE)
def decide(offered_id: int) -> ResponseReturnValue:
    """Let one count, or turn it down with words."""
    begin_writing(db.session)
    action, words = request.form.get("action", ""), request.form.get("words", "")
    try:
        offered = _locked(offered_id)
        if action == "accept":
            accept_citation(db.session, offered, by=current_user())
            told = "It counts now, and its sender is trusted from here on."
        elif action == "reject":
            reject_citation(db.session, offered, by=current_user(), words=words)
            told = "Turned down."
        else:
            raise InvalidValueError("Choose what to do: let it count, or turn it down.")
        db.session.commit()
    except NotFoundError:
        raise
    except (TrackerError, IntegrityError) as error:
        db.session.rollback()
        sentence = (
            str(error) if isinstance(error, TrackerError) else "Saved by somebody just now. Send it again."
        )
        return _page((offered_id, sentence, words)), _status(error)
    flash(told)
    return redirect(url_for("citing.waiting"), 303)


@allow(Permission.CITE)
def withdraw(offered_id: int) -> ResponseReturnValue:
    """Take back what one has sent in."""
    begin_writing(db.session)
    withdraw_citation(db.session, _locked(offered_id), by=current_user())
    db.session.commit()
    flash("Withdrawn. Nobody will decide on it.")
    return redirect(url_for("accounts.show"), 303)


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """A source that one has sent in: of which stop, and what became of it."""

    id: int
    source: str
    stop: str
    url: str
    film: str
    sent: str
    state: str
    words: str
    waits: bool


def own_offers(user_id: int) -> list[OwnOffer]:
    """Answer what a user has sent in, newest first."""
    return [
        OwnOffer(
            id=one.id,
            source=one.source["title"] or one.source["address"],
            stop=public_name(one.shoot.place),
            url=f"{film_page_url(one.shoot.production.slug)}#shoot-{one.shoot_id}",
            film=one.shoot.production.title,
            sent=f"{one.sent_at:%-d %b %Y}",
            state=one.state.value,
            words=one.words,
            waits=one.state is State.PENDING,
        )
        for one in offers_of(db.session, user_id)
    ]


def _status(error: Exception) -> int:
    if isinstance(error, InvalidValueError):
        return 422
    return 403 if isinstance(error, NotAllowedError) else 409


def _locked(offered_id: int) -> OfferedCitation:
    found = None
    if offered_id <= LARGEST_ID:
        found = db.session.scalar(
            select(OfferedCitation).where(OfferedCitation.id == offered_id).with_for_update()
        )
    if found is None:
        raise NotFoundError(f"No source that was sent in has the number {offered_id}.")
    return found


def _page(refused: tuple[int, str, str] = (0, "", "")) -> str:
    waiting = [_words(offered) for offered in waiting_citations(db.session)]
    return render_template("citing/desk.html", waiting=waiting, refused=refused)


def _words(offered: OfferedCitation) -> WaitingWords:
    source = source_draft(offered.source)
    name = public_name(offered.shoot.place)
    stance = offered.says["stance"]
    if offered.relation is not None and offered.other is not None:
        heading = f"{name} {_RELATIONS[offered.relation]} {public_name(offered.other.place)}"
        facts = [("It says", "it was in this order" if stance == "supports" else "it was not")]
        facts.append(("Words", offered.says["words"]))
    else:
        heading = f"{name}, {describe_short(offered.shoot.period)}"
        facts = [("It says", f"{stance} it; {offered.says['manner']} it"), *_said(offered)]
    facts += [
        ("Kind", f"{source.kind.word}{', by the cast' if source.by_cast else ''}"),
        ("What", source.title),
    ]
    facts += [
        (term, value) for term, value in (("Made by", source.author), ("Outlet", source.outlet)) if value
    ]
    return WaitingWords(
        id=offered.id,
        heading=heading,
        url=f"{film_page_url(offered.shoot.production.slug)}#shoot-{offered.shoot_id}",
        film=offered.shoot.production.title,
        sender=offered.sent_by.name,
        age=age_in_words(offered.sent_at),
        facts=tuple(facts),
        address=source.address,
        own=offered.sent_by_id == current_user().id,
    )


def _said(offered: OfferedCitation) -> list[tuple[str, str]]:
    draft = citation_draft(offered.says)
    dated = draft.period.start != UNKNOWN or draft.period.end != UNKNOWN
    lines = (
        ("Status", told_status(draft.status) if draft.status else ""),
        ("When", describe_short(draft.period) if dated else ""),
        ("Days of work", ", ".join(f"{day:%-d %b %Y}" for day in draft.attested)),
        ("Plays", draft.story_place),
        ("Words", draft.quote),
        ("Where in it", draft.locator),
        ("Note", draft.note),
        ("Repeats", offered.says["repeats"]),
    )
    return [(term, value) for term, value in lines if value]
