"""Airports and railway stations: where people arrive, under the names that they write.

Airports come from airportsdata (MIT), German stations from db-stations (ISC), which holds open data of
Deutsche Bahn (CC BY 4.0).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log10
from typing import Any

import airportsdata

from tracker.geocoding.folding import fold
from tracker.geocoding.words import CODES_THAT_ARE_WORDS, STREET_WORDS, UNPLACEABLE

_AIRPORT_RADIUS_M = 2_000
_INTERNATIONAL_RADIUS_M = 4_000
_STATION_RADIUS_M = 300
_MAIN_STATION_RADIUS_M = 500
_SHORTEST_BARE_NAME = 5
# What is left of an airport's name without its city tells nothing when it is made of these alone.
_GENERIC = frozenset(
    [
        "international",
        "regional",
        "municipal",
        "city",
        "executive",
        "county",
        "national",
        "north",
        "south",
        "east",
        "west",
        "central",
        "intl",
        "field",
        "air",
        "force",
        "base",
        "airfield",
        "airpark",
        "airport",
        "airstrip",
        "aerodrome",
        "memorial",
        "downtown",
        "main",
        "new",
        "old",
        "metropolitan",
        "heliport",
        "seaplane",
        "harbor",
        "harbour",
        "island",
        "lake",
        "river",
        "valley",
        "domestic",
        "private",
        "public",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "station",
        "reserve",
        "naval",
        "army",
        "area",
        "of",
        "the",
        "and",
    ]
)
_ENDS_AS_AIRPORT = re.compile(r"\b(?:airport|aerodrome|airfield|airpark|airstrip|field|base|heliport)\b")
_ON_WATER = re.compile(r"\b(?:seaplane|heliport|helipad|water)\b")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_MAIN_STATION = re.compile(r"\s+(?:Hbf|Hauptbahnhof)$")


@dataclass(frozen=True, slots=True)
class Terminal:
    """One airport or station.

    `names` are its own, `aliases` what it is also called, and `bare` what it is called only where no town or
    area is (a code of three letters, a part of its name). `lift` is added to half its city's standing.
    """

    ref: str
    kind: str
    name: str
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    bare: tuple[str, ...]
    country: str
    lat: float
    lon: float
    uncertainty_m: int
    city: str
    lift: float


def read_airports() -> list[Terminal]:
    """Return the airports that have an IATA code."""
    rows = airportsdata.load("IATA")
    per_city = Counter(
        (row["country"], fold(row["city"]))
        for row in rows.values()
        if not _ON_WATER.search(row["name"].casefold())
    )
    return [
        _airport(row, alone=per_city[row["country"], fold(row["city"])] == 1)
        for _, row in sorted(rows.items())
    ]


def read_stations(rows: Iterable[Mapping[str, Any]]) -> list[Terminal]:
    """Return the stations of db-stations' records."""
    return [_station(row) for row in rows if row.get("location") and row.get("name")]


def _airport(row: Mapping[str, Any], *, alone: bool) -> Terminal:
    name, city, code = row["name"].strip(), row["city"].strip(), row["iata"]
    international = "international" in name.casefold()
    titled = name if _ENDS_AS_AIRPORT.search(name.casefold()) else f"{name} Airport"
    own = {titled, _without_international(titled)}
    aliases = {f"{code} Airport", f"{code} International Airport" if international else ""}
    if city and fold(city) not in fold(name):
        own.add(f"{city} {_without_international(titled)}")
    if city and alone:
        aliases |= {f"{city} Airport", f"{city} International Airport" if international else ""}
    bare = {code} if international and fold(code) not in CODES_THAT_ARE_WORDS else set()
    short = _beside_the_city(name, city)
    if short:
        aliases.add(f"{short} Airport")
        bare |= {short, f"{city} {short}".strip()}
    return Terminal(
        ref=f"airport:{code}",
        kind="airport",
        name=titled,
        names=tuple(sorted(own)),
        aliases=tuple(sorted(aliases - own - {""})),
        bare=tuple(sorted(bare)),
        country=row["country"],
        lat=row["lat"],
        lon=row["lon"],
        uncertainty_m=_INTERNATIONAL_RADIUS_M if international else _AIRPORT_RADIUS_M,
        city=city,
        lift=1.2 if international else 0.5,
    )


def _without_international(name: str) -> str:
    return " ".join(re.sub(r"\b(?:international|intl)\b", " ", name, flags=re.IGNORECASE).split())


def _beside_the_city(name: str, city: str) -> str:
    """Return "Heathrow" of "London Heathrow Airport", "Flesland" of "Bergen Airport Flesland", or ""."""
    words = [word for word in re.split(r"[\s/–-]+", name) if word]
    count = len(city.split())
    at_the_city = bool(city) and fold(" ".join(words[:count])) == fold(city)
    rest = [
        word
        for word in words[count if at_the_city else 0 :]
        if fold(word) not in {"airport", "international", "intl"}
    ]
    folded = [fold(word) for word in rest]
    short = " ".join(rest)
    # A name without the city may be somebody's: only a single word is a place's ("Malpensa").
    tells = (
        (at_the_city or len(rest) == 1) and bool(folded) and not set(folded) <= _GENERIC and _is_a_name(short)
    )
    return short if tells and len(short) >= _SHORTEST_BARE_NAME else ""


def _station(row: Mapping[str, Any]) -> Terminal:
    name = " ".join(row["name"].split())
    plain = _BRACKETS.sub("", name)
    town = _MAIN_STATION.sub("", plain)
    main = town != plain
    if main:
        own = [name, plain, f"{town} Hauptbahnhof", f"{town} main station", f"{town} central station"]
        aliases = [f"Hauptbahnhof {town}", f"{town} station", f"{town} main railway station"]
        bare: list[str] = []
    else:
        own = [f"{plain} station", f"Bahnhof {plain}", f"{name} station"]
        aliases = [f"{plain} Bahnhof", f"{plain} railway station", f"{plain} train station"]
        bare = [name] if _is_a_name(name) else []
    return Terminal(
        ref=f"station:{row['id']}",
        kind="station",
        name=name if main or "bahnhof" in fold(name) else f"{name} station",
        names=tuple(dict.fromkeys(own)),
        aliases=tuple(aliases),
        bare=tuple(bare),
        country="DE",
        lat=row["location"]["latitude"],
        lon=row["location"]["longitude"],
        uncertainty_m=_MAIN_STATION_RADIUS_M if main else _STATION_RADIUS_M,
        city="",
        lift=log10(max(float(row.get("weight") or 0), 10.0)),
    )


def _is_a_name(text: str) -> bool:
    folded = fold(text)
    return folded not in UNPLACEABLE and not set(folded.split()) <= STREET_WORDS
