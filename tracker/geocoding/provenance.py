"""Whose data a place of the gazetteer is, told by the beginning of its id."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """The origin of a place in words, and the licence under which its position may be used."""

    origin: str
    licence: str


_GEONAMES = Provenance("GeoNames", "GeoNames, CC BY 4.0")
_BY_PREFIX = {
    "landmark": Provenance("this project", "CC0"),
    "airport": Provenance("airportsdata", "airportsdata, MIT"),
    "station": Provenance("Deutsche Bahn", "Deutsche Bahn, CC BY 4.0, through db-stations (ISC)"),
}


def provenance_of(place_id: str) -> Provenance:
    """Return the provenance of a stable id such as "airport:PRG"; GeoNames' have no prefix of theirs."""
    return _BY_PREFIX.get(place_id.partition(":")[0], _GEONAMES)
