"""What rows say, once read: records, and the spots that they name."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.foundation.dates import UNKNOWN, Period
from tracker.foundation.geo import Point
from tracker.productions.models import ProductionKind

_UNDATED = Period(UNKNOWN, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as rows name it: the words, the country (ISO code) and the point where one is written.

    Rows of one spot are resolved once. `around` tells what it lies in; with `is_area_of` the row named
    something finer, such as a postal code, and the place is only the area around that.
    """

    text: str
    country: str | None = None
    point: Point | None = None
    is_area_of: bool = False
    around: str = ""

    def __hash__(self) -> int:
        # Asked for several times by every row; spots of one name are few, and a text knows its hash.
        return hash(self.text)

    @property
    def label(self) -> str:
        return ", ".join(part for part in (self.text, self.around) if part)


@dataclass(slots=True, kw_only=True)
class Record:
    """What one row says. Without a title it is filming of nobody knows what."""

    line: int
    raw: tuple[str, ...]
    key: str
    content: str
    title: str = ""
    year: int | None = None
    kind: ProductionKind = ProductionKind.FILM
    identifiers: tuple[tuple[str, str], ...] = ()
    spots: tuple[Spot, ...] = ()
    place_text: str = ""
    period: Period = _UNDATED
    scene: str = ""
    story_place: str = ""
    note: str = ""
    address: str = ""
    number: str = ""
    category: str = ""
    remark: str = ""
    # The same cells stood in an earlier row of the file.
    is_repeat: bool = False
