"""Fixtures of the API's tests: the film case with an account and its token."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import film_case, owner
from tests.web.conftest import quick_passwords
from tracker.accounts.tokens import Scope, make_token
from tracker.extensions import db

__all__ = ["quick_passwords"]


@pytest.fixture
def token(app: Flask) -> str:
    """The film case is recorded; answer a token of Ingrid's that may do everything."""
    with app.app_context():
        film_case(db.session)
        _, secret = make_token(db.session, owner(db.session), name="Test", scopes=list(Scope))
        db.session.commit()
    return secret
