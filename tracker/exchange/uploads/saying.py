"""What the owner of an upload says beside its mapping."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tracker.exchange.reading.days import DayOrder
from tracker.exchange.running.prepare import Options
from tracker.exchange.uploads.models import Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How the file is to be read. Empty means that the file itself tells.

    `base` names the mapping to begin with; `title` holds for rows without one, `context` for all places.
    """

    encoding: str = ""
    delimiter: str = ""
    base: str = ""
    order: str = ""
    title: str = ""
    context: str = ""

    def as_json(self) -> dict[str, Any]:
        """Answer it as a JSON column can hold it."""
        return asdict(self)


def said_of(upload: Upload) -> Said:
    """Answer what was said about an upload."""
    return Said(**upload.said)


def options_of(upload: Upload) -> Options:
    """Answer the options of its import."""
    said = said_of(upload)
    return Options(
        title=said.title,
        context=said.context,
        order=DayOrder(said.order) if said.order else None,
        picks=dict(upload.picks),
    )
