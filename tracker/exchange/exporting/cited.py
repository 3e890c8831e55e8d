"""The sources of a row, as the public may know them."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.exchange.exporting.rows import PublicSource
from tracker.productions.evidence import Citation, Stance
from tracker.sources.models import SourceKind


def public_sources(citations: list[Citation], *, private: bool) -> tuple[PublicSource, ...]:
    """Answer the live sources of a shoot, each once, in the order in which they were cited."""
    return each_once(
        [
            public_source(
                citation.source_id,
                citation.stance,
                citation.source.title,
                citation.source.kind,
                citation.source.address,
                citation.source.published.edtf,
                private=private,
            )
            for citation in citations
            if citation.is_live
        ]
    )


def public_source(
    number: int,
    stance: Stance,
    title: str,
    kind: SourceKind,
    address: str | None,
    published: str,
    *,
    private: bool,
) -> PublicSource:
    """Answer what may leave of a source; `published` is EDTF."""
    return PublicSource(
        id=number,
        title="" if private else title,
        kind=kind.value,
        address="" if private else address or "",
        stance=stance.value,
        published=published,
    )


def each_once(sources: Sequence[PublicSource]) -> tuple[PublicSource, ...]:
    """Answer the sources without those that are there already; the first word of each counts."""
    found = {source.id: source for source in reversed(sources)}
    return tuple(reversed(found.values()))
