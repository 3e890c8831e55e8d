"""Short words in which the tests speak of answers."""

from __future__ import annotations

from tracker.geocoding import Answer, Candidate
from tracker.geocoding.sphere import distance_m


def the_pin(answer: Answer) -> Candidate:
    """Answer the pin; fail when there is none."""
    assert answer.pin is not None, f"{answer.query!r} got no pin"
    return answer.pin


def told(answer: Answer) -> tuple[str, str, str]:
    """Answer name, kind and country of the pin, which must be plain: neither ambiguous nor approximate."""
    pin = the_pin(answer)
    assert (answer.ambiguous, pin.approximate) == (False, False)
    return pin.name, pin.kind, pin.country


def contains(candidate: Candidate, lat: float, lon: float) -> bool:
    """Tell whether the point lies within the candidate's uncertainty."""
    return distance_m(lat, lon, candidate.lat, candidate.lon) <= candidate.uncertainty_m
