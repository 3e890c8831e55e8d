"""Ask the API, and hold every answer against what is documented of it."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

Json = dict[str, Any]


class Api:
    """A program that reads the documentation."""

    def __init__(self, client: FlaskClient, token: str = "") -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.document: Json = client.get("/api/openapi.json").get_json()

    def get(self, address: str, **headers: str) -> TestResponse:
        return self._asked("GET", address, headers)

    def post(self, address: str, body: Json, **headers: str) -> TestResponse:
        return self._asked("POST", address, headers, json=body)

    def delete(self, address: str) -> TestResponse:
        return self._asked("DELETE", address, {})

    def items(self, address: str) -> list[Json]:
        """Answer the items of a list, of all its pages."""
        found: list[Json] = []
        following: str | None = address
        while following:
            page = self.get(following).get_json()
            found += page["items"]
            following = page["next"]
        return found

    def _asked(self, method: str, address: str, headers: dict[str, str], **more: Any) -> TestResponse:
        address = address.removeprefix("http://localhost").removeprefix("/api/v1")
        answer = self.client.open(
            f"/api/v1{address}", method=method, headers={**self.headers, **headers}, **more
        )
        self._check(method, address, answer)
        return answer

    def _check(self, method: str, address: str, answer: TestResponse) -> None:
        operation = self._operation(method, f"/api/v1{address.partition('?')[0]}")
        responses = operation["responses"]
        documented = responses.get(str(answer.status_code), responses["default"])
        if "$ref" in documented:
            documented = self.document["components"]["responses"]["Problem"]
        if "content" not in documented:
            assert answer.data == b""
            return
        assert answer.mimetype in documented["content"], (answer.status_code, answer.text)
        schema = documented["content"][answer.mimetype]["schema"]
        Draft202012Validator({**schema, "components": self.document["components"]}).validate(
            answer.get_json()
        )

    def _operation(self, method: str, path: str) -> Json:
        for pattern, operations in self.document["paths"].items():
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path) and method.lower() in operations:
                found: Json = operations[method.lower()]
                return found
        raise AssertionError(f"{method} {path} is not documented")
