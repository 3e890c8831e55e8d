"""What is published of a picture: pixels alone, upright, in sRGB; of sound pictures of three kinds."""

from __future__ import annotations

import io
import re
import tracemalloc
from datetime import date

import pytest
from PIL import Image, ImageCms

from tests.photos.making import SECRET, bomb, exif, picture, saved, telling_jpeg
from tracker.foundation.errors import InvalidValueError
from tracker.photos.header import MOST_BYTES
from tracker.photos.picture import FULL, SIZES, make_picture

TODAY = date(2026, 11, 26)
# What any metadata that a picture can hold begins with, or is called.
TELLING = re.compile(
    rb"Exif\0|EXIF|http://ns\.adobe|xmpmeta|8BIM|Photoshop|GPS|ICC_PROFILE|ICCP|" + SECRET.encode()
)


def made(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(make_picture(content, today=TODAY).files[FULL]))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_a_picture_that_tells_all_no_byte_of_it_is_published(kind: str) -> None:
    content = telling_jpeg()
    if kind != "JPEG":
        content = saved(picture(), kind, exif=exif(), xmp=b"<x:xmpmeta>GPSLatitude</x:xmpmeta>")
    assert TELLING.search(content), "the picture of this test tells something"
    found = make_picture(content, today=TODAY)
    assert set(found.files) == set(SIZES)
    for published in found.files.values():
        assert TELLING.search(published) is None
        image = Image.open(io.BytesIO(published))
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)


def test_what_stands_behind_the_end_of_a_picture_is_not_published() -> None:
    found = make_picture(telling_jpeg(), today=TODAY)
    assert found.files[FULL].endswith(b"\xff\xd9")
    assert b"<script" not in found.files[FULL]


def test_the_published_picture_is_named_by_its_own_hash_and_the_same_each_time() -> None:
    first, again = (make_picture(telling_jpeg(), today=TODAY) for _ in range(2))
    assert first.digest == again.digest
    # What a camera wrote makes no other picture.
    assert make_picture(telling_jpeg(point=(1, 1), taken=None), today=TODAY).digest == first.digest
    assert make_picture(telling_jpeg(shade=9), today=TODAY).digest != first.digest


def test_a_picture_taken_with_the_camera_on_its_side_stands_upright() -> None:
    sideways = saved(picture((400, 200)), exif=exif(Orientation=6))
    found = made(sideways).convert("RGB")
    assert found.size == (200, 400)
    red = found.getpixel((190, 10))
    assert isinstance(red, tuple) and red[0] > 180 > red[1]


def test_the_colours_of_another_profile_become_those_of_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert made(saved(picture(), icc_profile=lab)).mode == "RGB"
    assert made(saved(picture(mode="CMYK"))).mode == "RGB"
    assert made(saved(picture(), icc_profile=b"no profile at all")).mode == "RGB"


def test_what_can_be_seen_through_lies_on_white() -> None:
    clear = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    pixel = made(saved(clear, "PNG")).getpixel((20, 20))
    assert pixel == (255, 255, 255)


def test_smaller_copies_are_as_wide_as_their_names_say_and_never_larger_than_the_picture() -> None:
    found = make_picture(saved(picture((2000, 1000))), today=TODAY)
    sizes = {size: Image.open(io.BytesIO(content)).size for size, content in found.files.items()}
    assert sizes == {"full": (2000, 1000), "960": (960, 480), "320": (320, 160)}
    small = make_picture(saved(picture((100, 50))), today=TODAY)
    assert {Image.open(io.BytesIO(content)).size for content in small.files.values()} == {(100, 50)}


def test_a_picture_larger_than_a_page_can_show_is_made_smaller() -> None:
    assert max(made(saved(picture((6000, 3000)))).size) == 4096


def test_81_megapixels_in_ten_kilobytes_are_refused_before_they_are_decoded() -> None:
    content = bomb()
    assert len(content) < 15_000
    tracemalloc.start()
    try:
        with pytest.raises(InvalidValueError, match=r"9,000 × 9,000 pixels; at most 50 million"):
            make_picture(content, today=TODAY)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("size", [(30_000, 30_000), (10_000, 10_000), (60_000, 100)])
def test_what_the_library_itself_would_only_warn_of_is_refused_too(size: tuple[int, int]) -> None:
    with pytest.raises(InvalidValueError, match="at most 50 million"):
        make_picture(bomb(*size)[:200], today=TODAY)


def test_a_webp_that_claims_a_huge_canvas_is_refused_by_its_header() -> None:
    side = (16_000 - 1).to_bytes(3, "little")
    header = b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + side + side
    with pytest.raises(InvalidValueError, match=r"16,000 × 16,000 pixels"):
        make_picture(header + bytes(40), today=TODAY)


_GIF = saved(picture((8, 8), "P"), "GIF")
_TIFF = saved(picture((8, 8)), "TIFF")
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        _HTML,
        _SVG,
        _GIF,
        _TIFF,
        b"%!PS-Adobe",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBP",
        b"x" * 999,
    ],
    ids=[
        "nothing",
        "html",
        "svg",
        "gif",
        "tiff",
        "postscript",
        "jpeg head",
        "png head",
        "webp head",
        "letters",
    ],
)
def test_what_is_no_picture_of_the_three_kinds_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(InvalidValueError) as refused:
        make_picture(content, today=TODAY)
    assert re.search(r"JPEG, PNG or WebP|is empty", str(refused.value))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_picture_that_breaks_off_is_refused_and_says_so(kind: str, part: float) -> None:
    whole = saved(picture((900, 700)), kind)
    with pytest.raises(InvalidValueError, match=r"breaks off|JPEG, PNG or WebP"):
        make_picture(whole[: int(len(whole) * part)], today=TODAY)


def test_more_than_20_megabytes_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="20 MB"):
        make_picture(b"\xff\xd8" + bytes(MOST_BYTES), today=TODAY)


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [picture((60, 40), shade=shade) for shade in (0, 60)]
    moving = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)
    assert getattr(made(moving), "n_frames", 1) == 1
