"""Places of the record by names that only the gazetteer knows: Roma is Rome."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.foundation.text import fold
from tracker.geocoding.gazetteer import Gazetteer
from tracker.places.listing import places_of_gazetteer
from tracker.places.models import Place, Privacy
from tracker.places.queries import places_named

_GUESSES = 12
_NAMES_TRIED = 3


def places_called(
    session: Session, opened: Gazetteer | None, words: str, *, country: str | None = None
) -> list[Place]:
    """Answer places that the gazetteer knows by another name, best first; none without a gazetteer.

    What is kept private is left out: that a name is found would tell that it is there.
    """
    hits = opened.store.named(words)[:_GUESSES] if opened and words else []
    found = places_of_gazetteer(session, [hit.place.id for hit in hits])
    # Places of ours that stand for no row of the gazetteer are met by its main name, in its country.
    for hit in hits[:_NAMES_TRIED]:
        key = fold(hit.place.name)
        found += [
            place
            for place in places_named(session, key, limit=3)
            if place.name_key == key
            and place.country == hit.place.country
            and place.privacy is not Privacy.PRIVATE
        ]
    return [place for place in found if country in (None, place.country)]
