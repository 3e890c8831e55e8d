"""Rows of a table as facts: what a mapping makes of each, or why it cannot be taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from tracker.exchange.csvrows import RawRow, Rejected
from tracker.exchange.mappings.mapping import Mapping
from tracker.exchange.reading.coordinates import Written, read_columns, read_pair
from tracker.exchange.reading.days import DayOrder
from tracker.exchange.reading.plaintext import plain
from tracker.exchange.reading.tables import Table
from tracker.exchange.running.dates import checked, day_in, year_in
from tracker.exchange.running.facts import Record, Spot
from tracker.exchange.timeline_cells import country_of
from tracker.foundation.dates import DateBound, Period
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.sources.addresses import check_address

_LONGEST_NAME = 300
_LONGEST_NOTE = 2_000
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
_PLACE_FIELDS = ("place", "place_detail", "around", "country", "point", "lat", "lon")
_MOST_PLACES = 65_536
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
    # The columns that tell of a place, and what was read from their cells.
    _of_place: tuple[str, ...] = field(init=False)
    _places: dict[tuple[str, ...], tuple[str, tuple[Spot, ...], str, str]] = field(
        init=False, default_factory=dict
    )

    # How a cell is read as text, and what stands for nothing.
    _words: Callable[[str], str] = field(init=False)
    _nothing: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._words = clean_line if self.mapping.literal else plain
        self._nothing = frozenset() if self.mapping.literal else _NOTHING
        self._columns = self.mapping.found_in(self.table.keys)
        self._of_place = tuple(column for name in _PLACE_FIELDS for column in self._columns.get(name, ()))
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
        columns = self._columns.get(field_name)
        if columns is None:
            return ""
        for column in columns:
            cell = cells.get(column)
            if cell:
                text = self._words(cell)
                if text and text.casefold() not in self._nothing:
                    return text
        return ""

    def _each(self, cells: dict[str, str], field_name: str) -> list[str]:
        texts = (self._words(cells.get(column, "")) for column in self._columns.get(field_name, ()))
        return [text for text in dict.fromkeys(texts) if text and text.casefold() not in self._nothing]

    def _all(self, cells: dict[str, str], columns: tuple[str, ...], *, named: bool = False) -> str:
        names = dict(zip(self.table.keys, self.table.header, strict=False)) if named else {}
        parts = []
        for column in columns:
            text = self._words(cells.get(column, ""))
            if text and text.casefold() not in self._nothing:
                parts.append(f"{names[column]}: {text}" if named and len(columns) > 1 else text)
        return "; ".join(parts)

    def _title(self, cells: dict[str, str]) -> tuple[str, int | None]:
        columns = self._columns.get("title", ())
        # "N/A" may be missing, but a film may well be called 180, None or Unknown.
        title = self._words(cells.get(columns[0], "")) if columns else ""
        title = title or self.title
        if columns and not title:
            raise InvalidValueError(
                "The title is missing. Write it, or give one for all rows with --production."
            )
        year = year_in(self._one(cells, "year"))
        written = None if self.mapping.literal else _YEAR_IN_TITLE.search(title)
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
        """Answer the words for the place, the spots to resolve, a remark, a note in brackets.

        Rows that say the same of their place are read once.
        """
        said = tuple(cells.get(column, "") for column in self._of_place)
        found = self._places.get(said)
        if found is None:
            if len(self._places) >= _MOST_PLACES:
                self._places.clear()
            found = self._places[said] = self._read_place(cells)
        return found

    def _read_place(self, cells: dict[str, str]) -> tuple[str, tuple[Spot, ...], str, str]:
        rules, literal = self.mapping.places, self.mapping.literal
        name, scene = self._one(cells, "place"), ""
        while not literal and (noted := _NOTE_IN_BRACKETS.search(name)) and noted.start() > 0:
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
        start = day_in(self._one(cells, "start"), self.order, "start")
        end = day_in(self._one(cells, "end"), self.order, "end")
        if start.is_unknown and end.is_unknown:
            year = year_in(self._one(cells, "shot_year"))
            if year:
                start = end = DateBound.from_edtf(str(year), str(year))
        elif end.is_unknown and "end" not in self._columns:
            # A table with one date tells of a day, not of a beginning.
            end = start
        return checked(start, end)
