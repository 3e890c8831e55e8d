"""route.json: the derived route in the shape that other programs rely on."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film, film_case, place, say, shoot, source
from tracker.extensions import db
from tracker.foundation.clock import today


@pytest.fixture
def slug(app: Flask) -> str:
    """The film of the case, in the database."""
    with app.app_context():
        case = film_case(db.session)
        db.session.commit()
        return case.slug


def outline(route: dict[str, Any]) -> dict[str, Any]:
    """The route with stops as names and legs as (from, to, certain, planned)."""

    def names(stops: list[dict[str, Any]]) -> list[str]:
        return [f"{s['place']['name']} {s['status']} {s['grade']}" for s in stops]

    return {
        "as_of": route["as_of"],
        "today": route["today"],
        "lanes": [
            {
                "unit": lane["unit"],
                "clusters": [(c["ordered"], names(c["stops"])) for c in lane["clusters"]],
                "legs": [(g["from"], g["to"], g["certain"], g["planned"]) for g in lane["legs"]],
                "floaters": lane["floaters"],
            }
            for lane in route["lanes"]
        ],
        "undated": names(route["undated"]),
        "ghosts": names(route["ghosts"]),
        "unsettled": names(route["unsettled"]),
        "contradictions": [(c["kind"], c["words"]) for c in route["contradictions"]],
    }


def test_as_known_on_5_october_2020_rome_is_planned_after_a_pair_whose_order_is_unknown(
    client: FlaskClient, slug: str
) -> None:
    route = client.get(f"/productions/{slug}/route.json?as_of=2020-10-05").get_json()
    assert outline(route) == {
        "as_of": "2020-10-05",
        "today": False,
        "lanes": [
            {
                "unit": "unknown",
                "clusters": [
                    (False, ["Rauma wrapped B", "Stranda wrapped B"]),
                    (True, ["Rome planned A"]),
                ],
                "legs": [(0, 1, False, True)],
                "floaters": [],
            }
        ],
        "undated": [],
        "ghosts": [],
        "unsettled": [],
        "contradictions": [],
    }


def test_today_the_route_has_eight_steps_two_of_them_bracketed_and_a_ghost(
    client: FlaskClient, slug: str
) -> None:
    route = client.get(f"/productions/{slug}/route.json").get_json()
    assert outline(route) == {
        "as_of": today().isoformat(),
        "today": True,
        "lanes": [
            {
                "unit": "unknown",
                "clusters": [
                    (True, ["Leavesden wrapped D"]),
                    (False, ["Rauma wrapped B", "Stranda wrapped B"]),
                    (True, ["Rome wrapped C"]),
                    (True, ["Venice wrapped C"]),
                    (True, ["Piazza Venezia wrapped C"]),
                    (False, ["Abu Dhabi wrapped D", "Longcross planned D"]),
                    (True, ["Levisham wrapped C"]),
                    (True, ["Stoney Middleton wrapped C"]),
                ],
                "legs": [
                    (0, 1, True, False),
                    (1, 2, True, False),
                    (2, 3, True, False),
                    (3, 4, True, False),
                    (4, 5, False, False),
                    (5, 6, False, False),
                    (6, 7, False, False),
                ],
                "floaters": [],
            }
        ],
        "undated": [],
        "ghosts": ["Venice cancelled D"],
        "unsettled": [],
        "contradictions": [
            ("dates", "Venice: when did it end? Nov 2020 by Report on Venice, 23 Oct 2020 by Codelist.")
        ],
    }


def test_a_stop_and_a_leg_have_the_agreed_keys(client: FlaskClient, slug: str) -> None:
    route = client.get(f"/productions/{slug}/route.json?as_of=2020-10-05").get_json()
    rome = route["lanes"][0]["clusters"][1]["stops"][0]
    assert {key: rome[key] for key in rome if key not in ("shoot", "why_grade")} == {
        "place": {
            "name": "Rome",
            "kind": "town",
            "country": "IT",
            "lat": 41.89,
            "lon": 12.48,
            "uncertainty_m": 12000,
        },
        "start": {"text": "2020-10~", "edtf": "2020-10~", "earliest": "2020-10-01", "latest": "2020-10-31"},
        "end": {"text": "2020-10~", "edtf": "2020-10~", "earliest": "2020-10-01", "latest": "2020-10-31"},
        "anchor": ["2020-10-01", "2020-10-31"],
        "status": "planned",
        "grade": "A",
        "sources": 1,
        "plays": [],
        "scene": "",
        "in_film": "unknown",
    }
    assert rome["why_grade"] == "Official: stated by Christopher McQuarrie."
    (leg,) = route["lanes"][0]["legs"]
    assert {key: leg[key] for key in leg if key != "distance_m"} == {
        "from": 0,
        "to": 1,
        "days": [0, None],
        "certain": False,
        "planned": True,
        "why": "likely: the director’s post says Rome is next; a date is approximate",
    }
    # From the nearer of the two, Stranda; a road atlas's ruler gives the same.
    assert abs(leg["distance_m"] - 2_301_000) < 2_000


def test_a_future_day_and_today_give_todays_view(client: FlaskClient, slug: str) -> None:
    now_known = client.get(f"/productions/{slug}/route.json").get_json()
    assert client.get(f"/productions/{slug}/route.json?as_of=2199-01-01").get_json() == now_known


def test_what_fits_between_several_steps_floats_and_what_has_no_date_is_undated(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        production = film(db.session, "Floating")
        report = source(db.session, "A report")
        for name, start, end in (
            ("First", "2021-01-01", "2021-01-01"),
            ("Second", "2021-01-10", "2021-01-10"),
            ("Third", "2021-01-20", "2021-01-20"),
            ("Fourth", "2021-01-30", "2021-01-30"),
            ("Floater", "2021-01-05/2021-01-25", "2021-01-25"),
            ("Undated", "", ""),
        ):
            where = place(db.session, name, 50.0 + len(name), 5.0)
            say(db.session, report, shoot(db.session, production, where), start=start, end=end)
        db.session.commit()
    route = client.get("/productions/floating/route.json").get_json()
    (lane,) = route["lanes"]
    assert [[s["place"]["name"] for s in c["stops"]] for c in lane["clusters"]] == [
        ["First"],
        ["Second"],
        ["Third"],
        ["Fourth"],
    ]
    assert [(f["stop"]["place"]["name"], f["after"], f["before"]) for f in lane["floaters"]] == [
        ("Floater", [0], [3])
    ]
    assert [s["place"]["name"] for s in route["undated"]] == ["Undated"]
    assert route["undated"][0]["anchor"] == [None, None]


def test_an_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient, slug: str) -> None:
    for path in (f"/productions/{slug}/route.json", f"/productions/{slug}.geojson"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
