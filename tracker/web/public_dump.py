"""The whole public record as one file: what is in it, what one may do with it, and the file itself."""

from __future__ import annotations

from pathlib import Path

from flask import current_app, render_template, send_file
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.config import Settings
from tracker.exchange.dumping.offered import newest
from tracker.exchange.dumping.public import FOLDER
from tracker.exchange.dumping.public_rows import TABLES
from tracker.foundation.errors import NotFoundError
from tracker.web.frame.access import allow

_WHAT = {
    "productions": "Films, series and the rest, with the day of release",
    "titles": "All titles of each, working titles too",
    "identifiers": "What Wikidata, IMDb and TMDB call them",
    "places": "Places with the position that is public, and the outline of open ones",
    "shoots": "One production at one place over one period by one unit",
    "citations": "Which source supports, refutes or mentions a shoot, and what it asserts",
    "attested_days": "Days on which a citation proves work",
    "orders": "Which source says that one shoot came before or after another",
    "partner_roles": "Who did what for which production or shoot",
    "partners": "Municipalities, commissions, railways and others who helped",
    "sources": "What is cited: title, author, outlet, address, day",
}


@allow(Permission.READ)
def index() -> ResponseReturnValue:
    """Show the newest public dump, or say how the operator makes one."""
    offer = newest(_folder())
    rows = {one.table: one.listed.rows for one in offer.manifest.tables} if offer else {}
    tables = [(table.name, _WHAT[table.name], list(table.columns), rows.get(table.name)) for table in TABLES]
    return render_template("public_dump/index.html", offer=offer, tables=tables)


@allow(Permission.READ)
def archive() -> ResponseReturnValue:
    """Send the newest public dump, in parts if asked for, or 304 to whoever has it."""
    offer = newest(_folder())
    if offer is None:
        raise NotFoundError("There is no public dump yet. The page /data says how one is made.")
    response = send_file(
        offer.path,
        mimetype="application/zip",
        as_attachment=True,
        download_name=offer.path.name,
        etag=offer.sha256,
        last_modified=offer.saved_at,
    )
    response.cache_control.public = True
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _folder() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance_path / FOLDER
