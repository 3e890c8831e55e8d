"""What the maps' own GeoJSON carries beside what they draw: dates, grade, sources and licence."""

from __future__ import annotations

from typing import Any

from tracker.exchange.exporting.film import rows_of_film
from tracker.exchange.exporting.geojson import travelling
from tracker.exchange.exporting.reading import Selection, latest_rows
from tracker.exchange.exporting.rows import LICENCE_ADDRESS
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.places.models import Place
from tracker.routes.film import FilmRoute
from tracker.web.exports.sending import site

Json = dict[str, Any]
_CARRIED = ("start_edtf", "end_edtf", "cited", "credit", "licence")


def with_evidence(found: Json, film: FilmRoute) -> Json:
    """Add to each stop of a film's collection what goes with it wherever it goes."""
    rows = {row.shoot: row for row in rows_of_film(film, (), today())}
    for feature in found["features"]:
        row = rows.get(feature["properties"].get("shoot", 0))
        if row is not None and feature["properties"]["role"] != "area":
            carried = travelling(row, site())
            feature["properties"] |= {name: carried[name] for name in _CARRIED}
    return {"license": LICENCE_ADDRESS, **found}


def with_shoots(found: Json, place: Place) -> Json:
    """Add to a place's collection the shoots there that changed last."""
    rows = latest_rows(db.session, Selection(place_id=place.id), today=today())
    return {"license": LICENCE_ADDRESS, "shoots": [travelling(row, site()) for row in rows], **found}
