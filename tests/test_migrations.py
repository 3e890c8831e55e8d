"""Migrations lead up and down again, with data, to exactly the schema that the models describe."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from tests import cast
from tracker.extensions import alembic, db
from tracker.history.recording import change
from tracker.productions.models import Production
from tracker.productions.queries import production_by_slug


def test_down_and_up_again_leaves_nothing_behind_and_the_schema_whole(app: Flask) -> None:
    with app.app_context():
        cast.film_case(db.session)
        db.session.commit()
        db.session.close()
        alembic.downgrade("base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        alembic.upgrade()
        assert alembic.compare_metadata() == []
        cast.film(db.session, "Inception", year=2010)
        db.session.commit()
        assert production_by_slug(db.session, "inception") is not None


def test_the_database_itself_refuses_what_no_operation_would_write(app: Flask) -> None:
    with (
        app.app_context(),
        pytest.raises(IntegrityError, match="ck_production_year_of_film"),
        change(db.session, by=None, comment="Wrong on purpose"),
    ):
        db.session.add(Production(slug="x", title="X", year=1066))
