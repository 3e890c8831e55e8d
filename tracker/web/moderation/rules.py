"""What this instance allows on the desk."""

from __future__ import annotations

from flask import current_app

from tracker.config import Settings
from tracker.foundation.geo import Point
from tracker.sightings.doubts import OnLand
from tracker.web.frame.gazetteer import gazetteer

TAKES_TWO = "A second moderator decides about it. Until then everything stays as it is."


def alone() -> bool:
    """Say whether one person does it all here: may decide his own, and needs no second one."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.own_decisions


def on_land() -> OnLand | None:
    """Answer what tells land from sea; None while there is no gazetteer."""
    opened = gazetteer()
    if opened is None:
        return None

    def is_on_land(point: Point) -> bool:
        return not opened.locate(point.lat, point.lon).at_sea

    return is_on_land
