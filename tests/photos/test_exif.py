"""What a camera wrote is read with care: what cannot be is told in a sentence, and never an error."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from tests.photos.making import RAUMA, exif, picture, saved, telling_jpeg
from tracker.foundation.errors import InvalidValueError
from tracker.photos.exif import Facts
from tracker.photos.picture import make_picture

TODAY = date(2026, 11, 26)
GPS = ExifTags.GPS


def facts_of(written: Image.Exif, kind: str = "JPEG") -> Facts:
    return make_picture(saved(picture((64, 48)), kind, exif=written), today=TODAY).facts


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_date_zone_point_accuracy_and_direction_are_read(kind: str) -> None:
    found = facts_of(exif(), kind)
    assert (found.taken, found.offset, found.notes) == (date(2020, 9, 5), "+02:00", ())
    assert found.point is not None
    assert (found.point.lat, found.point.lon) == pytest.approx(RAUMA, abs=1e-5)
    assert (found.accuracy_m, found.heading, found.heading_is_magnetic) == (13, 225.0, False)


def test_the_south_and_the_west_lie_below_zero() -> None:
    found = facts_of(exif(point=(-33.8688, -151.2093)))
    assert (found.lat, found.lon) == pytest.approx((-33.8688, -151.2093), abs=1e-5)


def test_a_picture_without_any_of_it_tells_nothing_and_says_nothing() -> None:
    assert make_picture(saved(picture()), today=TODAY).facts == Facts()
    assert not Facts().tells


def test_zero_zero_is_a_receiver_that_did_not_know() -> None:
    found = facts_of(exif(point=(0.0, 0.0)))
    assert found.point is None and found.taken == date(2020, 9, 5)
    assert "it did not know where it was" in found.notes[0]


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ("2031:05:03 10:00:00", "3 May 2031, which is still to come"),
        ("0000:00:00 00:00:00", "clock was not set"),
        ("1970:01:01 00:00:00", "clock was not set"),
        ("2020:13:45 10:00:00", "clock was not set"),
        ("yesterday", "clock was not set"),
    ],
)
def test_a_clock_that_was_wrong_is_told_and_its_date_not_used(taken: str, said: str) -> None:
    found = facts_of(exif(taken=taken))
    assert found.taken is None and found.point is not None
    assert said in found.notes[0]


def test_tomorrow_is_no_error_for_a_camera_east_of_us() -> None:
    assert facts_of(exif(taken="2026:11:27 01:00:00")).taken == date(2026, 11, 27)


@pytest.mark.parametrize(
    "written",
    [
        {GPS.GPSLatitude: (IFDRational(95), IFDRational(0), IFDRational(0))},
        {GPS.GPSLatitude: (IFDRational(1, 0), IFDRational(0), IFDRational(0))},
        {GPS.GPSLatitudeRef: "X"},
        {GPS.GPSLongitude: ()},
    ],
)
def test_a_point_that_is_not_on_the_earth_is_told_and_not_used(written: dict[int, Any]) -> None:
    bad = exif()
    bad.get_ifd(ExifTags.IFD.GPSInfo).update(written)
    found = facts_of(bad)
    assert found.point is None
    assert "not on the earth" in found.notes[0]


@pytest.mark.parametrize("accuracy", [0.0, 5_000_000.0])
def test_an_accuracy_that_cannot_be_is_left_out(accuracy: float) -> None:
    assert facts_of(exif(accuracy=accuracy)).accuracy_m is None


def test_360_degrees_is_north() -> None:
    assert facts_of(exif(heading=360.0)).heading == 0.0


@given(st.integers(0, 400), st.binary(min_size=1, max_size=40))
def test_however_damaged_the_picture_is_read_or_refused_and_never_breaks(at: int, noise: bytes) -> None:
    whole = bytearray(telling_jpeg())
    start = whole.index(b"Exif\0\0") + 6 + at
    whole[start : start + len(noise)] = noise
    try:
        found = make_picture(bytes(whole), today=TODAY)
    except InvalidValueError:
        return
    assert found.facts.lat is None or -90 <= found.facts.lat <= 90
    assert Facts.from_plain(found.facts.plain()) == found.facts
