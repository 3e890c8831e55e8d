"""Work what an operator added into a gazetteer that is being written, row by row."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.geocoding import schema
from tracker.geocoding.added import Added, AddedRow
from tracker.geocoding.curated import Landmark
from tracker.geocoding.features import FEATURES
from tracker.geocoding.folding import fold
from tracker.geocoding.kindwords import bare_names
from tracker.geocoding.places import (
    NameRow,
    PlaceRow,
    landmark_names,
    names_of,
    other_names,
    town_uncertainty_m,
)
from tracker.geocoding.sourcefiles import Town
from tracker.geocoding.sphere import distance_m

_SAME_PLACE_M = 5_000.0
_SAME_AIRPORT_M = 3_000.0
_BATCH = 2_000
# Fewer people than anybody counted: a farm does not compete with a village.
_UNCOUNTED = 1.3
_AREA_CODES = {"A.ADM1": "region", "A.ADM2": "municipality"}
_FRESH = "CREATE TEMP TABLE fresh (folded TEXT, place INTEGER, weight INTEGER, own INTEGER)"
_SETTLED = "('town', 'municipality', 'region', 'country')"


def with_updates(towns: Sequence[Town], added: Added) -> list[Town]:
    """Return the listed towns, those that were added too as the dump has them."""
    at = {town.id: number for number, town in enumerate(towns)}
    updated = list(towns)
    for row in added.rows("P.%"):
        number = at.get(row.id)
        if number is not None:
            town = updated[number]
            updated[number] = replace(
                town,
                name=row.name,
                # The packages know which municipality a town is the seat of by its name and point.
                lat=town.lat if abs(town.lat - row.lat) < 1e-4 else row.lat,
                lon=town.lon if abs(town.lon - row.lon) < 1e-4 else row.lon,
                population=row.population or town.population,
                names=list(dict.fromkeys((*town.names, *row.alternate_names))),
                zone=row.zone or town.zone,
            )
    return updated


class Merger:
    """Write added rows into the tables `place` and `name`: areas first, then towns, then all else."""

    def __init__(self, connection: sqlite3.Connection, landmarks: Iterable[Landmark]) -> None:
        self._connection = connection
        self._areas: dict[str, int] = dict(
            connection.execute("SELECT ref, id FROM place WHERE kind IN ('region', 'municipality')")
        )
        self._countries = {row[0] for row in connection.execute("SELECT DISTINCT country FROM place")}
        self._curated: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for landmark in landmarks:
            for name in landmark_names(landmark):
                self._curated[fold(name)].append((landmark.lat, landmark.lon))
        self._airports = connection.execute("SELECT lat, lon FROM place WHERE kind = 'airport'").fetchall()

    def merge(self, added: Added, report: Callable[[float], None]) -> None:
        """Write all rows that the gazetteer does not hold yet; `report` hears the share done (0..1)."""
        total, done = max(added.count(), 1), 0
        self._connection.execute(_FRESH)
        for pattern in ("A.%", "P.%", "%"):
            for batch in _batches(added.rows(pattern)):
                rows = [row for row in batch if pattern != "%" or row.code[0] not in "AP"]
                done += len(rows)
                for row in rows:
                    self._write(row)
                report(min(1.0, done / total))
            # In the order of the table, which is many times faster than as they come.
            self._connection.execute(
                "INSERT OR IGNORE INTO name SELECT folded, place, max(weight), max(own) FROM fresh "
                "GROUP BY folded, place ORDER BY folded, place"
            )
            self._connection.execute("DELETE FROM fresh")
        self._leave_names_to_towns()
        self._connection.execute("DROP TABLE fresh")

    def _write(self, row: AddedRow) -> None:
        if row.country not in self._countries or self._is_listed(row):
            return
        if row.code.startswith("P."):
            self._write_town(row)
        elif row.code.startswith("A."):
            self._write_area(row)
        else:
            self._write_feature(row)

    def _write_town(self, row: AddedRow) -> None:
        standing = schema.standing_of(row.population) if row.population else _UNCOUNTED
        place = self._place(row, "town", town_uncertainty_m(row.population), standing)
        self._insert(place, [row.name], other_names(row.alternate_names, row.population))

    def _write_area(self, row: AddedRow) -> None:
        feature = FEATURES[row.code]
        ref = f"{_AREA_CODES.get(row.code, '')}:{row.country}.{row.admin1}"
        ref += f".{row.admin2}" if row.code == "A.ADM2" else ""
        others = other_names(row.alternate_names, row.population)
        known = self._areas.get(ref)
        if known is not None:
            found = self._connection.execute(
                "SELECT standing, fame, kind FROM place WHERE id = ?", (known,)
            ).fetchone()
            weight = round(1000 * schema.score_of(found[2], found[0], found[1], own=False))
            forms = {fold(name) for name in (row.name, *others)} - {""}
            self._name(NameRow(form, known, weight, 0) for form in forms)
            return
        if row.code in _AREA_CODES:
            self._areas[ref] = row.id
        standing = schema.standing_of(row.population) if row.population else feature.standing
        place = self._place(row, feature.kind, feature.uncertainty_m, standing)
        self._insert(place, [row.name, *bare_names(fold(row.name))], others)

    def _write_feature(self, row: AddedRow) -> None:
        feature = FEATURES[row.code]
        place = self._place(row, feature.kind, feature.uncertainty_m, feature.standing)
        own, others = (
            [name for name in names if not self._is_settled(fold(name), row.country)]
            for names in ([row.name], other_names(row.alternate_names, 0))
        )
        self._insert(place, [*own, f"{row.name} {feature.word}"], others)

    def _place(self, row: AddedRow, kind: str, uncertainty_m: int, standing: float) -> PlaceRow:
        region = self._areas.get(f"region:{row.country}.{row.admin1}")
        municipality = self._areas.get(f"municipality:{row.country}.{row.admin1}.{row.admin2}")
        return PlaceRow(
            id=row.id,
            ref=None,
            kind=kind,
            name=row.name,
            country=row.country,
            region=None if region == row.id else region,
            municipality=None if municipality == row.id else municipality,
            lat=row.lat,
            lon=row.lon,
            uncertainty_m=uncertainty_m,
            population=row.population,
            standing=standing,
            fame=schema.fame_of(len(row.alternate_names)),
            cell=schema.cell_of(row.lat, row.lon),
        )

    def _insert(self, place: PlaceRow, own: Iterable[str], others: Iterable[str]) -> None:
        inserted = self._connection.execute(
            schema.INSERT_PLACE.replace("INSERT", "INSERT OR IGNORE", 1), place
        ).rowcount
        if inserted:
            self._name(names_of(place, own, others))

    def _name(self, names: Iterable[NameRow]) -> None:
        self._connection.executemany("INSERT INTO fresh VALUES (?, ?, ?, ?)", names)

    def _is_listed(self, row: AddedRow) -> bool:
        """Tell whether one of our own landmarks, or an airport that is listed, is this very place."""
        points = self._curated.get(fold(row.name), ())
        if any(distance_m(lat, lon, row.lat, row.lon) <= _SAME_PLACE_M for lat, lon in points):
            return True
        feature = FEATURES.get(row.code)
        return (
            feature is not None
            and feature.kind == "airport"
            and any(
                abs(lat - row.lat) < 0.1 and distance_m(lat, lon, row.lat, row.lon) <= _SAME_AIRPORT_M
                for lat, lon in self._airports
            )
        )

    def _is_settled(self, folded: str, country: str) -> bool:
        """Tell whether a town or an area of the country bears the name; then it means that one."""
        found = self._connection.execute(
            "SELECT 1 FROM name n JOIN place p ON p.id = n.place "  # noqa: S608
            f"WHERE n.folded = ? AND p.country = ? AND p.kind IN {_SETTLED} LIMIT 1",
            (folded, country),
        ).fetchone()
        return found is not None

    def _leave_names_to_towns(self) -> None:
        """Take from airports and stations the names that an added town turned out to bear."""
        first = schema.FIRST_IDS["terminal"]
        self._connection.execute(
            "DELETE FROM name WHERE place >= ? AND EXISTS ("  # noqa: S608
            "SELECT 1 FROM name n JOIN place p ON p.id = n.place "
            f"WHERE n.folded = name.folded AND n.place < 20000000 AND p.kind IN {_SETTLED} "
            "AND p.country = (SELECT t.country FROM place t WHERE t.id = name.place))",
            (first,),
        )


def _batches(rows: Iterator[AddedRow]) -> Iterator[list[AddedRow]]:
    batch: list[AddedRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
