"""The kind and size of a picture, read from its first bytes: nothing is decoded before both are agreed to."""

from __future__ import annotations

import io
import struct

from PIL import Image, UnidentifiedImageError

from tracker.foundation.errors import InvalidValueError

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_SIDE = 20_000

# Our own, lower limit is checked right after opening, which decodes nothing; the library's would only warn.
Image.MAX_IMAGE_PIXELS = None
# What the library may try to read, and no other of its forty formats.
_FORMATS = ("JPEG", "PNG", "WEBP")
_UNKNOWN = "This is no JPEG, PNG or WebP picture, whatever its name says. Save it as one of them."


def open_checked(content: bytes) -> Image.Image:
    """Open a picture without decoding it. Raises InvalidValueError on another kind, or one too large."""
    if not content:
        raise InvalidValueError("The file is empty. Choose the picture once more.")
    if len(content) > MOST_BYTES:
        megabytes = len(content) / 1024 / 1024
        raise InvalidValueError(f"The picture has {megabytes:.0f} MB; at most 20 MB are taken.")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        # The library takes memory for the whole canvas when it opens one.
        _check_size(*_size_of_webp(content))
    try:
        picture = Image.open(io.BytesIO(content), formats=_FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error):
        raise InvalidValueError(_UNKNOWN) from None
    _check_size(*picture.size)
    return picture


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise InvalidValueError(
            f"The picture has {width:,} × {height:,} pixels; at most 50 million are taken. Make it smaller."
        )
    if width < 1 or height < 1:
        raise InvalidValueError(_UNKNOWN)


def _size_of_webp(content: bytes) -> tuple[int, int]:
    """Answer width and height of the canvas (RFC 9649); (0, 0) if the header is damaged."""
    kind, head = content[12:16], content[20:30]
    if len(head) < 10:
        return 0, 0
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", head[6:10])
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0
