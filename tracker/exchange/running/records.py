"""Rows of a table as facts: what a mapping makes of each, or why it cannot be taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from tracker.exchange.csvrows import RawRow, Rejected
from tracker.exchange.mappings.mapping import Mapping
from tracker.exchange.reading.coordinates import Written, read_columns, read_pair
from tracker.exchange.reading.days import DayOrder, read_day
from tracker.exchange.reading.plaintext import plain
from tracker.exchange.reading.tables import Table
from tracker.exchange.running.facts import Record, Spot
from tracker.exchange.timeline_cells import country_of
from tracker.foundation.dates import UNKNOWN, DateBound, Period
from tracker.foundation.errors import InvalidValueError
from tracker.sources.addresses import check_address

_LONGEST_NAME = 300
_LONGEST_NOTE = 2_000
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d|21\d\d)(?!\d)")
_YEAR_IN_TITLE = re.compile(r"\s*\((1[89]\d\d|20\d\d)(?:/[IVX]+)?\)(?:\s*\([A-Z]+\))?\s*\Z")
_NOTE_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*\Z")
_NOTE_WORDS = re.compile(
    r"\b(studios?|scenes?|exteriors?|interiors?|on location|backlot|(second|2nd) unit|opening|finale)\b"
    r"|\Aas ",
    re.IGNORECASE,
)
_QID = re.compile(r"(?:\A|/)(Q[1-9]\d*)\Z")
_IMDB = re.compile(r"\btt\d{7,9}\b")
# Columns that only number the rows: the same row under another number is the same row.
_INDEX = re.compile(r"column_\d+|unnamed_\d+|index|row|row_number|rownum")
_NOTHING = frozenset({"n/a", "na", "null", "none", "nan", "-", "--", "?", "unknown", "tbd"})


@dataclass(slots=True)
class Reader:
    """Turns rows of one table into records. `title` holds for rows that have none."""

    table: Table
    mapping: Mapping
    order: DayOrder
    title: str = ""
    country: str | None = None
    _columns: dict[str, tuple[str, ...]] = field(init=False)
    _numbers: Counter[str] = field(init=False, default_factory=Counter)
    _seen: set[int] = field(init=False, default_factory=set)
    _counters: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self._columns = self.mapping.found_in(self.table.keys)
        used = {column for columns in self._columns.values() for column in columns}
        counters = {at for at, key in enumerate(self.table.keys) if _INDEX.fullmatch(key) and key not in used}
        # A file of rejected rows holds two columns more than the one that it came from.
        counters |= {0, 1} if self.table.keys[:2] == ("line", "reason") else set()
        self._counters = frozenset(counters)

    def spots_of(self, row: RawRow) -> tuple[Spot, ...]:
        """Answer the places that a row names, none if it will be rejected for them."""
        try:
            return self._place(row.cells)[1]
        except InvalidValueError:
            return ()

    def date_cells(self, row: RawRow) -> Iterator[tuple[str, str]]:
        """Yield the columns and cells of a row that hold dates."""
        for name in ("start", "end"):
            for column in self._columns.get(name, ()):
                yield column, row.cells.get(column, "")

    def records(self) -> Iterator[Record | Rejected]:
        """Yield each row as a record, or as rejected with the reason."""
        self._numbers.clear()
        self._seen.clear()
        for row in self.table.read():
            if isinstance(row, Rejected):
                yield row
                continue
            try:
                yield self._record(row)
            except InvalidValueError as error:
                yield Rejected(row.line, row.row, str(error))

    def _record(self, row: RawRow) -> Record:
        cells = row.cells
        columns = self._columns
        title, year = self._title(cells)
        place, spots, remark, scene = self._place(cells)
        period = self._period(cells)
        address = self._one(cells, "address")
        if address and address.casefold().startswith(("http://", "https://", "www.")):
            address = check_address(address)
        else:
            address = ""
        number = self._one(cells, "number")[:80]
        said = row.row
        if self._counters:
            said = tuple(cell for at, cell in enumerate(said) if at not in self._counters)
        content = blake2b("\x1f".join(said).rstrip("\x1f").encode(), digest_size=16).hexdigest()
        short = int(content[:16], 16)
        is_repeat = short in self._seen
        self._seen.add(short)
        return Record(
            line=row.line,
            raw=row.row,
            key=content if is_repeat else self._key(number, content),
            content=content,
            is_repeat=is_repeat,
            title=title,
            year=year,
            kind=self.mapping.kinds.get(self._one(cells, "type").casefold(), self.mapping.kind),
            identifiers=self._identifiers(cells),
            spots=spots,
            place_text=place,
            period=period,
            scene=(self._one(cells, "scene") or scene)[:500],
            story_place=self._one(cells, "story_place")[:_LONGEST_NAME],
            note=self._all(cells, columns.get("note", ()), named=True)[:_LONGEST_NOTE],
            address=address,
            number=number,
            category=self._one(cells, "category")[:_LONGEST_NAME],
            remark=remark,
        )

    def _key(self, number: str, content: str) -> str:
        """Answer what tells the row from others of its source: its number there, else all that it says."""
        if not number:
            return content
        self._numbers[number] += 1
        times = self._numbers[number]
        name = number if times == 1 else f"{number}\x1f{times}"
        return blake2b(name.encode(), digest_size=16).hexdigest()

    def _one(self, cells: dict[str, str], field_name: str) -> str:
        for column in self._columns.get(field_name, ()):
            cell = cells.get(column)
            if cell:
                text = plain(cell)
                if text and text.casefold() not in _NOTHING:
                    return text
        return ""

    def _each(self, cells: dict[str, str], field_name: str) -> list[str]:
        texts = (plain(cells.get(column, "")) for column in self._columns.get(field_name, ()))
        return [text for text in dict.fromkeys(texts) if text and text.casefold() not in _NOTHING]

    def _all(self, cells: dict[str, str], columns: tuple[str, ...], *, named: bool = False) -> str:
        names = dict(zip(self.table.keys, self.table.header, strict=False)) if named else {}
        parts = []
        for column in columns:
            text = plain(cells.get(column, ""))
            if text and text.casefold() not in _NOTHING:
                parts.append(f"{names[column]}: {text}" if named and len(columns) > 1 else text)
        return "; ".join(parts)

    def _title(self, cells: dict[str, str]) -> tuple[str, int | None]:
        columns = self._columns.get("title", ())
        # "N/A" may be missing, but a film may well be called 180, None or Unknown.
        title = plain(cells.get(columns[0], "")) if columns else ""
        title = title or self.title
        if columns and not title:
            raise InvalidValueError(
                "The title is missing. Write it, or give one for all rows with --production."
            )
        year = _year(self._one(cells, "year"))
        written = _YEAR_IN_TITLE.search(title)
        if written and year in (None, int(written[1])) and written.start() > 0:
            title, year = title[: written.start()].strip(), int(written[1])
            title = title.strip('"') or title
        if len(title) > _LONGEST_NAME:
            raise InvalidValueError(
                f"The title has {len(title):,} characters; at most {_LONGEST_NAME} are kept."
            )
        return title, year

    def _identifiers(self, cells: dict[str, str]) -> tuple[tuple[str, str], ...]:
        found = []
        item = _QID.search(self._one(cells, "wikidata"))
        if item:
            found.append(("wikidata", item[1]))
        imdb = _IMDB.search(self._one(cells, "imdb"))
        if imdb:
            found.append(("imdb", imdb[0]))
        return tuple(found)

    def _place(self, cells: dict[str, str]) -> tuple[str, tuple[Spot, ...], str, str]:
        """Answer the words for the place, the spots to resolve, a remark, a note in brackets."""
        rules = self.mapping.places
        name, scene = self._one(cells, "place"), ""
        while (noted := _NOTE_IN_BRACKETS.search(name)) and noted.start() > 0:
            if rules.notes_in_brackets or _NOTE_WORDS.search(noted[1]):
                name, scene = name[: noted.start()], "; ".join(filter(None, (noted[1].strip(), scene)))
            else:
                break
        written = self._point(cells)
        country = country_of(self._one(cells, "country")) or self.country or rules.country or None
        detail = self._all(cells, self._columns.get("place_detail", ()))
        parts = [part.strip() for part in name.split(rules.split)] if rules.split else [name]
        parts = [part for part in parts if part] or ([detail] if rules.prefixes and detail else [])
        areas = [(self._area(part), part) for part in parts]
        at = written.point if written else None
        wider = self._each(cells, "around")
        if not areas and wider:
            # A row that names a town alone speaks of the town.
            areas, wider = [(wider[0], wider[0])], wider[1:]
        around = ", ".join(wider)
        is_finer = rules.detail_is_finer and bool(detail)
        spots = tuple(
            dict.fromkeys(
                Spot(area[:_LONGEST_NAME], country, at, is_finer or area != part, around)
                for area, part in areas
            )
        )
        if written and not spots:
            spots = (Spot("", country, written.point),)
        detail = "; ".join(part for part in (detail, around) if part)
        words = f"{name} ({detail})" if detail and name and detail != name else name or detail
        return words[:_LONGEST_NOTE], spots, written.remark if written else "", scene

    def _area(self, part: str) -> str:
        """Answer the area that a postal code or name begins with, the part itself if none is listed."""
        rules = self.mapping.places
        if not rules.prefixes:
            return part
        for length in range(min(len(part), 12), 2, -1):
            if part[:length] in rules.prefixes:
                return rules.prefixes[part[:length]]
        # A code that is not listed says no more than the file itself.
        return rules.within if part.isdigit() and rules.within else part

    def _point(self, cells: dict[str, str]) -> Written | None:
        columns = self._columns
        for column in columns.get("point", ()):
            cell = cells.get(column, "")
            if cell.strip():
                return read_pair(cell)
        if "lat" in columns and "lon" in columns:
            return read_columns(cells.get(columns["lat"][0], ""), cells.get(columns["lon"][0], ""))
        return None

    def _period(self, cells: dict[str, str]) -> Period:
        start = _day(self._one(cells, "start"), self.order, "start")
        end = _day(self._one(cells, "end"), self.order, "end")
        if start.is_unknown and end.is_unknown:
            year = _year(self._one(cells, "shot_year"))
            if year:
                start = end = DateBound.from_edtf(str(year), str(year))
        elif end.is_unknown and "end" not in self._columns:
            # A table with one date tells of a day, not of a beginning.
            end = start
        return _checked(start, end)


@lru_cache(maxsize=8192)
def _checked(start: DateBound, end: DateBound) -> Period:
    return Period.checked(start, end)


def _day(text: str, order: DayOrder, column: str) -> DateBound:
    if not text:
        return UNKNOWN
    try:
        return read_day(text, order)
    except InvalidValueError as error:
        raise InvalidValueError(f"{column}: {error}") from None


def _year(text: str) -> int | None:
    found = _YEAR.search(text) if text else None
    return int(found[1]) if found else None
