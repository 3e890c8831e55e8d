"""Save what was taken from a text: new sightings, and its sources for the shoots that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft
from tracker.web.frame.delay import held_back_now
from tracker.web.pasting.entries import OWN, Entry
from tracker.web.pasting.posts import LinkedPost, note_of, posts_about
from tracker.web.pasting.reading import TextRead
from tracker.web.sightings.reading import draft_from


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of the entries: sightings that wait, and shoots on record that were given the source."""

    sightings: Sequence[Sighting]
    shoots: Sequence[Shoot]


def save_entries(
    session: Session,
    entries: Sequence[Entry],
    read: TextRead,
    posts: Sequence[LinkedPost],
    *,
    published: date | None,
    by: User,
) -> Saved:
    """Save all entries. Raises ConflictError if a source speaks of one of the shoots already.

    An entry that is on record gets text and posts as sources, as far as they have links; without one nobody
    could open them, so it waits as a sighting like the others, and a moderator joins the two.
    """
    sightings, shoots = [], []
    for entry in entries:
        about = posts_about(entry.number, read, posts)
        draft = _draft(entry, posts if entry.number != OWN else ())
        if entry.duplicate is None or entry.another or not (draft.address or about):
            sightings.append(submit(session, _of_its_root(draft, about), by=by, hold=held_back_now))
            continue
        shoots.append(entry.duplicate.shoot)
        says = CitationDraft(
            status=draft.status,
            period=draft.period,
            manner=Manner.IMPLIES if entry.implied else Manner.STATES,
            note=draft.note[:500],
        )
        for each in about:
            cite_or_offer(session, entry.duplicate.shoot, each.source, says, by=by)
        if draft.address:
            text = _source(draft.address, published, is_repeat=bool(posts))
            repeats = about[0].address if about else ""
            cite_or_offer(session, entry.duplicate.shoot, text, says, by=by, repeats=repeats)
    return Saved(sightings, shoots)


def _draft(entry: Entry, posts: Sequence[LinkedPost]) -> SightingDraft:
    draft = draft_from(entry.form, entry.reading)
    return replace(draft, note="\n".join(part for part in (draft.note, note_of(posts)) if part))


def _of_its_root(draft: SightingDraft, about: Sequence[LinkedPost]) -> SightingDraft:
    """Answer the draft with the post as its source, where its link is known: the repeat does not count."""
    if not about:
        return draft
    text = f"\nRead in {draft.address}" if draft.address else ""
    return replace(draft, address=about[0].address, note=f"{draft.note}{text}".strip())


def _source(address: str, published: date | None, *, is_repeat: bool) -> SourceDraft:
    return SourceDraft(
        kind=SourceKind.REPEATED_REPORTING if is_repeat else SourceKind.TRADE_PRESS,
        title=address.split("://", 1)[-1][:200],
        address=address,
        outlet=urlsplit(address).hostname or "",
        published=parse_bound(published.isoformat()) if published else UNKNOWN,
        captured_on=today(),
    )
