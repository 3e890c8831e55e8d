"""Unreviewed sightings for the maps: one point for each wider area, beside the record, never part of it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app, url_for

from tracker.config import Settings
from tracker.foundation.geo import Point
from tracker.sightings.unreviewed import DelayRules, Spot, Unreviewed
from tracker.web.frame.gazetteer import gazetteer
from tracker.web.places.geojson import Json, feature


def delay_rules() -> DelayRules:
    """Answer this site's delay, and the gazetteer in which areas are looked up."""
    settings: Settings = current_app.config["SETTINGS"]
    return DelayRules(settings.sighting_delay_hours, gazetteer())


def unreviewed_features(spots: Sequence[tuple[Spot, Unreviewed]]) -> list[Json]:
    """Answer a point for each area with what nobody has looked at there."""
    by_area: dict[Spot, list[Unreviewed]] = {}
    for spot, one in spots:
        by_area.setdefault(spot, []).append(one)
    return [_feature(spot, some) for spot, some in by_area.items()]


def _feature(spot: Spot, some: Sequence[Unreviewed]) -> Json:
    properties = {
        "role": "unreviewed",
        "unreviewed": True,
        "name": spot.name,
        "uncertainty_m": spot.uncertainty_m,
        "sightings": [
            {
                "film": one.film,
                "dates": one.when,
                "url": url_for("productions.show", slug=one.slug, _anchor="unreviewed-title"),
            }
            for one in some
        ],
    }
    point = {"type": "Point", "coordinates": Point(spot.lat, spot.lon).position()}
    return feature(point, properties)
