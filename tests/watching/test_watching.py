"""Watching: a list of one's own that follows merges, and gives way to the record."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import film, film_case, moderator, owner, place, stranger
from tracker.foundation.errors import NotFoundError
from tracker.history.models import Change
from tracker.history.recording import change
from tracker.places.models import Place
from tracker.productions.models import Production, Title
from tracker.sightings.merging import MergeKind, merge_rows, unmerge
from tracker.watching.digests import name_of
from tracker.watching.models import Watch
from tracker.watching.operations import unwatch, watch
from tracker.watching.queries import changes_of, watched_by

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def names(session: Session, user_id: int) -> list[str]:
    return [name_of(one) for one in watched_by(session, user_id)]


def test_a_list_is_ones_own_and_holds_each_thing_once(session: Session) -> None:
    ingrid, marcello = owner(session), stranger(session)
    a_film, rauma = film(session), place(session, "Rauma", 62.57, 7.69)
    first = watch(session, ingrid, a_film)
    assert watch(session, ingrid, a_film).id == first.id
    watch(session, ingrid, rauma)
    assert (names(session, ingrid.id), names(session, marcello.id)) == (["Rauma", "A Film"], [])
    with pytest.raises(NotFoundError):
        unwatch(session, marcello, first.id)
    unwatch(session, ingrid, first.id)
    assert names(session, ingrid.id) == ["Rauma"]


def test_a_merge_is_followed_and_followed_back(session: Session) -> None:
    ingrid, solveig = owner(session), moderator(session)
    stays, goes = film(session, "A Film"), film(session, "A Film again")
    watch(session, ingrid, goes)
    merged = merge_rows(session, MergeKind.PRODUCTION, survivor_id=stays.id, loser_id=goes.id, by=solveig)
    assert names(session, ingrid.id) == ["A Film"]
    # Watching what one watches by way of the merge makes no second entry.
    watch(session, ingrid, stays)
    assert names(session, ingrid.id) == ["A Film"]
    unmerge(session, merged.id, by=solveig)
    assert names(session, ingrid.id) == ["A Film again"]


def test_a_watch_keeps_nothing_in_the_record(session: Session) -> None:
    ingrid, a_film = owner(session), film(session)
    watch(session, ingrid, a_film)
    session.commit()
    with change(session, by=None, comment="Take it out"):
        for title in session.scalars(select(Title).where(Title.production_id == a_film.id)):
            session.delete(title)
        session.flush()
        session.delete(session.get_one(Production, a_film.id))
    assert session.scalars(select(Watch)).all() == []


@SQLITE
def test_changes_are_those_of_what_is_watched_and_of_its_shoots(session: Session) -> None:
    ingrid, case = owner(session), film_case(session)
    film(session, "Another")
    rauma = session.get_one(Place, case.shoots["Rauma"].place_id)
    watch(session, ingrid, rauma)
    found = changes_of(session, watched_by(session, ingrid.id), limit=40)
    told = {made.comment for made in found}
    assert "Add another" not in told
    assert found
    assert len(found) < len(session.scalars(select(Change)).all())
