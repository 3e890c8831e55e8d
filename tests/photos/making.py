"""Pictures for the tests, with whatever a camera, or somebody with a hex editor, writes into them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageDraw
from PIL.TiffImagePlugin import IFDRational

RAUMA = (62.5675, 7.6870)
SECRET = "Kamera-von-Ingrid-4711"


def picture(size: tuple[int, int] = (640, 480), mode: str = "RGB", shade: int = 0) -> Image.Image:
    """Draw a picture that is darker on the left and has a red corner at the top left."""
    image = Image.new("RGB", size, (90 + shade, 140, 120))
    draw = ImageDraw.Draw(image)
    for x in range(0, size[0], 16):
        draw.rectangle((x, 0, x + 15, size[1]), fill=(60 + x % 150, 120, 90 + shade))
    draw.rectangle((0, 0, size[0] // 4, size[1] // 4), fill=(220, 30, 30))
    return image.convert(mode)


def exif(
    point: tuple[float, float] | None = RAUMA,
    taken: str | None = "2020:09:05 14:30:00",
    accuracy: float | None = 12.5,
    heading: float | None = 225.0,
    **more: Any,
) -> Image.Exif:
    """Answer what a telephone writes: date, zone, point, accuracy, direction, and its owner's name."""
    written = Image.Exif()
    written[ExifTags.Base.Artist] = SECRET
    written[ExifTags.Base.Make] = SECRET
    for tag, value in more.items():
        written[ExifTags.Base[tag]] = value
    details = written.get_ifd(ExifTags.IFD.Exif)
    if taken is not None:
        details[ExifTags.Base.DateTimeOriginal] = taken
        details[ExifTags.Base.OffsetTimeOriginal] = "+02:00"
    if point is not None:
        gps = written.get_ifd(ExifTags.IFD.GPSInfo)
        gps.update(position(*point))
        if accuracy is not None:
            gps[ExifTags.GPS.GPSHPositioningError] = IFDRational(int(accuracy * 10), 10)
        if heading is not None:
            gps[ExifTags.GPS.GPSImgDirection] = IFDRational(int(heading * 10), 10)
            gps[ExifTags.GPS.GPSImgDirectionRef] = "T"
    return written


def position(lat: float, lon: float) -> dict[int, Any]:
    """Answer a point as degrees, minutes and seconds with the letters of its sides."""
    return {
        ExifTags.GPS.GPSLatitudeRef: "N" if lat >= 0 else "S",
        ExifTags.GPS.GPSLatitude: _sexagesimal(abs(lat)),
        ExifTags.GPS.GPSLongitudeRef: "E" if lon >= 0 else "W",
        ExifTags.GPS.GPSLongitude: _sexagesimal(abs(lon)),
    }


def saved(image: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def telling_jpeg(shade: int = 0, **written: Any) -> bytes:
    """Answer a JPEG that tells all: Exif, XMP, IPTC, a comment, and bytes behind its end."""
    xmp = (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>62,34N</exif:GPSLatitude>{SECRET}</x:xmpmeta>'
    )
    content = saved(
        picture(shade=shade),
        exif=exif(**written),
        xmp=xmp.encode(),
        comment=SECRET.encode(),
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    iptc = (
        b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x1c\x02\x50"
        + struct.pack(">H", len(SECRET))
        + SECRET.encode()
    )
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return content[:2] + segment + content[2:] + f"<html>{SECRET}<script>alert(1)</script>".encode()


def bomb(width: int = 9000, height: int = 9000) -> bytes:
    """Answer a PNG of 81 megapixels in some ten thousand bytes."""
    rows = zlib.compressobj(9)
    line = b"\0" * (1 + width // 8)
    data = b"".join(rows.compress(line) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _sexagesimal(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    whole = int(degrees)
    minutes = (degrees - whole) * 60
    seconds = round((minutes - int(minutes)) * 60 * 100)
    return IFDRational(whole, 1), IFDRational(int(minutes), 1), IFDRational(seconds, 100)
