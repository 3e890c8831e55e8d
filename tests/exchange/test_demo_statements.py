"""Mission: Impossible 7 in the demo, one test for each statement about it that sources make or deny."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.databases import SqliteTemplate
from tracker.exchange.demo import load_demo
from tracker.foundation.database import prepare_sqlite, writing
from tracker.geocoding.gazetteer import open_gazetteer
from tracker.productions.partner_queries import roles_of_production
from tracker.productions.queries import production_by_slug
from tracker.routes.film import FilmRoute, KnownShoot, film_route

SLUG = "mission-impossible-dead-reckoning-part-one"
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def demo(
    sqlite_template: SqliteTemplate, gazetteer_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """The demo, loaded once: these tests only read."""
    with sqlite_template.copy(tmp_path_factory.mktemp("statements")) as url:
        engine = create_engine(url)
        prepare_sqlite(engine)
        with closing(Session(engine)) as session:
            with writing(session):
                load_demo(session, open_gazetteer(gazetteer_path))
            yield session
        engine.dispose()


def known_on(demo: Session, day: str = "") -> FilmRoute:
    production = production_by_slug(demo, SLUG)
    assert production is not None
    return film_route(demo, production, as_of=date.fromisoformat(day) if day else None, today=TODAY)


def at(route: FilmRoute, name: str) -> list[KnownShoot]:
    return [known for known in route.shoots.values() if known.place.name.startswith(name)]


def dates(known: KnownShoot) -> tuple[str, str]:
    period = known.knowledge.period
    return period.start.edtf, period.end.edtf


@pytest.mark.parametrize("name", ["Rauma", "Stranda"])
def test_the_norwegian_leg_ended_about_5_october_and_is_implied_by_thanks(demo: Session, name: str) -> None:
    (known,) = at(known_on(demo), name)
    assert (known.place.country, known.place.kind.value) == ("NO", "municipality")
    assert dates(known) == ("2020-08/2020-10", "2020-10-05~")
    assert known.knowledge.grade.value == "B"
    assert "an official source implies it" in known.knowledge.assessment.why


def test_thanks_name_the_norwegian_partners_and_imply_their_help(demo: Session) -> None:
    production = production_by_slug(demo, SLUG)
    assert production is not None
    roles = roles_of_production(demo, production.id)
    norwegian = {
        (role.partner.name, role.words, role.source.author if role.source else "")
        for role in roles
        if role.partner.country == "NO"
    }
    director = "Christopher McQuarrie, director"
    assert norwegian == {
        ("Norwegian Film Incentive", "probably paid an incentive", director),
        ("Norwegian Railway Museum", "probably helped as museum", director),
        ("Rauma municipality", "probably gave permission", director),
        ("Stranda municipality", "probably gave permission", director),
    }


def test_rome_has_two_periods(demo: Session) -> None:
    route = known_on(demo)
    assert [dates(known) for known in at(route, "Rome")] == [("2020-10-06", "2020-10-20~")]
    assert [dates(known) for known in at(route, "Piazza Venezia")] == [("2020-11-29", "2020-11-29")]


def test_venice_was_called_off_in_february_and_shot_in_october(demo: Session) -> None:
    route = known_on(demo)
    assert [(dates(k)[0], k.knowledge.status.value) for k in at(route, "Venice")] == [
        ("2020-02", "cancelled"),
        ("2020-10-21", "wrapped"),
    ]
    (in_march,) = at(known_on(demo, "2020-03-01"), "Venice")
    assert in_march.knowledge.status.value == "cancelled"


def test_the_polish_bridge_was_planned_and_then_called_off(demo: Session) -> None:
    def status(day: str) -> list[str]:
        return [known.knowledge.status.value for known in at(known_on(demo, day), "Pilchowice")]

    assert [status(day) for day in ("2020-07-30", "2020-07-31", "2020-09-29", "2020-09-30", "")] == [
        [],
        ["planned"],
        ["planned"],
        ["cancelled"],
        ["cancelled"],
    ]


def test_when_the_bridge_was_to_be_shot_two_sources_say_differently(demo: Session) -> None:
    (bridge,) = at(known_on(demo), "Pilchowice")
    assert [(c.field, c.shown.edtf, c.other.edtf) for c in bridge.knowledge.contradictions] == [
        ("start", "2020-08", "2021-04")
    ]


def test_norway_plays_the_austrian_alps_for_one_source_and_the_swiss_for_another(demo: Session) -> None:
    (rauma,) = at(known_on(demo), "Rauma")
    assert [(answer.value, answer.by.title.split(":")[0]) for answer in rauma.knowledge.plays] == [
        ("Austrian Alps", "Mission"),
        ("Swiss Alps", "How “Dead Reckoning” pulled off that epic train scene"),
    ]
    (before,) = at(known_on(demo, "2020-10-05"), "Rauma")
    assert (before.knowledge.plays, before.knowledge.is_play_cited) == ((), True)


def test_norway_is_in_the_film(demo: Session) -> None:
    for name in ("Rauma", "Stranda"):
        (known,) = at(known_on(demo), name)
        assert [answer.value for answer in known.knowledge.in_film] == ["in_the_film"]


def test_levisham_lent_its_railway(demo: Session) -> None:
    (levisham,) = at(known_on(demo), "Levisham")
    assert (levisham.place.country, dates(levisham)) == ("GB", ("2021-04-20~", "2021-04~"))
    production = production_by_slug(demo, SLUG)
    assert production is not None
    helped = [r for r in roles_of_production(demo, production.id) if r.shoot_id == levisham.shoot.id]
    assert {role.partner.name for role in helped} == {
        "North Yorkshire Moors Railway",
        "Office of Rail and Road",
    }


def test_the_train_crashed_into_darlton_quarry_on_20_august_2021(demo: Session) -> None:
    (quarry,) = at(known_on(demo), "Darlton Quarry")
    assert quarry.knowledge.attested == (date(2021, 8, 20),)
    assert quarry.knowledge.grade.value == "B"
    assert quarry.shoot.scene == "Wreck of a train"


def test_abu_dhabi_was_done_by_february_2021_by_the_directors_word(demo: Session) -> None:
    (known,) = at(known_on(demo), "Abu Dhabi")
    assert dates(known) == ("2021-01/2021-02", "2021-02~")
    assert known.knowledge.grade.value == "D"


def test_longcross_is_only_planned(demo: Session) -> None:
    (known,) = at(known_on(demo), "Longcross")
    assert (known.knowledge.status.value, dates(known)) == ("planned", ("2021-01~", ".."))


def test_every_source_but_the_four_posts_and_sky_has_its_address(demo: Session) -> None:
    sources = {c.source.title: c.source for k in known_on(demo).shoots.values() for c in k.citations}
    assert len([s for s in sources.values() if not s.address]) == 5
    assert {s.outlet for s in sources.values() if not s.address} == {"Instagram", "TikTok", "Sky TG24", ""}
