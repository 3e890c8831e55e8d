"""Several authors in one line: names and handles, apart by semicolons."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.foundation.text import clean_line


def split_authors(text: str) -> tuple[str, ...]:
    """Answer the authors of a line "Ann Lee; @annshoots", each once, in the order given."""
    names = (clean_line(part) for part in text.replace("\n", ";").split(";"))
    return tuple(dict.fromkeys(name for name in names if name))


def join_authors(names: Iterable[str]) -> str:
    """Answer names and handles as they are kept, apart by semicolons."""
    return "; ".join(split_authors("; ".join(names)))


def authors_in_words(text: str) -> str:
    """Answer "Ann Lee, Bo Ek and @boek"."""
    names = split_authors(text)
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
