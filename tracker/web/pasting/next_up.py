"""What a text says of the order of its places: which entry comes next after which others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from tracker.web.pasting.reading import TextRead


@dataclass(frozen=True, slots=True)
class NextUp:
    """An entry comes next after others, by their numbers; `says` is the sentence of the text."""

    number: str
    after: tuple[str, ...]
    says: str
    taken: bool = True

    def names(self, named: Mapping[str, str]) -> str:
        """Answer the names of the others: "Rauma and Stranda"."""
        names = [named[number] for number in self.after]
        return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def orders_between(
    read: TextRead, numbers: Collection[str], posted: MultiDict[str, str]
) -> dict[str, NextUp]:
    """Answer what the text says of the order of the entries with these numbers, by the one that comes next.

    It is taken unless its sender was shown it and took the tick away.
    """
    found = {}
    for order in read.found.orders:
        number = f"where-{order.place}"
        after = tuple(other for place in order.after if (other := f"where-{place}") in numbers)
        if number in numbers and after:
            shown = number in posted.getlist("order_shown")
            taken = not shown or number in posted.getlist("order")
            found[number] = NextUp(number, after, order.text, taken)
    return found
