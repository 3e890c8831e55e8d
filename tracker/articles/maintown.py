"""Which town an article is about, and which towns it surely means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.articles.mention import Mention
from tracker.articles.model import Status
from tracker.articles.whereabouts import Whereabouts
from tracker.geocoding.candidates import Candidate

_FAR_MORE = 3
VILLAGE = 3_500
TOWNS = frozenset({"town", "municipality"})


def main_town(mentions: Sequence[Mention], whereabouts: Whereabouts) -> Candidate | None:
    """Return the town that the article names most often; where none is of the shoot, any town may be it."""
    dated = [place for place in whereabouts.named.values() if place.kind in TOWNS]
    for every in (False, True):
        towns = list(dated)
        for mention in mentions:
            wanted = mention.accepted or (every and mention.placed and not _is_beside(mention))
            if mention.spot is not None or not wanted or mention.status is Status.CANCELLED:
                continue
            place = whereabouts.settle(mention.name)
            if place is not None and place.kind in TOWNS:
                towns.append(place)
        counts = Counter(place.id for place in towns).most_common(2)
        if counts and (len(counts) == 1 or counts[0][1] >= _FAR_MORE * counts[1][1]):
            return next(place for place in towns if place.id == counts[0][0])
        if counts:
            return None
    return None


def first_of(
    main: Candidate | None, mentions: Sequence[Mention], dated: set[str], whereabouts: Whereabouts
) -> int:
    """Return where the main town is named first; one of a dateline (`dated`) stands before everything."""
    if main is None:
        return 0
    if main.id in dated:
        return 0
    said = (mention for mention in mentions if mention.spot is None and mention.placed)
    return next(
        (
            mention.start
            for mention in said
            if (place := whereabouts.settle(mention.name)) is not None and place.id == main.id
        ),
        0,
    )


def sure_town(mention: Mention, whereabouts: Whereabouts) -> Candidate | None:
    """Return the town of a mention of the shoot that is large, or written with where it is."""
    if mention.spot is not None or not mention.accepted:
        return None
    place = whereabouts.settle(mention.name)
    is_town = place is not None and place.kind in TOWNS
    return (
        place
        if is_town and place is not None and (mention.qualifier or place.population >= VILLAGE)
        else None
    )


def _is_beside(mention: Mention) -> bool:
    base = mention.reading.sentence.start
    return mention.reading.is_beside_the_point(mention.start - base, mention.end - base)
