"""A place that is obscured or private is given away by no page that speaks of it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import film, moderator, owner, place, say, shoot, source
from tests.web.visitors import Visitor, signed_in
from tracker.extensions import db
from tracker.foundation.dates import parse_bound
from tracker.history.recording import change
from tracker.places.editing import set_whereabouts
from tracker.places.merging import hide_merged
from tracker.places.models import Privacy
from tracker.productions.evidence import Relation
from tracker.productions.models import Status
from tracker.productions.operations import cite_order
from tracker.productions.partnering import PartnerDraft, RoleDraft, add_role, find_or_add_partner
from tracker.productions.partners import Help, PartnerKind
from tracker.sightings.merging import MergeKind, merge_rows

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
POSITION = ("62.5671", "7.6871", "62.567", "7.687")
NAME = "Storgata 4"


def lived_in(privacy: Privacy) -> list[str]:
    """Add a home of a film, contradicted, helped, ordered and merged; answer every page that tells of it."""
    production = film(db.session, "The Train", year=2021)
    home = place(db.session, NAME, 62.5671, 7.6871, country="NO", municipality="Rauma")
    double = place(db.session, f"{NAME}, Rauma", 62.5671, 7.6871, country="NO", municipality="Rauma")
    here = shoot(db.session, production, home)
    away = shoot(db.session, production, place(db.session, "Rome", 41.9, 12.5))
    diary, paper = (source(db.session, title, published="2021-01-01") for title in ("Diary", "Paper"))
    for who, day in ((diary, "2020-09-01"), (paper, "2020-09-09")):
        say(db.session, who, here, Status.CONFIRMED, day, day, story_place=f"Land of {who.title}")
    with change(db.session, by=None, comment="Told"):
        production.released = parse_bound("2021-05-01")
        cite_order(db.session, away, Relation.AFTER, here, diary, words="next")
        railway = find_or_add_partner(db.session, PartnerDraft(name="Bane", kind=PartnerKind.RAILWAY))
        add_role(db.session, railway, production, RoleDraft(help=Help.RAILWAY), shoot=here, source=diary)
    desk = moderator(db.session)
    owner(db.session)
    made = merge_rows(db.session, MergeKind.PLACE, survivor_id=home.id, loser_id=double.id, by=desk)
    with change(db.session, by=desk, comment="Somebody lives there") as hidden:
        set_whereabouts(db.session, home, privacy=privacy)
        hide_merged(db.session, home, privacy)
    return [
        "/contradictions",
        "/productions/the-train/contradictions",
        "/productions/the-train",
        "/productions/the-train?as_of=2021-02-01",
        "/productions/the-train/route.json",
        "/productions/the-train.geojson",
        f"/places/{home.id}-x",
        f"/places/{home.id}-x.geojson",
        f"/places/{double.id}-storgata-4-rauma",
        "/places",
        "/places?plays=Land&month=9&sure=perhaps",
        f"/places?partner={railway.id}",
        "/places?q=Storgata",
        "/partners",
        f"/partners/{railway.id}-bane",
        f"/sources/{diary.id}",
        "/changes",
        f"/changes?place={home.id}",
        *(f"/changes/{number}" for number in (*range(1, 4), made.id, hidden.id)),
        f"/shoots/{here.id}/sources/new",
        f"/shoots/{away.id}/orders/new",
        f"/shoots/{here.id}/edit",
        "/productions/the-train/partners",
        "/search?q=Storgata",
    ]


@pytest.mark.parametrize("privacy", [Privacy.OBSCURED, Privacy.PRIVATE])
def test_no_page_gives_away_where_a_hidden_place_is(app: Flask, privacy: Privacy) -> None:
    with app.app_context():
        pages = lived_in(privacy)
        db.session.commit()
    secrets = (*POSITION, NAME, "storgata")
    for visitor in (Visitor(app), signed_in(app, "Ingrid")):
        for address in pages:
            answer = visitor.client.get(address, follow_redirects=True)
            given = answer.text.replace("q=Storgata", "").replace('value="Storgata"', "").replace(address, "")
            led = " ".join(one.headers.get("Location", "") for one in answer.history)
            assert [one for one in secrets if one in f"{given} {led}"] == [], address


def test_what_is_likely_one_is_for_moderators_alone(app: Flask) -> None:
    with app.app_context():
        lived_in(Privacy.PRIVATE)
        db.session.commit()
    assert Visitor(app).get("/moderation/duplicates").status_code in (302, 303)
    assert signed_in(app, "Ingrid").get("/moderation/duplicates").status_code == 403
    assert signed_in(app, "Ingrid").get("/moderation/merges/place/2/into/1").status_code == 403
