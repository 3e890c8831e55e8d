"""A mapping: which column means what, where its places are, and what kind of source such a file is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from tracker.exchange.reading.days import DayOrder
from tracker.exchange.reading.tables import column_of
from tracker.foundation.errors import DataFileError, TrackerError
from tracker.productions.models import ProductionKind, Status
from tracker.sources.models import SourceKind

FIELDS = (
    "title",
    "year",
    "type",
    "place",
    "place_detail",
    "around",
    "country",
    "start",
    "end",
    "shot_year",
    "point",
    "lat",
    "lon",
    "number",
    "category",
    "scene",
    "story_place",
    "note",
    "address",
    "wikidata",
    "imdb",
)
SEVERAL = ("place", "place_detail", "around", "note", "point")
_TABLES = ("name", "label", "recognise", "columns", "places", "dates", "rows", "source", "kinds")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOf:
    """What an import of such a file is as a source."""

    kind: SourceKind = SourceKind.DATABASE
    title: str = ""
    address: str = ""
    outlet: str = ""
    licence: str = ""
    # Whether an authority lists here where it let people film: an address in it is nobody's home.
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesOf:
    """Where the places of such a file are. `within` holds them all; `prefixes` tell areas of postal codes."""

    within: str = ""
    country: str = ""
    split: str = ""
    # A part in brackets at the end is a note ("(studio)"), no part of the name.
    notes_in_brackets: bool = False
    # The detail (a street, a postal code) is finer than the place, which then is only the area around it.
    detail_is_finer: bool = False
    prefixes: Table[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How to read one kind of file. `columns` holds, by field, the keys of columns that may have it."""

    name: str
    label: str = ""
    recognised_by: tuple[str, ...] = ()
    columns: Table[str, tuple[str, ...]] = field(default_factory=dict)
    places: PlacesOf = PlacesOf()
    order: DayOrder | None = None
    status: Status = Status.CONFIRMED
    kind: ProductionKind = ProductionKind.FILM
    kinds: Table[str, ProductionKind] = field(default_factory=dict)
    # The cells are texts as they stand, as in our own files: no HTML, notes in brackets or words for nothing.
    literal: bool = False
    source: SourceOf = SourceOf()

    def fits(self, keys: Table[str, object] | tuple[str, ...]) -> bool:
        """Tell whether a file with these columns is of this kind."""
        return bool(self.recognised_by) and set(self.recognised_by) <= set(keys)

    def found_in(self, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """Answer the columns of a file by field; fields of a single column take the first that is there."""
        found: dict[str, tuple[str, ...]] = {}
        for name, columns in self.columns.items():
            there = tuple(column for column in columns if column in keys)
            if there:
                found[name] = there if name in SEVERAL else there[:1]
        return found


def built_in() -> Iterator[Mapping]:
    """Yield the mappings that come with this application, by name."""
    for file in sorted(resources.files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield parse(file.read_text(encoding="utf-8"), file.name)


def load(name_or_path: str) -> Mapping:
    """Answer a built-in mapping by name, or one from a TOML file. Raises DataFileError naming the mistake."""
    names = []
    for mapping in built_in():
        if mapping.name == name_or_path.casefold():
            return mapping
        names.append(mapping.name)
    path = Path(name_or_path)
    if path.is_file():
        return parse(path.read_text(encoding="utf-8"), path.name)
    raise DataFileError(
        f"There is no mapping {name_or_path!r}; write a TOML file or one of: timeline, {', '.join(names)}."
    )


def parse(text: str, name: str) -> Mapping:
    """Read a mapping. Raises DataFileError with the key and the remedy."""
    try:
        content = tomllib.loads(text)
        unknown = sorted(set(content) - set(_TABLES))
        if unknown:
            raise DataFileError(f"{name}: {unknown[0]!r} is not known; the keys are {', '.join(_TABLES)}.")
        return _mapping(content, name)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"{name} is not TOML: {error}.") from None
    except (TypeError, ValueError, AttributeError, TrackerError) as error:
        if isinstance(error, DataFileError):
            raise
        raise DataFileError(f"{name}: {error}. Correct that value.") from None


def _mapping(content: dict[str, Any], name: str) -> Mapping:
    columns = {}
    for key, value in content.get("columns", {}).items():
        if key not in FIELDS:
            raise DataFileError(f"{name}: there is no field {key!r}; write one of {', '.join(FIELDS)}.")
        columns[key] = tuple(column_of(one) for one in ([value] if isinstance(value, str) else value))
    rows, dates = content.get("rows", {}), content.get("dates", {})
    source = dict(content.get("source", {}))
    source["kind"] = SourceKind(source.get("kind", SourceKind.DATABASE))
    return Mapping(
        name=str(content.get("name", name.removesuffix(".toml"))).casefold(),
        label=str(content.get("label", "")),
        recognised_by=tuple(column_of(one) for one in content.get("recognise", {}).get("columns", ())),
        columns=columns,
        places=PlacesOf(**content.get("places", {})),
        order=DayOrder(dates["order"]) if "order" in dates else None,
        status=Status(rows.get("status", Status.CONFIRMED)),
        kind=ProductionKind(rows.get("kind", ProductionKind.FILM)),
        literal=bool(rows.get("literal", False)),
        kinds={key.casefold(): ProductionKind(value) for key, value in content.get("kinds", {}).items()},
        source=SourceOf(**source),
    )
