"""Every error of the API is a problem; limits are told; pages of other sites may read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.api.asking import Api
from tests.serving import application
from tracker.config import Settings

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/nothing", 404),
        ("GET", "/api/v1/places/999999999999999999999", 404),
        ("GET", "/api/v1/productions/No%20Slug%00", 404),
        ("DELETE", "/api/v1/productions", 405),
        ("GET", "/api/v1/productions?limit=0", 400),
        ("GET", "/api/v1/productions?colour=blue", 400),
        ("GET", "/api/v1/shoots?place=one&place=two", 400),
        ("GET", "/api/v1/map/cells", 400),
        ("GET", "/api/v1/map/cells?bbox=0,50,10,40", 422),
        ("POST", "/api/v1/sightings", 401),
    ],
)
def test_errors_are_problems_that_name_value_and_remedy(
    client: FlaskClient, method: str, address: str, status: int
) -> None:
    answer = client.open(address, method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = answer.get_json()
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert problem["title"] and problem["detail"]
    if status == 405:
        assert "GET" in answer.headers["Allow"]
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_body_that_is_no_json_or_too_large_is_a_problem(client: FlaskClient, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    asked = client.post("/api/v1/sightings", data="title=A", headers=headers)
    assert (asked.status_code, asked.mimetype) == (415, "application/problem+json")
    for content, status in ((b"{", 400), (b"[]", 400), (b'"' + b"x" * (3 << 20) + b'"', 413)):
        answer = client.post(
            "/api/v1/sightings", data=content, headers=headers, content_type="application/json"
        )
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_limits_are_told_and_too_many_requests_are_a_problem(settings: Settings) -> None:
    with application(replace(settings, limits=True)) as (app, _):
        client = app.test_client()
        first = client.get("/api/v1/productions")
        assert first.headers["X-RateLimit-Limit"] == "300"
        assert first.headers["X-RateLimit-Remaining"] == "299"
        answers = [client.get("/api/v1/productions").status_code for _ in range(300)]
        assert answers == [200] * 299 + [429]
        refused = client.get("/api/v1/productions")
        assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
        assert int(refused.headers["Retry-After"]) > 0


def test_pages_of_other_sites_may_read_but_not_write(client: FlaskClient) -> None:
    answer = client.get("/api/v1/productions", headers={"Origin": "https://other.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    preflight = client.options("/api/v1/productions", headers={"Origin": "https://other.example"})
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    posted = client.post("/api/v1/sightings", json={}, headers={"Origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in posted.headers


def test_the_page_of_the_documentation_lists_every_endpoint_without_scripts(client: FlaskClient) -> None:
    api, page = Api(client), client.get("/api/docs")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    for path, operations in api.document["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in page.text
