"""What speaks against a sighting, and what was looked at without finding anything: for whoever decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.foundation.dates import describe, perhaps_within
from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.places.privacy import public_name
from tracker.productions.models import Production, Shoot, Status
from tracker.productions.queries import citations_of, shoots_of
from tracker.sightings.doubts import OnLand, age_of_link, at_sea, home, same_days, speed
from tracker.sightings.findings import Finding, Gravity
from tracker.sightings.models import Sighting
from tracker.sources.models import Source
from tracker.sources.operations import find_source

FAR_M = 500_000
# Farther apart than any one place is wide.
NAMESAKE_M = 100_000
WEEKS = timedelta(days=21)


def plausibility(
    session: Session,
    sighting: Sighting,
    production: Production | None,
    *,
    today: date,
    on_land: OnLand | None = None,
) -> list[Finding]:
    """Look at place, date, distance and source of a sighting; without `on_land` not at the sea."""
    shoots = shoots_of(session, production.id) if production else []
    source = find_source(session, sighting.address) if sighting.address else None
    return [
        _film(sighting, production),
        home(sighting),
        _place(sighting),
        *at_sea(sighting, on_land),
        *_date(sighting, production, today),
        *_namesake(sighting, shoots),
        _distance(sighting, shoots),
        *same_days(sighting, shoots, far_m=FAR_M),
        *speed(sighting, shoots),
        _source(session, sighting, source, shoots),
        *age_of_link(sighting, today),
    ]


def _film(sighting: Sighting, production: Production | None) -> Finding:
    if production is None:
        return Finding("Film", f"“{sighting.production_title}” is new to the record. Accepting adds it.")
    return Finding("Film", f"Known as {production.title}.")


def _place(sighting: Sighting) -> Finding:
    if sighting.place_lat is None:
        return Finding(
            "Place",
            f"“{sighting.place_text}” has no pin. It would be listed as not located.",
            gravity=Gravity.AGAINST,
        )
    if sighting.place_gazetteer_id is None:
        return Finding("Place", "A pin set by the sender.")
    return Finding("Place", "Chosen by the sender from the gazetteer.")


def _date(sighting: Sighting, production: Production | None, today: date) -> list[Finding]:
    period = sighting.period
    first = period.start.earliest
    if not period.start.is_known and not period.end.is_known:
        return [Finding("Date", "No date. It would be listed beside the map.", gravity=Gravity.AGAINST)]
    if first is not None and first > today and sighting.status is Status.CONFIRMED:
        return [
            Finding(
                "Date", f"“Work was done”, but {describe(period)} lies ahead.", gravity=Gravity.CONTRADICTS
            )
        ]
    released = production.released if production else None
    if released is not None and released.latest is not None and first is not None and first > released.latest:
        return [
            Finding("Date", f"After the release, {released.latest:%-d %B %Y}.", gravity=Gravity.CONTRADICTS)
        ]
    before = ", before the release" if released is not None and released.is_known else ""
    return [Finding("Date", f"Not in the future{before}." if first and first <= today else "As planned.")]


def _distance(sighting: Sighting, shoots: Sequence[Shoot]) -> Finding:
    if sighting.place_lat is None or sighting.place_lon is None:
        return Finding("Distance", "Not known without a pin.")
    here = Point(sighting.place_lat, sighting.place_lon)
    first, last = sighting.start.earliest, sighting.end.latest
    if first is None or last is None:
        return Finding("Distance", "Without both a first and a last day there is nothing to compare.")
    around = [
        (distance_m(here, Point(shoot.place.public_lat, shoot.place.public_lon)), public_name(shoot.place))
        for shoot in shoots
        if shoot.place.public_lat is not None
        and shoot.place.public_lon is not None
        and perhaps_within(shoot.period, first - WEEKS, last + WEEKS)
    ]
    if not around:
        return Finding("Distance", "No other stop of those weeks to compare with.")
    metres, name = min(around)
    if metres < 1000:
        return Finding("Distance", f"At {name}, a stop of those weeks.")
    words = f"{round(metres / 1000):,} km from {name}, the nearest of the film’s stops of those weeks."
    return Finding("Distance", words, gravity=Gravity.CONTRADICTS if metres > FAR_M else Gravity.NOTHING)


def _namesake(sighting: Sighting, shoots: Sequence[Shoot]) -> list[Finding]:
    """Say that the film has a stop of that name somewhere else: the commonest way to be wrong."""
    if sighting.place_lat is None or sighting.place_lon is None:
        return []
    here = Point(sighting.place_lat, sighting.place_lon)
    names = {fold(sighting.place_name), fold(sighting.place_text)}
    away = [
        distance_m(here, Point(shoot.place.public_lat, shoot.place.public_lon))
        for shoot in shoots
        if shoot.place.public_lat is not None
        and shoot.place.public_lon is not None
        and fold(public_name(shoot.place)) in names
    ]
    if not away or min(away) <= NAMESAKE_M:
        return []
    words = f"Another {sighting.place_name}, {round(min(away) / 1000):,} km away, is a stop of this film."
    return [Finding("Namesake", words, gravity=Gravity.CONTRADICTS)]


def _source(session: Session, sighting: Sighting, source: Source | None, shoots: Sequence[Shoot]) -> Finding:
    if not sighting.address:
        return Finding(
            "Source", "Nothing that others can open: it would be graded E, rumour.", gravity=Gravity.AGAINST
        )
    if source is None:
        return Finding("Source", "An address that is new to the record.")
    by_shoot = citations_of(session, [shoot.id for shoot in shoots])
    cited = [
        public_name(s.place) for s in shoots if any(c.source_id == source.id for c in by_shoot.get(s.id, ()))
    ]
    names = f"already cited for {', '.join(dict.fromkeys(cited))}" if cited else "already in the record"
    repeat = " It only repeats another source." if source.repeats_id is not None else ""
    return Finding(
        "Source",
        f"“{source.title}” is {names}.{repeat}",
        gravity=Gravity.AGAINST if cited or repeat else Gravity.NOTHING,
    )
