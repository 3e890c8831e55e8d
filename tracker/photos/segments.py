"""The segments of a JPEG (ITU T.81, annex B): what a camera wrote, apart from what the pixels need.

A picture is sound or not by its pixels. So what stands beside them is taken off before anything decodes it.
"""

from __future__ import annotations

_START, _SCAN = b"\xff\xd8", 0xDA
_EXIF = b"Exif\0\0"
_FIRST_APP, _LAST_APP, _COMMENT = 0xE0, 0xEF, 0xFE
# Needed to get the colours right: JFIF, the colour profile, and how Adobe stores four colours.
_NEEDED = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}


def without_words(content: bytes) -> tuple[bytes, bytes]:
    """Answer a JPEG without what is beside its pixels, and its Exif, b"" if there is none.

    Anything else than a JPEG, and one that is damaged before its pixels, is answered as it is.
    """
    if not content.startswith(_START):
        return content, b""
    kept, exif, at = [_START], b"", 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # any number of these may fill up
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            return b"".join((*kept, content[at:])), exif
        body = content[at + 4 : end]
        if body.startswith(_EXIF) and not exif:
            exif = body
        is_beside = _FIRST_APP <= marker <= _LAST_APP or marker == _COMMENT
        if not is_beside or (marker in _NEEDED and body.startswith(_NEEDED[marker])):
            kept.append(content[at:end])
        at = end
    return content, exif
