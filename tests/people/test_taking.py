"""What somebody takes along: all about himself, nothing that another could act with, nothing of others."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.cast import film_case, moderator, owner, stranger
from tracker.accounts.tokens import Scope, make_token
from tracker.foundation.dates import parse_period
from tracker.history.recording import change
from tracker.people.holdings import HOLDINGS
from tracker.people.taking import write_archive
from tracker.productions.operations import add_production
from tracker.sightings.models import Reason
from tracker.sightings.moderation import reject
from tracker.sightings.operations import SightingDraft, submit
from tracker.watching.operations import new_feed, watch


def taken(database: Engine, user_id: int) -> dict[str, Any]:
    whole = b"".join(write_archive(database, user_id))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        return {
            name: json.loads(archive.read(name)) if name.endswith(".json") else archive.read(name).decode()
            for name in archive.namelist()
        }


def test_everything_about_a_user_is_in_it(database: Engine, session: Session) -> None:
    ingrid, case = owner(session), film_case(session)
    draft = SightingDraft(production_title="=cmd()", place_text="Rauma", period=parse_period("2020"))
    sighting = submit(session, draft, by=ingrid)
    reject(session, sighting, by=moderator(session), reason=Reason.NO_SOURCE, words="Where from?")
    with change(session, by=ingrid, comment="Add another"):
        add_production(session, title="Another", year=2021)
    watch(session, ingrid, case.production)
    new_feed(session, ingrid)
    token, secret = make_token(session, ingrid, name="Phone", scopes=[Scope.CITE])
    session.commit()
    found = taken(database, ingrid.id)
    assert set(found) == {
        "README.txt",
        "edits.json",
        "sightings.csv",
        *(f"{holding.name}.json" for holding in HOLDINGS),
    }
    assert found["account.json"][0]["name"] == "Ingrid"
    assert [(row["place_text"], row["words"]) for row in found["sightings.json"]] == [
        ("Rauma", "Where from?")
    ]
    assert [row["name"] for row in found["tokens.json"]] == ["Phone"]
    assert [row["production_id"] for row in found["watched.json"]] == [case.production.id]
    assert "Another" in json.dumps(found["edits.json"])
    # No cell is run by a spreadsheet.
    rows = list(csv.DictReader(io.StringIO(found["sightings.csv"])))
    assert rows[0]["production_title"] == "'=cmd()"
    written = json.dumps(found)
    for secret_part in (secret, token.digest, ingrid.password_hash, ingrid.session_key):
        assert secret_part not in written


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_a_moderator_takes_decisions_along_and_not_what_others_sent(
    database: Engine, session: Session
) -> None:
    solveig = moderator(session)
    draft = SightingDraft(production_title="A Film", place_text="Secret Bay", period=parse_period("2020"))
    sighting = submit(session, draft, by=stranger(session))
    reject(session, sighting, by=solveig, reason=Reason.NO_SOURCE, words="Where from?")
    session.commit()
    found = taken(database, solveig.id)
    assert [row["words"] for row in found["sightings_decided.json"]] == ["Where from?"]
    assert found["sightings.json"] == []
    assert "Secret Bay" not in json.dumps({name: found[name] for name in found if name != "edits.json"})
    assert "Secret Bay" not in json.dumps(found["edits.json"])
