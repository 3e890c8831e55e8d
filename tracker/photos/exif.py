"""What a camera wrote into a picture: day, point, accuracy, direction (Exif 3.0 of CIPA DC-008).

Everything here may be damaged, empty or wrong. Nothing raises; what cannot be used is told in a sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from PIL import ExifTags, Image

from tracker.foundation.geo import Point

_DAY = re.compile(r"(\d{4}):(\d{2}):(\d{2})")
_OFFSET = re.compile(r"[+-]\d{2}:\d{2}")
# Nobody had a camera that writes Exif before.
_EARLIEST = date(1990, 1, 1)
# Within this of 0° 0° a receiver that had no fix wrote what stands there.
_NOWHERE_DEGREES = 1e-4
_FARTHEST_M = 100_000
_GPS, _EXIF = ExifTags.GPS, ExifTags.Base

_UNREADABLE = "What the camera wrote beside the picture is damaged, so nothing of it is used."
_NO_FIX = "The camera wrote 0°, 0° as its point: it did not know where it was. Say where below."
_BAD_POINT = "The camera wrote a point that is not on the earth, so it is not used. Say where below."
_BAD_DAY = "The camera’s clock was not set ({0}), so its date is not used. Say when below."
_FUTURE = "The camera says {0:%-d %B %Y}, which is still to come. Its clock was wrong; say when below."


@dataclass(frozen=True, slots=True)
class Facts:
    """What a picture tells of itself. `offset` is the zone of the clock, "+02:00", "" where not known.

    `heading` is in degrees clockwise from north, true or, as the camera says, magnetic. `notes` are
    sentences on what is there but cannot be used.
    """

    taken: date | None = None
    offset: str = ""
    lat: float | None = None
    lon: float | None = None
    accuracy_m: int | None = None
    heading: float | None = None
    heading_is_magnetic: bool = False
    notes: tuple[str, ...] = ()

    @property
    def point(self) -> Point | None:
        return Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None

    @property
    def tells(self) -> bool:
        """Whether there is a date or a point to ask about."""
        return self.taken is not None or self.lat is not None

    def plain(self) -> dict[str, Any]:
        """Answer the facts as JSON can hold them."""
        return asdict(self) | {"taken": self.taken.isoformat() if self.taken else None}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Facts:
        """Read what `plain` wrote down."""
        taken = plain["taken"]
        return cls(
            **{
                **plain,
                "taken": date.fromisoformat(taken) if taken else None,
                "notes": tuple(plain["notes"]),
            }
        )


def read_facts(written: bytes, *, today: date) -> Facts:
    """Read the Exif of a picture. `today` tells a date that is still to come."""
    try:
        exif = _loaded(written)
        main = dict(exif.get_ifd(ExifTags.IFD.Exif))
        gps = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # the library raises whatever comes to it while it parses
        return Facts(notes=(_UNREADABLE,))
    notes: list[str] = []
    taken = _day(main.get(_EXIF.DateTimeOriginal), today, notes)
    point = _point(gps, notes)
    heading = _number(gps.get(_GPS.GPSImgDirection))
    accuracy = _number(gps.get(_GPS.GPSHPositioningError))
    offset = _text(main.get(_EXIF.OffsetTimeOriginal))
    return Facts(
        taken=taken,
        offset=offset if taken and _OFFSET.fullmatch(offset) else "",
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        accuracy_m=math.ceil(accuracy) if point and accuracy and 0 < accuracy <= _FARTHEST_M else None,
        heading=round(heading % 360, 1) % 360 if heading is not None and 0 <= heading <= 360 else None,
        heading_is_magnetic=_text(gps.get(_GPS.GPSImgDirectionRef)).upper() == "M",
        notes=tuple(notes),
    )


def read_orientation(written: bytes) -> int:
    """Answer how the picture has to be turned, 1 (not at all) to 8; 1 where that is not told."""
    try:
        found = _loaded(written).get(_EXIF.Orientation)
    except Exception:  # as above
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _loaded(written: bytes) -> Image.Exif:
    exif = Image.Exif()
    if written:
        exif.load(written)
    return exif


def _day(written: object, today: date, notes: list[str]) -> date | None:
    text = _text(written)
    if not text.strip(" :"):
        return None
    found = _DAY.match(text)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day < _EARLIEST:
        notes.append(_BAD_DAY.format(text[:19]))
        return None
    # A camera east of Greenwich is a day ahead of us for some hours.
    if day > today + timedelta(days=1):
        notes.append(_FUTURE.format(day))
        return None
    return day


def _point(gps: Mapping[int, Any], notes: list[str]) -> Point | None:
    if _GPS.GPSLatitude not in gps and _GPS.GPSLongitude not in gps:
        return None
    lat = _degrees(gps.get(_GPS.GPSLatitude), _text(gps.get(_GPS.GPSLatitudeRef)), "NS", 90)
    lon = _degrees(gps.get(_GPS.GPSLongitude), _text(gps.get(_GPS.GPSLongitudeRef)), "EW", 180)
    if lat is None or lon is None:
        notes.append(_BAD_POINT)
        return None
    if abs(lat) < _NOWHERE_DEGREES and abs(lon) < _NOWHERE_DEGREES:
        notes.append(_NO_FIX)
        return None
    return Point(round(lat, 6), round(lon, 6))


def _degrees(parts: object, reference: str, sides: str, most: float) -> float | None:
    """Answer degrees, minutes, seconds and a letter as a number; None if any of it is not sound."""
    side = reference[:1].upper()
    if not isinstance(parts, tuple | list) or not 1 <= len(parts) <= 3 or not side or side not in sides:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None or number < 0 for number in numbers):
        return None
    found = sum((number or 0.0) / 60**i for i, number in enumerate(numbers))
    return (found if side == sides[0] else -found) if found <= most else None


def _number(value: object) -> float | None:
    """Answer a rational as a number; a fraction of zero means that nothing was known."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.replace("\0", "").strip() if isinstance(value, str) else ""
