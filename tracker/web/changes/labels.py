"""The columns of the record as people call them, and which of them everybody may read in the history."""

from __future__ import annotations

# table: {column: label}. What is not here is not shown: positions that are not public, keys, counters.
# The parts of a date are one field; see `change_fields`.
LABELS: dict[str, dict[str, str]] = {
    "production": {"title": "Title", "kind": "Kind", "year": "Year", "released": "Released"},
    "title": {"text": "Title", "kind": "Kind of title", "language": "Language"},
    "production_identifier": {"scheme": "Database", "value": "Number there"},
    "place": {
        "name": "Name",
        "kind": "Kind",
        "municipality": "Municipality",
        "region": "Region",
        "country": "Country",
        "public_lat": "Latitude",
        "public_lon": "Longitude",
        "public_uncertainty_m": "Exact to (metres)",
        "privacy": "Privacy",
        "provider": "Position from",
        "within_id": "Lies in",
    },
    "shoot": {
        "production_id": "Film",
        "place_id": "Place",
        "unit": "Unit",
        "start": "Began",
        "end": "Ended",
        "status": "Status",
        "grade": "Grade",
        "scene": "What was shot",
        "scene_known_from": "Known since",
        "story_place": "Plays",
        "interior_exterior": "Inside or outside",
        "day_night": "Day or night",
        "spoiler": "Spoiler level",
        "in_film": "In the film",
        "note": "Note",
        "refuted_reason": "Refuted because",
    },
    "citation": {
        "stance": "Stance",
        "manner": "States or implies",
        "shows": "Shows",
        "status": "Status it gives",
        "start": "Began, as it says",
        "end": "Ended, as it says",
        "speaks_of_id": "Place it names",
        "quote": "Quote",
        "story_place": "It plays, as it says",
        "in_film": "In the film, as it says",
        "locator": "Where in it",
        "note": "Note",
        "closed_reason": "Closed because",
    },
    "partner": {
        "name": "Name",
        "kind": "Kind",
        "country": "Country",
        "address": "Postal address",
        "site": "Site",
    },
    "partner_role": {
        "partner_id": "Partner",
        "help": "What it did",
        "manner": "States or implies",
        "source_id": "Source",
        "note": "Note",
    },
    "attested_day": {"day": "Day of work"},
    "order_citation": {
        "stance": "Stance",
        "relation": "Relation",
        "manner": "States or implies",
        "words": "In words",
        "closed_reason": "Closed because",
    },
    "source": {
        "title": "Title",
        "kind": "Kind",
        "author": "Author",
        "outlet": "Outlet",
        "address": "Address",
        "archive_address": "Archived copy",
        "published": "Published",
        "captured_on": "Read on",
        "language": "Language",
        "by_cast": "By the cast",
        "repeats_id": "Counts as",
        "passes_on_id": "Repeats",
        "note": "Note",
    },
    "settlement": {"reason": "Both stand because"},
    "distinct_pair": {"reason": "Not one because"},
    # Where the camera stood is told by no history: its place may be hidden since.
    "photo": {
        "state": "State",
        "place_id": "Place",
        "shoot_id": "Stop",
        "role": "Then or now",
        "author": "Taken by",
        "licence": "Licence",
        "source_address": "Published at",
        "alt": "What can be seen",
        "taken": "Taken",
        "spoiler": "Spoiler level",
        "opened": "Shown although its place is hidden",
    },
    "unattributed_sighting": {
        "production_id": "Film",
        "number": "Number at its source",
        "category": "Category",
        "place_text": "Place, as its source says",
        "start": "Began",
        "end": "Ended",
        "status": "Status it gives",
        "note": "Note",
    },
}
TABLES = tuple(LABELS)

# What a row belongs to: part of its name, and shown as a field only where that changed, as by a merge.
MOVED: dict[str, dict[str, str]] = {
    "production": {"merged_into_id": "Merged into"},
    "title": {"production_id": "Film"},
    "production_identifier": {"production_id": "Film"},
    "place": {"merged_into_id": "Merged into"},
    "shoot": {"merged_into_id": "Merged into"},
    "citation": {"shoot_id": "Stop", "source_id": "Source", "merged_into_id": "Merged into"},
    "partner_role": {"production_id": "Film", "shoot_id": "Stop"},
    "attested_day": {"citation_id": "Citation"},
    "order_citation": {
        "production_id": "Film",
        "shoot_id": "Stop",
        "other_id": "Other stop",
        "source_id": "Source",
        "merged_into_id": "Merged into",
    },
    "source": {"merged_into_id": "Merged into"},
    "settlement": {"production_id": "Film"},
}

# What a reader may narrow the history to: (value, word, tables).
KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("film", "Films and titles", ("production", "title", "production_identifier")),
    ("shoot", "Shoots", ("shoot",)),
    ("place", "Places", ("place",)),
    ("evidence", "Citations and days", ("citation", "attested_day", "order_citation", "settlement")),
    ("source", "Sources", ("source",)),
    ("partner", "Partners", ("partner", "partner_role")),
    ("distinct", "What is not one", ("distinct_pair",)),
    ("photo", "Photos", ("photo",)),
    ("permit", "Permits without a title", ("unattributed_sighting",)),
)

NOUNS = {
    "production": "Film",
    "title": "Title",
    "production_identifier": "Number elsewhere",
    "place": "Place",
    "shoot": "Shoot",
    "citation": "Citation",
    "partner": "Partner",
    "partner_role": "Help",
    "attested_day": "Day of work",
    "order_citation": "Order",
    "source": "Source",
    "settlement": "Settled contradiction",
    "distinct_pair": "Not one",
    "photo": "Photo",
    "unattributed_sighting": "Permit without a title",
}

# What would give away where a place is that is obscured or private, today or at any time before.
WHEREABOUTS = frozenset({"public_lat", "public_lon", "public_uncertainty_m", "provider", "within_id"})
# All that may be read of a place that is private.
OF_PRIVATE = frozenset({"municipality", "country", "privacy"})
# All that may be read of a photo that not everybody may see.
OF_HIDDEN_PHOTO = frozenset({"state", "role"})
# What may tell the story of a film.
TELLING = frozenset(
    {"scene", "story_place", "note", "quote", "refuted_reason", "closed_reason", "words", "reason"}
)
DATES = frozenset({"start", "end", "released", "published", "taken"})
ENUMS = frozenset(
    {
        "kind",
        "unit",
        "status",
        "stance",
        "manner",
        "shows",
        "relation",
        "privacy",
        "help",
        "in_film",
        "role",
    }
)
