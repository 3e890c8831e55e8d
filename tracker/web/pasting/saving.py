"""Save what was taken from a text: new sightings, and its sources for the shoots that are there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.clock import today
from tracker.foundation.dates import UNKNOWN, parse_bound
from tracker.productions.evidence import Manner, Relation
from tracker.productions.models import Shoot
from tracker.productions.operations import CitationDraft
from tracker.sightings.citing import OrderDraft, cite_or_offer, order_or_offer
from tracker.sightings.models import Sighting
from tracker.sightings.operations import SightingDraft, submit
from tracker.sightings.orders import keep_order
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft
from tracker.web.frame.delay import held_back_now
from tracker.web.pasting.entries import OWN, Entry
from tracker.web.pasting.next_up import NextUp
from tracker.web.pasting.posts import LinkedPost, note_of, posts_about
from tracker.web.pasting.reading import TextRead
from tracker.web.sightings.reading import draft_from


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of the entries: sightings that wait, and shoots on record that were given the source."""

    sightings: Sequence[Sighting]
    shoots: Sequence[Shoot]


@dataclass(frozen=True, slots=True)
class _Kept:
    """One entry as it was kept: the sighting, or the shoot on record with the source that speaks for it."""

    row: Sighting | Shoot
    source: SourceDraft | None = None


def save_entries(
    session: Session,
    entries: Sequence[Entry],
    read: TextRead,
    posts: Sequence[LinkedPost],
    *,
    orders: Iterable[NextUp],
    published: date | None,
    by: User,
) -> Saved:
    """Save all entries. Raises ConflictError if a source speaks of one of the shoots already.

    An entry that is on record gets text and posts as sources, as far as they have links; without one nobody
    could open them, so it waits as a sighting like the others, and a moderator joins the two. What the text
    says of the order of two entries is kept with them.
    """
    kept: dict[str, _Kept] = {}
    for entry in entries:
        about = posts_about(entry.number, read, posts)
        draft = _draft(entry, posts if entry.number != OWN else ())
        if entry.duplicate is None or entry.another or not (draft.address or about):
            kept[entry.number] = _Kept(submit(session, _of_its_root(draft, about), by=by, hold=held_back_now))
        else:
            sources = _sources(draft, about, published, is_repeat=bool(posts))
            kept[entry.number] = _cite(session, entry, draft, sources, by=by)
    for order in orders:
        _keep_order(session, order, kept, by=by)
    rows = [each.row for each in kept.values()]
    return Saved(
        [row for row in rows if isinstance(row, Sighting)], [row for row in rows if isinstance(row, Shoot)]
    )


def _cite(
    session: Session,
    entry: Entry,
    draft: SightingDraft,
    sources: Sequence[SourceDraft],
    *,
    by: User,
) -> _Kept:
    if entry.duplicate is None:
        raise AssertionError("only an entry that is on record gets a source")
    says = CitationDraft(
        status=draft.status,
        period=draft.period,
        manner=Manner.IMPLIES if entry.implied else Manner.STATES,
        note=draft.note[:500],
    )
    for source in sources:
        is_repeat = source.kind is SourceKind.REPEATED_REPORTING and source is not sources[0]
        repeats = sources[0].address if is_repeat else ""
        cite_or_offer(session, entry.duplicate.shoot, source, says, by=by, repeats=repeats)
    return _Kept(entry.duplicate.shoot, sources[0])


def _keep_order(session: Session, order: NextUp, kept: Mapping[str, _Kept], *, by: User) -> None:
    """Keep an order between entries that were saved: with the one that waits, else for the shoots at once."""
    own = kept.get(order.number)
    for number in order.after:
        other = kept.get(number)
        if own is None or other is None or own.row is other.row:
            continue
        if isinstance(own.row, Sighting):
            keep_order(session, own.row, Relation.NEXT, other.row, words=order.says)
        elif isinstance(other.row, Sighting):
            keep_order(session, other.row, Relation.BEFORE, own.row, words=order.says)
        elif own.source and own.row.production_id == other.row.production_id:
            says = OrderDraft(relation=Relation.NEXT, other=other.row, words=order.says)
            order_or_offer(session, own.row, own.source, says, by=by)


def _draft(entry: Entry, posts: Sequence[LinkedPost]) -> SightingDraft:
    draft = draft_from(entry.form, entry.reading)
    return replace(
        draft, implied=entry.implied, note="\n".join(part for part in (draft.note, note_of(posts)) if part)
    )


def _of_its_root(draft: SightingDraft, about: Sequence[LinkedPost]) -> SightingDraft:
    """Answer the draft with the post as its source, where its link is known: the repeat does not count."""
    if not about:
        return draft
    text = f"\nRead in {draft.address}" if draft.address else ""
    return replace(draft, address=about[0].address, note=f"{draft.note}{text}".strip())


def _sources(
    draft: SightingDraft, about: Sequence[LinkedPost], published: date | None, *, is_repeat: bool
) -> list[SourceDraft]:
    """Answer the posts that speak of a place, then the text itself, as far as they have links."""
    found = [each.source for each in about]
    return [*found, _source(draft.address, published, is_repeat=is_repeat)] if draft.address else found


def _source(address: str, published: date | None, *, is_repeat: bool) -> SourceDraft:
    return SourceDraft(
        kind=SourceKind.REPEATED_REPORTING if is_repeat else SourceKind.TRADE_PRESS,
        title=address.split("://", 1)[-1][:200],
        address=address,
        outlet=urlsplit(address).hostname or "",
        published=parse_bound(published.isoformat()) if published else UNKNOWN,
        captured_on=today(),
    )
