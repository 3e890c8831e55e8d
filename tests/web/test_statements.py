"""Pages of the record ask the database as often, however much there is to tell."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film, place, shoot, source
from tests.web.test_film_page import counted
from tracker.extensions import db
from tracker.foundation.dates import Period, parse_bound
from tracker.history.recording import change
from tracker.productions.evidence import Manner, Relation
from tracker.productions.models import Status
from tracker.productions.operations import CitationDraft, cite, cite_order
from tracker.productions.partnering import PartnerDraft, RoleDraft, add_role, find_or_add_partner
from tracker.productions.partners import Help, PartnerKind

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def filmed(stops: int) -> dict[str, str]:
    """Add a film with so many stops at one place and as many elsewhere, all told by one source."""
    title = f"Film of {stops}"
    production = film(db.session, title)
    here = place(db.session, f"Town {stops}", 60.0 + stops, 7.0)
    diary = source(db.session, f"Diary {stops}", published="2021-06-01")
    with change(db.session, by=None, comment="Many") as made:
        railway = find_or_add_partner(
            db.session, PartnerDraft(name=f"Railway {stops}", kind=PartnerKind.RAILWAY)
        )
        last = None
        for number in range(stops):
            for where in (here, place(db.session, f"Place {stops} {number}", 1.0 + number, 5.0)):
                day = parse_bound(f"2021-03-{number + 1:02}")
                draft = CitationDraft(
                    status=Status.CONFIRMED, period=Period(day, day), story_place=f"Land {number}"
                )
                one = shoot(db.session, production, where)
                cite(db.session, one, diary, draft)
                helped = RoleDraft(help=Help.RAILWAY, manner=Manner.IMPLIES)
                add_role(db.session, railway, production, helped, shoot=one, source=diary)
                if last is not None:
                    cite_order(db.session, one, Relation.AFTER, last, diary, words="after")
                last = one
    return {
        "film": f"/productions/{production.slug}",
        "film then": f"/productions/{production.slug}?as_of=2021-07-01",
        "place": f"/places/{here.id}-x",
        "place then": f"/places/{here.id}-x?as_of=2021-07-01",
        "source": f"/sources/{diary.id}",
        "partner": f"/partners/{railway.id}-x",
        "change": f"/changes/{made.id}",
        "changes": f"/changes?production={production.slug}",
        "contradictions": f"/productions/{production.slug}/contradictions",
    }


def test_many_stops_citations_orders_and_partners_take_no_more_statements_than_few(
    app: Flask, client: FlaskClient
) -> None:
    sent: dict[str, list[int]] = {}
    with app.app_context():
        addresses = [filmed(2), filmed(12)]
        db.session.commit()
        engine = db.engine
    for of_size in addresses:
        for name, short in of_size.items():
            address = client.get(short).headers.get("Location", short)
            with counted(engine) as statements:
                assert client.get(address).status_code == 200, address
            sent.setdefault(name, []).append(len(statements))
    assert {name: counts for name, counts in sent.items() if counts[0] != counts[1]} == {}
    assert max(counts[1] for counts in sent.values()) <= 20
