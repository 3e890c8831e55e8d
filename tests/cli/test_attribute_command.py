"""`flask attribute`: permits without a title become evidence for a production."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.exchange.tables import run_import, table_file
from tracker.cli.attributing import attribute_command
from tracker.places.models import Place
from tracker.productions.models import Grade, Production, Shoot, Status
from tracker.sightings.unattributed import UnattributedSighting

PERMITS = """EventID,StartDateTime,EndDateTime,Category,ZipCode(s)
7001,3/13/19 4:00,3/13/19 11:00,Television,10036
7002,3/13/19 7:00,3/14/19 21:00,Film,11209
7003,4/20/19 7:00,4/21/19 21:00,Film,11209
"""


@pytest.fixture
def permits(app: Flask, gazetteer_path: Path, tmp_path: Path) -> None:
    assert gazetteer_path.is_file()
    assert run_import(app, table_file(tmp_path, PERMITS)).exit_code == 0


@pytest.mark.usefixtures("permits")
def test_permits_that_a_rule_finds_become_shoots_of_the_production(app: Flask, database: Engine) -> None:
    runner = app.test_cli_runner()
    rule = ["The Long Train", "--place", "Brooklyn", "--to", "2019-03-31"]
    listed = runner.invoke(attribute_command, [*rule, "--dry-run"])
    assert [line.split("  ")[0] for line in listed.output.splitlines()] == ["Film 7002"]
    result = runner.invoke(attribute_command, rule)
    assert result.exit_code == 0, result.output
    with Session(database) as session:
        shoot = session.scalars(select(Shoot)).one()
        assert (shoot.status, shoot.grade) == (Status.PERMITTED, Grade.A)
        assert (shoot.start.edtf, shoot.end.edtf) == ("2019-03-13", "2019-03-14")
        assert session.get_one(Place, shoot.place_id).name == "Brooklyn"
        assert session.scalars(select(Production.title)).all() == ["The Long Train"]
        left = select(UnattributedSighting.number).where(UnattributedSighting.production_id.is_(None))
        assert sorted(session.scalars(left)) == ["7001", "7003"]
    again = runner.invoke(attribute_command, rule)
    assert again.exit_code == 1
    assert "No sightings without a production fit" in again.output


@pytest.mark.usefixtures("permits")
@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_without_a_condition_nothing_is_attributed(app: Flask) -> None:
    result = app.test_cli_runner().invoke(attribute_command, ["The Long Train"])
    assert result.exit_code == 2
    assert "Say which sightings" in result.output
