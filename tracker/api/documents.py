"""The documentation: as OpenAPI for programs, and as a page for people."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.answers import json_answer


@allow(Permission.READ)
def openapi() -> ResponseReturnValue:
    """Answer the OpenAPI description, generated from the endpoints."""
    from tracker.api.openapi import describe  # noqa: PLC0415 - it lists the endpoints, of which this is one

    return json_answer(describe(request.script_root), "application/json")


@allow(Permission.READ)
def page() -> ResponseReturnValue:
    """Show the endpoints; with scripts they can be tried out."""
    from tracker.api.openapi import described_endpoints  # noqa: PLC0415 - as above

    return render_template("api/docs.html", groups=described_endpoints())
