"""Words in what people write that are no names: nowhere in particular, near something, streets and sights."""

from __future__ import annotations

import re
from importlib.resources import files


def _listed(file_name: str) -> frozenset[str]:
    text = files("tracker.geocoding").joinpath("data", file_name).read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


UNPLACEABLE = _listed("unplaceable.txt")
STREET_WORDS = _listed("street_words.txt")
CODES_THAT_ARE_WORDS = _listed("code_words.txt")
ARTICLES = frozenset(("the", "a", "an", "some", "le", "la", "il", "der", "die", "das", "el"))

# What follows one of these is where the first thing is found.
NEAR_WORDS = re.compile(
    r"\b(?:near to|near|nearby|close to|outside of|outside|not far from|in the vicinity of|next to)\b",
    re.IGNORECASE,
)

# Words around a town's name that mean somewhere at that town.
VICINITY_BEFORE = re.compile(
    r"^(?:(?:the )?(?:old town|old city|historic cent(?:re|er)|city cent(?:re|er)|outskirts|suburbs|streets"
    r"|port|harbou?r|cent(?:re|er)) of|streets in|downtown|central|greater|inner|around) (?=\S)"
)
VICINITY_AFTER = re.compile(
    r"(?<=\S) (?:(?:international |domestic |regional )?(?:airport|aerodrome)"
    r"|(?:central |main |railway |train )*station|hauptbahnhof|old town|city cent(?:re|er)|town cent(?:re|er)"
    r"|downtown|suburbs?|outskirts|area|metropolitan area|streets|harbou?r|port|docks|town hall|city hall"
    r"|rathaus|university|zoo)$"
)
