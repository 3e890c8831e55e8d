"""The demo: Mission: Impossible 7 as it was known then and as it is today, and every place where it lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.exchange.demo import DemoReport, load_demo
from tracker.foundation.database import writing
from tracker.foundation.geo import Point, distance_m
from tracker.geocoding.gazetteer import open_gazetteer
from tracker.history.models import Change, Revision
from tracker.places.models import Place, PlaceKind
from tracker.productions.models import Shoot
from tracker.productions.partner_queries import roles_for
from tracker.productions.partners import PartnerRole
from tracker.productions.place_search import PlaceFilter, fitting_shoots, page_of_places
from tracker.productions.queries import production_by_slug, slug_of_title
from tracker.routes.film import FilmRoute, film_route

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)

SLUG = "mission-impossible-dead-reckoning-part-one"
TODAY = date(2026, 1, 1)
# Name, lat, lon, and within how many kilometres of it.
_PLACES = [
    ("Rauma", 62.57, 7.69, 40),
    ("Stranda", 62.31, 6.95, 30),
    ("Rome", 41.89, 12.48, 10),
    ("Venice", 45.44, 12.33, 5),
    ("Piazza Venezia", 41.896, 12.483, 0.3),
    ("Leavesden Studios", 51.69, -0.42, 2),
    ("Longcross Studios", 51.38, -0.59, 3),
    ("Abu Dhabi", 24.45, 54.38, 20),
    ("Levisham", 54.30, -0.72, 2),
    ("Darlton Quarry, Stoney Middleton", 53.277, -1.676, 3),
    ("Pilchowice railway bridge", 50.97, 15.64, 5),
    ("Modřany Studios", 50.01, 14.41, 3),
    ("Strahov Monastery", 50.086, 14.389, 1),
    ("Buena Vista", 25.07, -77.35, 3),
    ("Coral Harbour", 24.99, -77.47, 5),
    ("Prague Airport", 50.10, 14.26, 3),
    ("Planá", 49.87, 12.74, 5),
    ("Villa La Gaeta", 46.065, 9.265, 5),
    ("Dunsfold Aerodrome", 51.117, -0.536, 3),
    ("Pinewood Studios", 51.548, -0.535, 2),
    ("Tokyo", 35.68, 139.69, 20),
    ("Cardington Airfield", 52.107, -0.422, 3),
    ("University College London", 51.5246, -0.134, 1),
    ("Pont de Bir-Hakeim", 48.8556, 2.2876, 0.5),
    ("Tangier", 35.77, -5.80, 10),
    ("Los Angeles", 34.05, -118.24, 20),
    ("Calgary", 51.05, -114.07, 15),
    ("North Yorkshire Moors Railway", 54.33, -0.75, 16),
    ("Rauma Line", 62.35, 8.25, 48),
]


def _load(session: Session, gazetteer: Path) -> DemoReport:
    with writing(session):
        return load_demo(session, open_gazetteer(gazetteer))


@pytest.fixture
def demo(session: Session, gazetteer_path: Path) -> Session:
    _load(session, gazetteer_path)
    return session


def _route(session: Session, slug: str = SLUG, as_of: date | None = None) -> FilmRoute:
    production = production_by_slug(session, slug)
    assert production is not None
    return film_route(session, production, as_of=as_of, today=TODAY)


def _line(route: FilmRoute) -> list[list[str]]:
    """Answer the clusters of the only lane, each stop as its place, grade and status."""
    (lane,) = route.route.lanes
    return [[_stop(route, stop.id) for stop in cluster.stops] for cluster in lane.clusters]


def _stop(route: FilmRoute, shoot_id: int) -> str:
    known = route.shoots[shoot_id]
    return f"{known.place.name} {known.knowledge.grade.value} {known.knowledge.status.word}"


def test_as_known_on_5_october_2020_rome_is_next_after_norway(demo: Session) -> None:
    route = _route(demo, as_of=date(2020, 10, 5))
    assert _line(route) == [["Rauma B wrapped", "Stranda B wrapped"], ["Rome A planned"]]
    (leg,) = route.route.lanes[0].legs
    assert (leg.planned, leg.certain) == (True, False)
    assert "the director’s post says Rome is next" in leg.why
    (rome,) = (k for k in route.shoots.values() if k.place.name == "Rome")
    assert rome.knowledge.period.start.edtf == "2020-10~"
    assert rome.knowledge.period.end.is_unknown
    # Called off by then, and off the line: Venice in February, and the bridge in Poland.
    assert [_stop(route, ghost.shoot.id) for ghost in route.ghosts] == [
        "Venice D cancelled",
        "Pilchowice railway bridge D cancelled",
    ]
    assert (route.rumours, route.route.undated) == ((), ())


def test_today_the_route_goes_from_leavesden_to_the_quarry_and_stands_in_rome_twice(demo: Session) -> None:
    route = _route(demo)
    assert _line(route) == [
        ["Leavesden Studios D wrapped"],
        ["Rauma B wrapped", "Stranda B wrapped"],
        ["Rome C wrapped"],
        ["Venice C wrapped"],
        ["Piazza Venezia C wrapped"],
        ["Abu Dhabi D wrapped", "Longcross Studios D planned"],
        ["Levisham C wrapped"],
        ["Darlton Quarry, Stoney Middleton B wrapped"],
    ]
    assert [_stop(route, ghost.shoot.id) for ghost in route.ghosts] == [
        "Venice D cancelled",
        "Pilchowice railway bridge D cancelled",
    ]
    assert (route.route.undated, route.route.contradictions) == ((), ())
    assert route.route.lanes[0].unit == "unknown"


def test_the_two_ends_in_venice_stand_side_by_side(demo: Session) -> None:
    route = _route(demo)
    (venice,) = (k for k in route.shoots.values() if k.place.name == "Venice" and k not in route.ghosts)
    (contradiction,) = venice.knowledge.contradictions
    assert (contradiction.field, contradiction.shown.edtf, contradiction.other.edtf) == (
        "end",
        "2020-11",
        "2020-10-23",
    )
    assert venice.knowledge.period.start.edtf == "2020-10-21"


def test_norway_is_shown_beside_rauma_and_stranda_and_raises_nothing(demo: Session) -> None:
    route = _route(demo, as_of=date(2020, 10, 5))
    for known in route.shoots.values():
        if known.place.country == "NO":
            assert (known.knowledge.source_count, known.knowledge.root_count) == (5, 1)
            norway = demo.get(Place, known.place.within_id)
            assert norway is not None
            assert (norway.name, norway.kind) == ("Norway", "country")


def test_the_seventh_film_is_found_by_all_its_names(demo: Session) -> None:
    assert [slug_of_title(demo, s) for s in (SLUG, "mission-impossible-7", "mi7", "libra")] == [SLUG] * 4


def test_every_place_lies_where_it_is(demo: Session) -> None:
    places = {place.name: place for place in demo.scalars(select(Place))}
    assert places.keys() == {name for name, *_ in _PLACES} | {"Norway"}
    astray = {
        name: (places[name].lat, places[name].lon)
        for name, lat, lon, within_km in _PLACES
        if distance_m(_point(places[name]), Point(lat, lon)) > within_km * 1000
    }
    assert astray == {}


def _point(place: Place) -> Point:
    assert place.lat is not None
    assert place.lon is not None
    return Point(place.lat, place.lon)


def test_a_place_that_plays_another_says_so(demo: Session) -> None:
    played = demo.execute(
        select(Place.name, Shoot.story_place)
        .join(Place, Shoot.place_id == Place.id)
        .where(Shoot.story_place != "")
    )
    assert sorted(tuple(row) for row in played) == [
        ("Buena Vista", "An embassy"),
        ("Dunsfold Aerodrome", "Miami airport"),
        ("Modřany Studios", "An embassy"),
        ("North Yorkshire Moors Railway", "A German railway of the 1940s"),
        ("Pilchowice railway bridge", "Switzerland"),
        ("Prague Airport", "Miami airport"),
        ("Rauma", "Austrian Alps"),
        ("Rauma Line", "The railway around Åndalsnes in 1940"),
        ("Stranda", "Austrian Alps"),
        ("University College London", "A library in France"),
        ("Villa La Gaeta", "A clinic"),
    ]


@pytest.mark.parametrize(("slug", "stops"), [("casino-royale", 10), ("inception", 7)])
def test_the_other_films_are_a_line_of_single_stops(demo: Session, slug: str, stops: int) -> None:
    line = _line(_route(demo, slug))
    assert [len(cluster) for cluster in line] == [1] * stops


def test_loading_again_adds_nothing(demo: Session, gazetteer_path: Path) -> None:
    counted = [
        select(func.count()).select_from(table) for table in (Shoot, Place, PartnerRole, Change, Revision)
    ]
    before = [demo.scalar(count) for count in counted]
    report = _load(demo, gazetteer_path)
    assert [demo.scalar(count) for count in counted] == before
    assert (report.productions, report.added, report.already, report.unlocated) == (5, 0, 31, [])


def test_each_film_is_one_change_of_the_installation_itself(demo: Session) -> None:
    changes = demo.execute(select(Change.comment, Change.author_id).order_by(Change.id))
    assert [tuple(row) for row in changes] == [
        ("Demo: where Mission: Impossible – Dead Reckoning Part One was shot", None),
        ("Demo: where Casino Royale was shot", None),
        ("Demo: where Inception was shot", None),
        ("Demo: where Indiana Jones and the Dial of Destiny was shot", None),
        ("Demo: where Gulltransporten was shot", None),
    ]


def test_the_scouts_first_question_has_an_answer(demo: Session) -> None:
    """A working railway, in which month, what did it play, and who gave permission."""
    asked = PlaceFilter(today=TODAY, kind=PlaceKind.RAILWAY)
    assert [place.name for place in page_of_places(demo, asked)] == [
        "North Yorkshire Moors Railway",
        "Rauma Line",
    ]
    (railway,) = page_of_places(
        demo, replace(asked, country="GB", month=6, certainly=True, plays="german railway")
    )
    (shoot,) = fitting_shoots(demo, asked, [railway.id])[railway.id]
    (role,) = roles_for(demo, [shoot])[shoot.id]
    assert (role.partner.name, role.words) == (
        "North Yorkshire Moors Railway",
        "probably gave permission",
    )
    assert page_of_places(demo, replace(asked, partner_id=role.partner_id)) == [railway]
    (mountains,) = page_of_places(demo, replace(asked, country="NO", month=5, certainly=True))
    assert (mountains.name, mountains.kind) == ("Rauma Line", PlaceKind.RAILWAY)


def test_words_on_a_scene_are_told_from_the_day_on_which_they_were_known(demo: Session) -> None:
    (square,) = demo.scalars(select(Shoot).join(Place).where(Place.name == "Piazza Venezia"))
    assert square.scene_known_from == date(2020, 11, 29)
    for shoot in demo.scalars(select(Shoot).where(Shoot.scene_known_from.is_not(None))):
        assert shoot.scene
