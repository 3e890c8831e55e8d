"""A leg of the route in one line: days, distance, how sure and why."""

from __future__ import annotations

from tracker.routes.legs import Leg


def leg_words(leg: Leg) -> str:
    """Answer "1 to 66 days · 2,320 km · likely: the director's post says Rome is next"."""
    when = "planned next" if leg.planned else days_words(*leg.days)
    return " · ".join(part for part in (when, distance_words(leg.distance_m), leg.why) if part)


def days_words(least: int | None, most: int | None) -> str:
    """Answer the days between two first working days in words; "" where neither limit says anything."""
    if most is None:
        return f"at least {_days(least)}" if least else ""
    if least == most:
        return "the same day" if most == 0 else _days(most)
    return f"{least} to {_days(most)}" if least else f"up to {_days(most)}"


def distance_words(metres: float | None) -> str:
    """Answer a distance no finer than places are known: whole tens of kilometres from 100 km on."""
    if metres is None:
        return "distance unknown"
    if metres < 1:
        return "the same place"
    if metres < 1000:
        return f"{round(metres)} m"
    km = metres / 1000
    if km < 10:
        return f"{km:.1f} km".replace(".0 km", " km")
    return f"{round(km) if km < 100 else round(km, -1):,.0f} km"


def _days(n: int) -> str:
    return "1 day" if n == 1 else f"{n} days"
