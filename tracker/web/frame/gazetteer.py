"""The offline gazetteer, as the pages look places up in it."""

from __future__ import annotations

from tracker.gazetteer import gazetteer

__all__ = ["gazetteer"]
