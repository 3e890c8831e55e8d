"""The history speaks of every row in words, says where a merge moved it, and gives nothing away."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import film, moderator, place, say, shoot, source
from tests.web.reading import read
from tests.web.visitors import seen, signed_in
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import Base
from tracker.foundation.dates import parse_bound
from tracker.history.models import Change
from tracker.history.recording import Recorded, change
from tracker.productions.corrections import close_orders, settle
from tracker.productions.evidence import Relation
from tracker.productions.models import Status
from tracker.productions.operations import cite_order
from tracker.productions.partnering import PartnerDraft, RoleDraft, add_role, find_or_add_partner
from tracker.productions.partners import Help, PartnerKind
from tracker.routes.contradictions import contradictions_of
from tracker.routes.film import film_route
from tracker.sightings.merging import MergeKind, merge_rows
from tracker.web.changes.labels import DATES, KINDS, LABELS, MOVED, NOUNS

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)

# What waits for a moderator, or for its film, is no part of the record yet, and in no list of changes.
_OF_THE_DESK = {"sighting", "offered_citation"}
# The true position, which is not public; the shape, which the map shows; keys, and what names a row already.
_NOT_SHOWN = {
    "production": {"slug"},
    "title": {"slug", "key"},
    "production_identifier": set[str](),
    "place": {
        *("lat", "lon", "uncertainty_m", "geometry", "cell"),
        *("gazetteer_id", "slug", "name_key", "created_at"),
    },
    "shoot": {"source_order"},
    "citation": set[str](),
    "attested_day": set[str](),
    "order_citation": set[str](),
    "settlement": {"key", "about"},
    "distinct_pair": {"kind", "first_id", "second_id"},
    "partner": set[str](),
    "partner_role": set[str](),
    "source": {"address_key"},
    # Where the camera stood is told by no history; the rest names the file, or belongs to the desk.
    "photo": {
        *("lat", "lon", "uncertainty_m", "heading", "digest", "width", "height", "then_id"),
        *("sent_by_id", "sent_at", "decided_by_id", "decided_at", "words"),
    },
    # Its source is where it is listed.
    "unattributed_sighting": {"source_id"},
}


def recorded() -> dict[str, set[str]]:
    """Answer the columns that land in the history, dates of several columns as one, by table."""
    found: dict[str, set[str]] = {}
    for mapper in Base.registry.mappers:
        model = mapper.class_
        # Tests of the recording have tables of their own.
        if issubclass(model, Recorded) and model.__module__.startswith("tracker."):
            names = {attribute.columns[0].name for attribute in mapper.column_attrs}
            names -= {"id", *model.unrecorded}
            of_dates = {
                f"{date}_{part}": date for date in DATES for part in ("text", "edtf", "earliest", "latest")
            }
            found[str(mapper.local_table)] = {of_dates.get(name, name) for name in names}
    return {table: names for table, names in found.items() if table not in _OF_THE_DESK}


def test_every_column_of_every_recorded_table_has_a_label_or_a_reason_to_have_none() -> None:
    columns = recorded()
    labelled = {table: {*LABELS[table], *MOVED.get(table, {})} for table in columns}
    missing = {table: names - labelled[table] - _NOT_SHOWN[table] for table, names in columns.items()}
    assert {table: names for table, names in missing.items() if names} == {}
    assert set(LABELS) == set(NOUNS) == {table for _, _, tables in KINDS for table in tables} == set(columns)


@SQLITE
def test_a_merge_says_what_became_part_of_what_and_what_moved(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        desk = moderator(db.session)
        kept, other = place(db.session, "Rauma", 62.57, 7.69), place(db.session, "Rauma kommune", 62.56, 7.68)
        stop = shoot(db.session, film(db.session, "The Train"), other)
        post, again = source(db.session, "The post"), source(db.session, "The post again")
        say(db.session, again, stop)
        merges = [
            merge_rows(db.session, kind, survivor_id=into.id, loser_id=gone.id, by=desk).id
            for kind, into, gone in ((MergeKind.PLACE, kept, other), (MergeKind.SOURCE, post, again))
        ]
        db.session.commit()
    of_place, of_source = (read(client, f"/changes/{number}").words for number in merges)
    assert "Merged into Before: nothing After: Rauma" in of_place
    assert "Place Before: Rauma kommune After: Rauma" in of_place
    assert "Merged into Before: nothing After: The post" in of_source
    assert "Source Before: The post again After: The post" in of_source


@SQLITE
@pytest.mark.parametrize("spoiler", [1, 2])
def test_what_is_said_of_order_help_and_contradictions_tells_no_story_before_release(
    app: Flask, client: FlaskClient, spoiler: int
) -> None:
    secrets = ("after the hero dies", "for the burial", "the widow says both", "the ghost was wrong")
    with app.app_context():
        production = film(db.session, "The Train", year=2199)
        stops = [
            shoot(db.session, production, place(db.session, name, 60, 7)) for name in ("Fjord", "Bridge")
        ]
        diary, paper = source(db.session, "Diary"), source(db.session, "Paper")
        for who, day in ((diary, "2020-09-01"), (paper, "2020-09-09")):
            say(db.session, who, stops[0], Status.CONFIRMED, day, day)
        with change(db.session, by=None, comment="Told"):
            production.released = parse_bound("2199-01-01")
            for stop in stops:
                stop.spoiler = spoiler
            order = cite_order(
                db.session, stops[0], Relation.AFTER, stops[1], diary, words="after the hero dies"
            )
            railway = find_or_add_partner(
                db.session, PartnerDraft(name="Raumabanen", kind=PartnerKind.RAILWAY)
            )
            helped = RoleDraft(help=Help.RAILWAY, note="for the burial")
            add_role(db.session, railway, production, helped, shoot=stops[0])
            known = film_route(db.session, production, as_of=None, today=today())
            for conflict in contradictions_of(known):
                settle(db.session, production, conflict.about, reason="the widow says both")
        with change(db.session, by=None, comment="Closed"):
            close_orders(db.session, [order], reason="the ghost was wrong")
        moderator(db.session)
        db.session.commit()
        numbers = list(db.session.scalars(select(Change.id)))
    pages = [
        "/contradictions",
        "/productions/the-train/contradictions",
        "/productions/the-train",
        "/productions/the-train?as_of=2021-01-01",
        "/productions/the-train/route.json",
        "/productions/the-train.geojson",
        "/sources/1",
        "/sources/2",
        "/partners/1-raumabanen",
        "/places/1-fjord",
        "/changes",
        *(f"/changes/{number}" for number in numbers),
    ]
    solveig = signed_in(app, "Solveig")
    for address in pages:
        for text in (client.get(address).text, seen(solveig.get(address))):
            assert [secret for secret in secrets if secret in text] == [], address
