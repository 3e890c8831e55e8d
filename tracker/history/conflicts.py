"""Two people saved from the same beginning: their versions compared field by field.

What only one of them changed merges itself. What both changed, differently, is a clash and stays one until
somebody chooses. Pure functions of plain values; a door says what the fields are.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.foundation.errors import ConflictError


class Verdict(enum.StrEnum):
    """Who changed a field since both began."""

    SAME = "same"
    ONLY_LIVE = "only_live"
    ONLY_YOURS = "only_yours"
    BOTH_ALIKE = "both_alike"
    CLASH = "clash"


class Choice(enum.StrEnum):
    """How a clash is settled."""

    LIVE = "live"
    YOURS = "yours"
    BOTH = "both"


Join = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One field in three versions: as both began, as it is live now, and as it was typed."""

    name: str
    began: str
    live: str
    yours: str

    @property
    def verdict(self) -> Verdict:
        if self.live == self.yours:
            return Verdict.SAME if self.live == self.began else Verdict.BOTH_ALIKE
        if self.yours == self.began:
            return Verdict.ONLY_LIVE
        return Verdict.ONLY_YOURS if self.live == self.began else Verdict.CLASH


@dataclass(frozen=True, slots=True)
class Comparison:
    """All fields of a row, in the order of the form."""

    fields: tuple[Compared, ...]

    @property
    def clashes(self) -> tuple[Compared, ...]:
        return tuple(field for field in self.fields if field.verdict is Verdict.CLASH)

    @property
    def touched(self) -> tuple[Compared, ...]:
        """The fields that anybody changed."""
        return tuple(field for field in self.fields if field.verdict is not Verdict.SAME)

    @property
    def is_untouched_by_others(self) -> bool:
        """Whether nobody else changed any of the fields: there is nothing to ask then."""
        return all(field.live == field.began for field in self.fields)

    def merged(
        self, choices: Mapping[str, Choice] | None = None, joins: Mapping[str, Join] | None = None
    ) -> dict[str, str]:
        """Answer the fields put together; `joins` says how both values of a field are kept.

        Raises ConflictError for a clash that is not settled.
        """
        return {field.name: _settled(field, choices or {}, joins or {}) for field in self.fields}


def compare(began: Mapping[str, str], live: Mapping[str, str], yours: Mapping[str, str]) -> Comparison:
    """Compare three versions field by field.

    A field that the beginning does not know was not there yet, so it began empty; one that is no longer
    live is empty there; one that was not sent is as it began.
    """
    names = dict.fromkeys((*live, *yours, *began))
    return Comparison(
        tuple(
            Compared(name, began.get(name, ""), live.get(name, ""), yours.get(name, began.get(name, "")))
            for name in names
        )
    )


def one_after_the_other(live: str, yours: str) -> str:
    """Keep both of two texts, the live one first; text that one of them holds already is not repeated."""
    if yours in live:
        return live
    return yours if live in yours else f"{live}\n\n{yours}"


def _settled(field: Compared, choices: Mapping[str, Choice], joins: Mapping[str, Join]) -> str:
    verdict = field.verdict
    if verdict is Verdict.ONLY_YOURS:
        return field.yours
    if verdict is not Verdict.CLASH:
        return field.live
    choice = choices.get(field.name)
    if choice is Choice.YOURS:
        return field.yours
    if choice is Choice.LIVE:
        return field.live
    if choice is Choice.BOTH and field.name in joins:
        return joins[field.name](field.live, field.yours)
    raise ConflictError(f"{field.name!r} was changed by two people; choose which version stays.")
