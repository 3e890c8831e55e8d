"""Geocoding without a network: an offline gazetteer that is also a geopy geocoder."""

from tracker.geocoding.candidates import Answer, Candidate
from tracker.geocoding.gazetteer import Gazetteer, open_gazetteer
from tracker.geocoding.resolve import resolve

__all__ = ["Answer", "Candidate", "Gazetteer", "open_gazetteer", "resolve"]
