"""Text inside XML: escaped, and without the characters that no XML document may hold."""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(value: str) -> str:
    """Answer the value fit to stand in an element or in a quoted attribute (XML 1.0, section 2.2)."""
    return escape(_FORBIDDEN.sub("", value), quote=True).replace("\r", "&#13;")


def element(name: str, value: str | None, **attributes: str) -> str:
    """Answer an element with its text, "" for no value."""
    if value is None:
        return ""
    written = "".join(f' {key.rstrip("_")}="{text(given)}"' for key, given in attributes.items())
    return f"<{name}{written}>{text(value)}</{name}>"
