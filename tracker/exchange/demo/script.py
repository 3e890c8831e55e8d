"""The demo's evidence file, read into typed values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tracker.exchange.locating import Wanted
from tracker.foundation.dates import UNKNOWN, DateBound, Period
from tracker.productions.evidence import Manner, Relation, Shows, Stance
from tracker.productions.models import InFilm, Status, TitleKind
from tracker.productions.operations import CitationDraft
from tracker.productions.partnering import PartnerDraft, RoleDraft
from tracker.productions.partners import Help, PartnerKind
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class SourceScript:
    """A source, by the key that the file calls it, and the key of the one that it repeats."""

    key: str
    draft: SourceDraft
    repeats: str


@dataclass(frozen=True, slots=True)
class CitationScript:
    """What a source says of the shoots that the timeline lists under these numbers."""

    seqs: tuple[int, ...]
    source: str
    draft: CitationDraft
    speaks_of: Wanted | None


@dataclass(frozen=True, slots=True)
class OrderScript:
    """A shoot, its relation to others, and the source that says so."""

    seq: int
    relation: Relation
    others: tuple[int, ...]
    source: str
    words: str


@dataclass(frozen=True, slots=True)
class PartnerScript:
    """Who helped the shoots that the timeline lists under these numbers, how, and the source that says so."""

    partner: PartnerDraft
    role: RoleDraft
    seqs: tuple[int, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ShootScript:
    """What was shot, and what the place plays."""

    seqs: tuple[int, ...]
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ProductionScript:
    """One production of the demo beyond its timeline."""

    title: str
    year: int
    released: DateBound
    titles: tuple[tuple[str, TitleKind], ...]
    # What other databases call it, by scheme.
    identifiers: tuple[tuple[str, str], ...]
    sources: tuple[SourceScript, ...]
    shoots: tuple[ShootScript, ...]
    citations: tuple[CitationScript, ...]
    orders: tuple[OrderScript, ...]
    partners: tuple[PartnerScript, ...]


def read_script() -> list[ProductionScript]:
    """Read the evidence file; a mistake in it is a KeyError or ValueError."""
    content = json.loads((FOLDER / "evidence.json").read_text(encoding="utf-8"))
    return [_production(entry) for entry in content["productions"]]


def _production(entry: Mapping[str, Any]) -> ProductionScript:
    return ProductionScript(
        title=entry["title"],
        year=entry["year"],
        released=_bound(entry["released"]),
        titles=tuple((title["text"], TitleKind(title["kind"])) for title in entry.get("titles", ())),
        identifiers=tuple(entry.get("identifiers", {}).items()),
        sources=tuple(_source(each) for each in entry["sources"]),
        shoots=tuple(_shoot(each) for each in entry.get("shoots", ())),
        citations=tuple(_citation(each) for each in entry.get("citations", ())),
        orders=tuple(_order(each) for each in entry.get("orders", ())),
        partners=tuple(_partner(each) for each in entry.get("partners", ())),
    )


def _source(entry: Mapping[str, Any]) -> SourceScript:
    draft = SourceDraft(
        kind=SourceKind(entry["kind"]),
        title=entry["title"],
        address=entry.get("address", ""),
        author=entry.get("author", ""),
        outlet=entry.get("outlet", ""),
        published=_bound(entry.get("published", "")),
        language=entry.get("language"),
        by_cast=entry.get("by_cast", False),
        note=entry.get("note", ""),
    )
    return SourceScript(entry["key"], draft, entry.get("repeats", ""))


def _shoot(entry: Mapping[str, Any]) -> ShootScript:
    columns: dict[str, Any] = {
        name: entry[name] for name in ("scene", "story_place", "note") if name in entry
    }
    if "scene_known_from" in entry:
        columns["scene_known_from"] = date.fromisoformat(entry["scene_known_from"])
    sides = [word for word, key in (("INT", "interior"), ("EXT", "exterior")) if entry.get(key)]
    if sides:
        columns["interior_exterior"] = "/".join(sides)
    return ShootScript(tuple(entry["seq"]), columns)


def _citation(entry: Mapping[str, Any]) -> CitationScript:
    draft = CitationDraft(
        stance=Stance(entry.get("stance", Stance.SUPPORTS)),
        manner=Manner(entry.get("manner", Manner.STATES)),
        shows=Shows(entry.get("shows", Shows.WORK)),
        status=Status(entry["status"]) if "status" in entry else None,
        period=Period(_bound(entry.get("start", "")), _bound(entry.get("end", ""))),
        quote=entry.get("quote", ""),
        note=entry.get("note", ""),
        attested=tuple(date.fromisoformat(day) for day in entry.get("attested", ())),
        story_place=entry.get("plays", ""),
        in_film=InFilm(entry["in_film"]) if "in_film" in entry else None,
    )
    named = entry.get("speaks_of")
    speaks_of = Wanted(named["place"], named["country"]) if named else None
    return CitationScript(tuple(entry["seq"]), entry["source"], draft, speaks_of)


def _order(entry: Mapping[str, Any]) -> OrderScript:
    return OrderScript(
        seq=entry["seq"],
        relation=Relation(entry["relation"]),
        others=tuple(entry["others"]),
        source=entry["source"],
        words=entry["words"],
    )


def _partner(entry: Mapping[str, Any]) -> PartnerScript:
    return PartnerScript(
        partner=PartnerDraft(
            name=entry["name"], kind=PartnerKind(entry["kind"]), country=entry.get("country", "")
        ),
        role=RoleDraft(
            help=Help(entry["help"]),
            manner=Manner(entry.get("manner", Manner.STATES)),
            note=entry.get("note", ""),
        ),
        seqs=tuple(entry["seq"]),
        source=entry["source"],
    )


def _bound(edtf: str) -> DateBound:
    return DateBound.from_edtf(edtf, edtf) if edtf else UNKNOWN
