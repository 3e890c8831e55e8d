"""From the bytes that somebody sent to those that are published: made anew, upright, in sRGB, without a word.

Only pixels pass. Whatever else a file holds (Exif, XMP, IPTC, comments, thumbnails, what follows its end) has
no way through; the file as it was sent is kept nowhere.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import date

from PIL import Image, ImageCms

from tracker.foundation.errors import InvalidValueError
from tracker.photos.exif import Facts, read_facts, read_orientation
from tracker.photos.header import open_checked
from tracker.photos.segments import without_words

# The longest side of what is published; cameras write more than a page can show.
LONGEST_SIDE = 4096
# Widths of the smaller copies.
WIDTHS = (320, 960)
FULL = "full"
SIZES = (FULL, *(str(width) for width in WIDTHS))

# How a picture of each Exif orientation is set upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = "The picture breaks off or is damaged inside. Send it once more from where it is whole."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is published, in each of `SIZES`; `digest` is the SHA-256 of the full one."""

    digest: str
    width: int
    height: int
    files: dict[str, bytes]
    facts: Facts


def make_picture(content: bytes, *, today: date) -> Picture:
    """Make what is published of a file that was sent, and read what the camera wrote.

    Raises InvalidValueError, in words for the sender, for anything but a sound picture within the limits.
    """
    content, exif = without_words(content)
    picture = open_checked(content)
    exif = exif or picture.info.get("exif") or b""
    try:
        pixels = _pixels(picture, read_orientation(exif))
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise InvalidValueError(_BROKEN) from None
    facts = read_facts(exif, today=today)
    full = _jpeg(pixels)
    files = {FULL: full} | {str(width): _webp(pixels, width) for width in WIDTHS}
    return Picture(hashlib.sha256(full).hexdigest(), pixels.width, pixels.height, files, facts)


def _pixels(picture: Image.Image, orientation: int) -> Image.Image:
    """Decode: the first frame, upright, in sRGB, on white, within the longest side; nothing but pixels."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    if orientation in _TURNS:
        picture = picture.transpose(_TURNS[orientation])
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture = _in_srgb(picture)
    clean = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        shown = picture.convert("RGBA")
        clean.paste(shown, mask=shown.getchannel("A"))
    else:
        clean.paste(picture.convert("RGB"))
    return clean


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Turn the colours of a picture's own profile into those that every screen takes for granted."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    keeps_alpha = picture.mode == "RGBA"
    try:
        changed = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if keeps_alpha else "RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return changed if changed is not None else picture


def _jpeg(pixels: Image.Image) -> bytes:
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=88, optimize=True, progressive=True)
    return out.getvalue()


def _webp(pixels: Image.Image, width: int) -> bytes:
    small = pixels.copy()
    small.thumbnail((width, width * 4), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=80, method=4)
    return out.getvalue()
