"""What a sighting's own words and numbers give away: a home, the sea, a link older than what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from tracker.foundation.dates import perhaps_within
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point, distance_m
from tracker.places.models import PlaceKind
from tracker.places.privacy import public_name
from tracker.productions.models import Shoot, Status, Unit
from tracker.sightings.findings import Finding, Gravity
from tracker.sightings.models import Sighting
from tracker.sources.links import read_link

OnLand = Callable[[Point], bool]

FASTEST_KMH = 900
_HOME = re.compile(
    r"\b(?:(?:my|his|her|their|our|private|family|parents[’']?|neighbou?r[’']?s?|whose|[’']s)\s+"
    r"(?:own\s+)?(?:home|house|flat|apartment|villa|garden|farm|cottage)"
    r"|residence|lives?\s+(?:here|there)|home\s+of|home\s+address)\b",
    re.IGNORECASE,
)
# Kinds of places that nobody lives in.
_PUBLIC_KINDS = frozenset(PlaceKind) - {PlaceKind.POINT, PlaceKind.BUILDING, PlaceKind.STREET}


def point_of(sighting: Sighting) -> Point | None:
    """Answer the point that a sighting's sender chose, None without one."""
    if sighting.place_lat is None or sighting.place_lon is None:
        return None
    return Point(sighting.place_lat, sighting.place_lon)


def home(sighting: Sighting) -> Finding:
    """Say whether the words speak of somebody's home: then nothing exact is shown before somebody looked."""
    typed = " ".join((sighting.place_text, sighting.place_name, sighting.note))
    found = _HOME.search(typed)
    if found is None or (sighting.place_kind in _PUBLIC_KINDS and sighting.place_gazetteer_id is not None):
        return Finding("Home", "No words of a private home.")
    return Finding("Home", f"Says “{found[0]}”: it may be where somebody lives.", gravity=Gravity.PRIVATE)


def at_sea(sighting: Sighting, on_land: OnLand | None) -> list[Finding]:
    """Say whether the point lies in the sea; nothing where no outlines are at hand."""
    here = point_of(sighting)
    if here is None or on_land is None or sighting.place_kind is PlaceKind.WATER:
        return []
    if on_land(here):
        return [Finding("Ground", "On land.")]
    return [Finding("Sea", "The pin lies in the open sea.", gravity=Gravity.CONTRADICTS)]


def age_of_link(sighting: Sighting, today: date) -> list[Finding]:
    """Compare the day that an address tells of itself with what it is said to show."""
    if not sighting.address:
        return []
    try:
        day = read_link(sighting.address, today=today).day
    except InvalidValueError:
        return []
    if day is None:
        return [Finding("Source age", "The address does not say when it appeared.")]
    first = sighting.start.earliest
    if sighting.status is Status.CONFIRMED and first is not None and day < first:
        words = f"The link is of {day:%-d %B %Y}, older than the work it is said to show."
        return [Finding("Source age", words, gravity=Gravity.CONTRADICTS)]
    return [Finding("Source age", f"{day:%-d %B %Y}, not older than what it tells.")]


def speed(sighting: Sighting, shoots: Sequence[Shoot]) -> list[Finding]:
    """Say how fast the film would have had to move, at the least, between this and its other dated stops.

    As in the route: over all days that both may cover, and not where other units may have worked.
    """
    here, first, last = point_of(sighting), sighting.start.earliest, sighting.end.latest
    if here is None or first is None or last is None:
        return []
    hops = [
        (distance_m(here, Point(lat, lon)) / 1000 / (24 * (_days_over(shoot, first, last) + 1)), shoot)
        for shoot in shoots
        if (lat := shoot.place.public_lat) is not None
        and (lon := shoot.place.public_lon) is not None
        and shoot.unit in (Unit.MAIN, Unit.UNKNOWN)
        and shoot.start.earliest is not None
        and shoot.end.latest is not None
    ]
    if not hops:
        return []
    fastest, shoot = max(hops, key=lambda hop: (hop[0], -hop[1].id))
    words = f"{round(fastest):,} km/h at the least from or to {public_name(shoot.place)}."
    too_fast = fastest > FASTEST_KMH
    return [
        Finding(
            "Speed",
            words if too_fast else f"No hop faster than {FASTEST_KMH} km/h.",
            gravity=Gravity.CONTRADICTS if too_fast else Gravity.NOTHING,
        )
    ]


def same_days(sighting: Sighting, shoots: Sequence[Shoot], *, far_m: float) -> list[Finding]:
    """Say that the film surely worked far away on the very day."""
    here, first, last = point_of(sighting), sighting.start.earliest, sighting.end.latest
    if here is None or first is None or first != last:
        return []
    for shoot in shoots:
        lat, lon = shoot.place.public_lat, shoot.place.public_lon
        day = shoot.start.earliest
        if lat is None or lon is None or day != first or shoot.end.latest != day:
            continue
        away = distance_m(here, Point(lat, lon))
        if away > far_m and perhaps_within(shoot.period, first, last):
            where = f"{public_name(shoot.place)}, {round(away / 1000):,} km away"
            words = f"On that very day the film was at {where}."
            return [Finding("Two places", words, gravity=Gravity.CONTRADICTS)]
    return []


def _days_over(shoot: Shoot, first: date, last: date) -> int:
    """Answer the most days that may lie between the two: what is vague is given the benefit of the doubt."""
    start, end = shoot.start.earliest or first, shoot.end.latest or last
    return max(abs((end - first).days), abs((last - start).days))
