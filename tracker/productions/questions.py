"""What a contradiction is about, in a form that follows shoots and places when they are merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of contradiction with the shoots and places it speaks of and a digest of the values at odds.

    Which value is shown first does not matter, nor who gives it: the question is the same.
    """

    kind: str
    shoots: frozenset[int]
    places: frozenset[int] = frozenset()
    values: str = ""

    @classmethod
    def of(
        cls, kind: str, shoots: Iterable[int], *, places: Iterable[int] = (), values: Iterable[str] = ()
    ) -> Question:
        """Answer the question on shoots, with the values of which not all can be true."""
        said = sorted(set(values))
        return cls(kind, frozenset(shoots), frozenset(places), _digest("\x1f".join(said)) if said else "")

    @classmethod
    def read(cls, about: str) -> Question:
        """Answer the question that `about` wrote down. Raises ValueError for anything else."""
        kind, *parts, values = about.split(" ")
        return cls(
            kind,
            frozenset(int(part[1:]) for part in parts if part[0] == "s"),
            frozenset(int(part[1:]) for part in parts if part[0] == "p"),
            values.removeprefix("v"),
        )

    @property
    def about(self) -> str:
        """The question as one line: "start s12 v3f…"; numbers stand between blanks, to be searched for."""
        shoots = [f"s{number}" for number in sorted(self.shoots)]
        places = [f"p{number}" for number in sorted(self.places)]
        return " ".join((self.kind, *shoots, *places, f"v{self.values}"))

    @property
    def key(self) -> str:
        """A short name, the same as long as shoots, places and values are."""
        return f"{self.kind}-{_digest(self.about)}"

    def after_merge(self, *, shoots: Mapping[int, int], places: Mapping[int, int]) -> Question:
        """Answer the question once rows have become part of others, each given as loser: survivor."""
        return Question(
            self.kind,
            frozenset(shoots.get(number, number) for number in self.shoots),
            frozenset(places.get(number, number) for number in self.places),
            self.values,
        )


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_LENGTH]
