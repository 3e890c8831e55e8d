"""Trust ends with a removal that is granted for a place that somebody entered, and is earned anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import moderator, owner, place, stranger
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.foundation.clock import now
from tracker.foundation.dates import parse_period
from tracker.history.recording import change
from tracker.places.models import Place
from tracker.places.operations import PlaceDraft, find_or_add_place
from tracker.sightings.models import Sighting, State
from tracker.sightings.moderation import accept
from tracker.sightings.operations import SightingDraft, submit
from tracker.sightings.removal_desk import confirm, grant, refuse
from tracker.sightings.removals import Asker, Removal, RemovalDraft, RemovalOf, RemovalRules, ask_removal
from tracker.sightings.trust import WINDOW, trust_of
from tracker.sources.models import SourceKind

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def accepted(session: Session, by: User, desk: User, name: str) -> Place:
    """Send a sighting in and accept it; answer the place that it was put at."""
    draft = SightingDraft(production_title="Her Film", place_text=name, period=parse_period("2020"))
    shoot = accept(session, submit(session, draft, by=by), by=desk, kind=SourceKind.TRADE_PRESS)
    return session.get_one(Place, shoot.place_id)


def trusted(session: Session, by: User, desk: User) -> list[Place]:
    places = [accepted(session, by, desk, f"{by.name}'s place {n}") for n in range(10)]
    assert trust_of(session, by).is_trusted
    return places


def ask(session: Session, where: Place, about: RemovalOf = RemovalOf.PLACE) -> Removal:
    draft = RemovalDraft(about=about, asker=Asker.RESIDENT, words="I live there.", place=where)
    return ask_removal(session, draft, network=str(where.id), rules=RemovalRules())[0]


def test_a_removal_that_is_granted_ends_the_trust_of_whose_sighting_entered_the_place(
    session: Session,
) -> None:
    ingrid, marcello, solveig = owner(session), stranger(session), moderator(session)
    home = trusted(session, ingrid, solveig)[3]
    trusted(session, marcello, solveig)
    removal = ask(session, home)
    assert trust_of(session, ingrid).is_trusted
    grant(session, removal, by=solveig, words="You live there.")
    session.commit()
    trust = trust_of(session, ingrid)
    assert not trust.is_trusted
    assert trust.words == (
        "Sightings wait for a moderator, because a place among the last ones was removed on request."
    )
    assert trust_of(session, marcello).is_trusted


def test_so_it_does_for_a_place_that_was_added_to_the_record_by_hand(session: Session) -> None:
    ingrid, solveig = owner(session), moderator(session)
    trusted(session, ingrid, solveig)
    with change(session, by=ingrid, comment="Add a place"):
        home = find_or_add_place(session, PlaceDraft(name="Her neighbour's"))
    grant(session, ask(session, home), by=solveig, words="You live there.")
    assert not trust_of(session, ingrid).is_trusted


def test_a_removal_that_is_refused_and_one_of_a_photo_say_nothing_of_who_entered_the_place(
    session: Session,
) -> None:
    ingrid, solveig = owner(session), moderator(session)
    first, second, third, *_ = trusted(session, ingrid, solveig)
    refused = ask(session, first)
    refuse(
        session,
        refused,
        by=sign_up(session, name="Ines", password="x" * 20, role=Role.MODERATOR),
        words="No.",
    )
    confirm(session, refused, by=sign_up(session, name="Ivo", password="x" * 20, role=Role.MODERATOR))
    grant(session, ask(session, second, RemovalOf.PHOTO), by=solveig, words="You are shown.")
    # Somebody else's place at which she only saw something.
    grant(session, ask(session, place(session, "Elsewhere")), by=solveig, words="Yes.")
    assert trust_of(session, ingrid).is_trusted
    grant(session, ask(session, third), by=solveig, words="Yes.")
    assert not trust_of(session, ingrid).is_trusted


def test_as_much_accepted_work_since_earns_trust_anew(session: Session) -> None:
    ingrid, solveig = owner(session), moderator(session)
    grant(session, ask(session, trusted(session, ingrid, solveig)[0]), by=solveig, words="Yes.")
    period = parse_period("2020")
    with change(session, by=solveig, comment="Accept"):
        session.add_all(
            Sighting(
                submitted_by_id=ingrid.id,
                production_title="Her Film",
                place_text="Somewhere",
                start=period.start,
                end=period.end,
                state=State.ACCEPTED,
                shoot_id=1,
                decided_by_id=solveig.id,
                decided_at=now() + timedelta(minutes=n + 1),
            )
            for n in range(WINDOW)
        )
    assert trust_of(session, ingrid).is_trusted
