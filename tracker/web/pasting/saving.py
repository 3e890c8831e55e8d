"""Save what was taken from a text: new sightings, and its source for the shoots that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.clock import today
from tracker.foundation.dates import UNKNOWN, parse_bound
from tracker.productions.evidence import Manner
from tracker.productions.models import Shoot
from tracker.productions.operations import CitationDraft
from tracker.sightings.citing import cite_or_offer
from tracker.sightings.models import Sighting
from tracker.sightings.operations import submit
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft
from tracker.web.pasting.entries import OWN, Entry, drafts_of
from tracker.web.sightings.reading import draft_from


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of the entries: sightings that wait, and shoots on record that were given the source."""

    sightings: Sequence[Sighting]
    shoots: Sequence[Shoot]


def save_entries(
    session: Session, entries: Sequence[Entry], *, repeats: str, published: date | None, by: User
) -> Saved:
    """Save all entries. Raises ConflictError if the text speaks of one of the shoots already.

    An entry that is on record gets the text as a source, if it has a link; without one nobody else could
    open it, so it waits as a sighting like the others, and a moderator joins the two.
    """
    shoots, new = [], []
    for entry in entries:
        shoot = _shoot_of(entry)
        if shoot is None:
            new.append(entry)
            continue
        draft = draft_from(entry.form, entry.reading)
        says = CitationDraft(
            status=draft.status,
            period=draft.period,
            manner=Manner.IMPLIES if entry.implied else Manner.STATES,
            note="\n".join(part for part in (draft.note, repeats) if part)[:500],
        )
        cite_or_offer(session, shoot, _source(draft.address, published, bool(repeats)), says, by=by)
        shoots.append(shoot)
    return Saved([submit(session, draft, by=by) for draft in drafts_of(new, repeats)], shoots)


def _shoot_of(entry: Entry) -> Shoot | None:
    """Answer the shoot on record that the sender adds a source to, None for a new one."""
    if entry.number == OWN or entry.duplicate is None or entry.another or not entry.form.address.data:
        return None
    return entry.duplicate.shoot


def _source(address: str, published: date | None, is_repeat: bool) -> SourceDraft:
    return SourceDraft(
        kind=SourceKind.REPEATED_REPORTING if is_repeat else SourceKind.TRADE_PRESS,
        title=address.split("://", 1)[-1][:200],
        address=address,
        outlet=urlsplit(address).hostname or "",
        published=parse_bound(published.isoformat()) if published else UNKNOWN,
        captured_on=today(),
    )
