"""Order: which stops came before which for sure, and the sequence of clusters that this leaves.

Dates give "before" where one anchor ends before the other begins; sources give it by saying so; the
transitive closure of both is all that is known. A stop that is unordered against two stops which are
themselves ordered cannot stand in a sequence: it floats. What remains is a weak order: its classes are
the clusters, ordered between and unordered within.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.routes.anchors import Anchor

Before = dict[int, set[int]]


@dataclass(frozen=True, slots=True)
class Floater:
    """A stop beside the line, with the indexes of the clusters it comes right after and right before."""

    stop: int
    after: tuple[int, ...]
    before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Clusters of stop ids in order, and the floaters."""

    clusters: tuple[frozenset[int], ...]
    floaters: tuple[Floater, ...]


def known_before(anchors: Mapping[int, Anchor], said: Iterable[tuple[int, int]]) -> Before:
    """Answer for each stop all that come after it for sure, by dates and by (earlier, later) sayings."""
    later: Before = {a: {b for b in anchors if anchors[a].is_before(anchors[b])} for a in anchors}
    told = [(earlier, after) for earlier, after in said if earlier in later and after in later]
    for earlier, after in told:
        later[earlier].add(after)
    # What the dates give is closed already; what sources add need not be. (Warshall's closure.)
    for through in later if told else ():
        for stop in later:
            if through in later[stop]:
                later[stop] |= later[through]
    return later


def cycles_in(later: Before) -> list[frozenset[int]]:
    """Answer the groups of stops that would each come before the others."""
    groups: set[frozenset[int]] = set()
    for stop, after in later.items():
        if stop in after:
            groups.add(frozenset({stop, *(other for other in after if stop in later[other])}))
    return sorted(groups, key=sorted)


def arrange(stops: Iterable[int], later: Before) -> Arrangement:
    """Arrange stops, none of them in a cycle, into clusters and floaters."""
    members = frozenset(stops)
    loose = {stop for stop in members if _floats(stop, members, later)}
    if loose == members:
        return Arrangement((members,) if members else (), ())
    clusters = _clusters(members - loose, later)
    return Arrangement(clusters, tuple(_floater(stop, clusters, later) for stop in sorted(loose)))


def _floats(stop: int, members: frozenset[int], later: Before) -> bool:
    unordered = [o for o in members if o != stop and o not in later[stop] and stop not in later[o]]
    return any(b in later[a] for a in unordered for b in unordered)


def _clusters(members: frozenset[int], later: Before) -> tuple[frozenset[int], ...]:
    """Group by how many members come before: in a weak order that number tells the classes apart."""
    ahead = {stop: sum(stop in later[other] for other in members) for stop in members}
    return tuple(
        frozenset(stop for stop in members if ahead[stop] == rank) for rank in sorted(set(ahead.values()))
    )


def _floater(stop: int, clusters: Sequence[frozenset[int]], later: Before) -> Floater:
    after = [i for i, cluster in enumerate(clusters) if any(stop in later[member] for member in cluster)]
    before = [i for i, cluster in enumerate(clusters) if any(member in later[stop] for member in cluster)]
    return Floater(stop, tuple(after[-1:]), tuple(before[:1]))
