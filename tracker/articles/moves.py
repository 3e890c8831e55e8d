"""Which place comes next: "is now headed to Rome", "moves from Rome to Venice", "after Rome on to Venice"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.articles.cues import Reading
from tracker.articles.model import FoundOrder, FoundPlace, Status

_WIDE = ("country", "region")
# So many letters may stand between "headed to" and the name.
_NEAR = 30
_LONGEST_WORDS = 300
_CUT = re.compile(r"[,;:()]| [–—-] ")
_FROM = re.compile(r"(?<!\w)(?:from|von|aus|fra|de|depuis|desde|da|dal|dalla)\s+(?:the\s+)?$")
_ON_TO = re.compile(r"\s+(?:on\s+|over\s+)?(?:to|nach|til|a|à|vers|hasta|hacia|verso)\s+(?:the\s+)?$")
_MOVES = re.compile(
    r"(?<!\w)(?:mov(?:e|es|ed|ing)|relocat\w+|travel\w*|head(?:s|ed|ing)?|go(?:es|ing)?|went|zieh\w+|zog\w*"
    r"|demenag\w+|se traslad\w+|si spost\w+|flytt\w+|reis\w+)(?!\w)"
)
_LEFT = re.compile(r"(?<!\w)(?:after|following|nach|nachdem|apres|tras|despues de|dopo|etter)(?!\w)")


def find_orders(readings: Sequence[Reading], places: Sequence[FoundPlace]) -> list[FoundOrder]:
    """Return what running text says of the order: each place that it moves on to, and what came right before.

    What came before is where the text says it left, else where work was done so far in the text since the
    last move. A place that was named before is no place to move on to: of two visits nothing is known.
    """
    orders: list[FoundOrder] = []
    here: list[FoundPlace] = []
    for reading in readings:
        first, last = reading.sentence.start, reading.sentence.end
        named = [
            place for place in places if first <= place.start < last and place.status is not Status.CANCELLED
        ]
        for place in sorted(named, key=lambda place: place.start):
            left = list(_left_for(reading, place, named))
            if not left and not _moves_to(reading, place):
                here.append(place)
                continue
            before = _finest([other for other in left or here if _is_before(other, place)])
            if before:
                orders.append(_order(reading, place, before))
            here = [place]
    return orders


def _is_before(other: FoundPlace, place: FoundPlace) -> bool:
    return other is not place and other.production == place.production


def _finest(places: Sequence[FoundPlace]) -> list[FoundPlace]:
    """Leave out countries and regions around a finer place of the same country."""
    finer = {place.country for place in places if place.precision not in _WIDE}
    return [place for place in places if place.precision not in _WIDE or place.country not in finer]


def _moves_to(reading: Reading, place: FoundPlace) -> bool:
    """Tell whether the words right before a name are those of moving on to it, or it is said to be next."""
    flat, at = reading.sentence.flat, place.start - reading.sentence.start
    for cue in reading.language.pattern("cues", "moving").finditer(flat, 0, at):
        if at - cue.end() <= _NEAR and not _CUT.search(flat[cue.end() : at]):
            return True
    first, last = reading.segment_of(at)
    is_next = reading.language.pattern("cues", "next").search(flat[first:last])
    return place.status is Status.PLANNED and bool(is_next) and "next " not in flat[at:last]


def _left_for(reading: Reading, place: FoundPlace, named: Sequence[FoundPlace]) -> Iterator[FoundPlace]:
    """Yield the places of a sentence that it says were left for this one."""
    flat, base = reading.sentence.flat, reading.sentence.start
    for other in named:
        if other.start >= place.start:
            continue
        before, between = flat[: other.start - base], flat[other.end - base : place.start - base]
        is_from = _FROM.search(before) and _ON_TO.fullmatch(between) and _MOVES.search(flat)
        first, _ = reading.segment_of(other.start - base)
        if is_from or (_moves_to(reading, place) and _LEFT.search(flat, first)):
            yield other


def _order(reading: Reading, place: FoundPlace, before: Sequence[FoundPlace]) -> FoundOrder:
    sentence = reading.sentence
    return FoundOrder(
        place=place.start,
        after=tuple(other.start for other in before),
        text=sentence.text.strip()[:_LONGEST_WORDS],
        start_offset=sentence.start,
        end_offset=sentence.end,
    )
