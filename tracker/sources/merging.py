"""Merging a source into another, as far as sources themselves go. Runs inside an open change."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.history.merging import fill_gaps, mark_merged
from tracker.sources.models import Source

_GAPS = ("author", "outlet", "address", "archive_address", "language", "captured_on", "note")


def merge_source_rows(session: Session, survivor: Source, loser: Source) -> None:
    """Let what repeats the loser repeat the survivor, and take over what the survivor does not say."""
    fill_gaps(survivor, loser, _GAPS)
    if not survivor.published.is_known and loser.published.is_known:
        survivor.published = loser.published
    if survivor.repeats_id == loser.id:
        survivor.repeats_id = loser.repeats_id
        # Others may stand between the two; they pass on the survivor from now on, and it cannot pass on them.
        survivor.passes_on_id = loser.passes_on_id
    elif survivor.passes_on_id == loser.id:
        survivor.passes_on_id = loser.passes_on_id
    for follower in session.scalars(select(Source).where(Source.passes_on_id == loser.id)):
        follower.passes_on_id = survivor.id
    root_id = survivor.repeats_id or survivor.id
    for follower in session.scalars(select(Source).where(Source.repeats_id == loser.id)):
        follower.repeats_id = root_id
    mark_merged(session, loser, survivor)
