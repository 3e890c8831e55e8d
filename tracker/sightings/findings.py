"""One thing that was looked at before deciding, and how much it weighs."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Gravity(enum.IntEnum):
    """How much a finding weighs: nothing, against it, against the record, against somebody's privacy."""

    NOTHING = 0
    AGAINST = 1
    CONTRADICTS = 2
    PRIVATE = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, in words."""

    name: str
    words: str
    gravity: Gravity = Gravity.NOTHING

    @property
    def against(self) -> bool:
        return self.gravity is not Gravity.NOTHING
