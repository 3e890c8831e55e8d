"""Geocoding without a network: an offline gazetteer that is also a geopy geocoder."""

from tracker.geocoding.candidates import Answer, Candidate
from tracker.geocoding.gazetteer import Gazetteer, open_gazetteer
from tracker.geocoding.resolve import resolve
from tracker.geocoding.whereabouts import Whereabouts

__all__ = ["Answer", "Candidate", "Gazetteer", "Whereabouts", "open_gazetteer", "resolve"]
