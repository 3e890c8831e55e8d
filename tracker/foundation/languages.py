"""Languages as codes: "en", "pt-BR"."""

from __future__ import annotations

import re

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z")


def check_language(text: str) -> str | None:
    """Answer the code of a language, None for no text. Raises InvalidValueError for what is no code."""
    code = clean_line(text)
    if not code:
        return None
    if len(code) > 12 or not _CODE.match(code):
        raise InvalidValueError(f"{code[:40]!r} is no language code. Write one such as en, it or pt-BR.")
    return code
