"""The cells of the world map say at all times what a recount of the places says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import place
from tests.places.recount import recounted, stored
from tracker.foundation.geo import Box
from tracker.history.recording import change
from tracker.places.cells import count_in, count_out
from tracker.places.grid import COARSEST, FINEST
from tracker.places.models import Cell, Place, Privacy
from tracker.places.privacy import publish
from tracker.places.queries import count_in_view, places_in_view

# Few distinct points, so that places share cells, and the places where formulas break.
LATS = st.sampled_from([62.57, 62.31, 62.3101, 41.89, 0.0, -0.0001, 85.2, -85.2, 90.0, -90.0, -33.9])
LONS = st.sampled_from([7.69, 6.95, 6.9501, 12.48, 0.0, -0.0001, 179.9999, 180.0, -180.0, 151.2])
SPOTS = st.tuples(LATS, LONS)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), SPOTS, st.sampled_from(Privacy)),
        st.tuples(st.just("move"), SPOTS, st.integers(0, 20)),
        st.tuples(st.just("hide"), st.sampled_from(Privacy), st.integers(0, 20)),
    ),
    min_size=1,
    max_size=14,
)


def save(session: Session, changed: Place) -> None:
    """Save a changed place as an editor does: out of the counts as it was, published anew, in again."""
    if changed.cell is not None and changed.public_lat is not None and changed.public_lon is not None:
        count_out(
            session,
            cell=changed.cell,
            lat=changed.public_lat,
            lon=changed.public_lon,
            place_id=changed.id,
        )
    publish(changed)
    session.flush()
    count_in(session, [changed])


def run_edits(session: Session, edits: list[tuple[str, Any, Any]]) -> None:
    places: list[Place] = []
    with change(session, by=None, comment="Edit places"):
        for kind, first, second in edits:
            if kind == "add":
                name = f"Place {len(places)}"
                places.append(place(session, name, *first, privacy=second))
            elif places:
                changed = places[second % len(places)]
                if kind == "move":
                    changed.lat, changed.lon = first
                else:
                    changed.privacy = first
                save(session, changed)
            session.expire_all()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_after_any_edits_the_cells_equal_a_recount(
    session: Session, edits: list[tuple[str, Any, Any]]
) -> None:
    try:
        run_edits(session, edits)
        assert stored(session) == recounted(session)
        for level in range(COARSEST, FINEST + 1):
            here = select(func.sum(Cell.sum_lat), func.sum(Cell.sum_lon)).where(Cell.level == level)
            lat, lon = session.execute(here).one()
            open_places = session.execute(
                select(func.sum(Place.lat), func.sum(Place.lon)).where(Place.privacy == Privacy.OPEN)
            ).one()
            assert lat == pytest.approx(open_places[0], abs=1e-6)
            assert lon == pytest.approx(open_places[1], abs=1e-6)
        _check_single_members(session)
    finally:
        session.rollback()


def _check_single_members(session: Session) -> None:
    """A cell of one place names that place, so that the map can open it."""
    for cell in session.scalars(select(Cell).where(Cell.n == 1, Cell.level == FINEST)):
        member = session.get(Place, cell.member_id)
        assert member is not None
        assert member.cell == cell.code


def test_a_cell_that_loses_all_its_places_is_gone(session: Session) -> None:
    with change(session, by=None, comment="Add and hide"):
        alone = place(session, "Alone", 62.57, 7.69)
        assert session.scalar(select(func.count()).select_from(Cell)) == FINEST - COARSEST + 1
        alone.privacy = Privacy.OBSCURED
        save(session, alone)
    assert session.scalar(select(func.count()).select_from(Cell)) == 0


@pytest.mark.parametrize("privacy", [Privacy.OBSCURED, Privacy.PRIVATE])
def test_a_hidden_place_is_in_no_view(session: Session, privacy: Privacy) -> None:
    place(session, "Open", 62.57, 7.69)
    place(session, "Hidden", 62.57, 7.69, privacy=privacy)
    world = Box(-180, -90, 180, 90)
    for zoom in range(0, 19):
        assert count_in_view(session, world, zoom)[0] == 1
        assert [p.name for p in places_in_view(session, world, zoom)] == ["Open"]


def test_a_box_across_the_180th_meridian_holds_both_sides(session: Session) -> None:
    place(session, "Taveuni", -16.85, -179.97)
    place(session, "Suva", -18.14, 178.44)
    place(session, "Apia", -13.83, -171.77)
    place(session, "Greenwich", 51.48, 0.0)
    box = Box.parse("170,-30,-175,0")
    assert {p.name for p in places_in_view(session, box, 6)} == {"Taveuni", "Suva"}
    # The squares of the count reach over the edge of the box, but never to the other side of the world.
    total, cells = count_in_view(session, box, 6)
    assert total == sum(cell.n for cell in cells) == 2
    unrolled = Box.parse("170,-30,185,0")
    assert {p.name for p in places_in_view(session, unrolled, 6)} == {"Taveuni", "Suva"}


def test_every_place_of_a_small_box_is_counted_and_listed_alike(session: Session) -> None:
    for step in range(30):
        place(session, f"Place {step}", 62 + step / 50, 7 + step / 40)
    for text in ("6.9,61.9,8,63", "7.1,62.05,7.4,62.3", "7.3,62.2,7.31,62.21"):
        box = Box.parse(text)
        for zoom in (2, 7, 11, 18):
            listed = {p.id for p in places_in_view(session, box, zoom)}
            west, south, east, north = (float(part) for part in text.split(","))
            inside = select(Place.id).where(Place.lat.between(south, north), Place.lon.between(west, east))
            assert listed == set(session.scalars(inside))
            assert count_in_view(session, box, zoom)[0] >= len(listed)


def test_the_whole_world_at_the_closest_zoom_stays_cheap(session: Session) -> None:
    for step in range(60):
        place(session, f"Place {step}", (step * 37) % 160 - 80, (step * 61) % 360 - 180)
    total, cells = count_in_view(session, Box(-180, -90, 180, 90), 18)
    assert total == 60
    assert len(cells) <= 60
    rows = session.scalar(select(func.count()).select_from(Cell).where(Cell.level == 12))
    assert rows == 60
