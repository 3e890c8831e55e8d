"""Whatever a program sends, the API answers as it documents: schemathesis makes the requests.

Here it is a few of each kind for each operation; `make trust` sends 5,000. CASES sets how many of each kind.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.config._checks import PositiveDataAcceptanceConfig

from tests.cast import moderator
from tracker.accounts.tokens import Scope, make_token
from tracker.api.endpoints import ENDPOINTS, Endpoint
from tracker.extensions import db

CASES = int(os.environ.get("CASES", "8"))
pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.fixture
def schema(app: Flask, token: str) -> Any:
    loaded: Any = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    loaded.config.update(headers={"Authorization": f"Bearer {token}"})
    # What has the right shape may still be a date that cannot be, or a box on its head: that is 422; and
    # what is said already is 409.
    loaded.config.checks.positive_data_acceptance = PositiveDataAcceptanceConfig(
        expected_statuses=["2xx", "404", "409", "422"]
    )
    return loaded


@pytest.fixture
def moderators(app: Flask) -> dict[str, str]:
    """The header of a moderator, for what only moderators may."""
    with app.app_context():
        _, secret = make_token(db.session, moderator(db.session), name="Desk", scopes=list(Scope))
        db.session.commit()
    return {"Authorization": f"Bearer {secret}"}


def operation_of(schema: Any, endpoint: Endpoint) -> Any:
    """Answer the documented operation behind an endpoint."""
    for found in schema.get_all_operations():
        if found.ok().definition.raw["operationId"] == endpoint.name:
            return found.ok()
    raise AssertionError(f"{endpoint.name} is not documented")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_answer_is_as_documented(
    schema: Any, moderators: dict[str, str], endpoint: Endpoint, mode: GenerationMode
) -> None:
    operation = operation_of(schema, endpoint)
    if mode is GenerationMode.NEGATIVE and not (endpoint.takes.keys() & {"query", "body"}):
        mode = GenerationMode.POSITIVE

    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        case.call_and_validate(headers=moderators if endpoint.scope is Scope.MODERATE else None)

    holds()
