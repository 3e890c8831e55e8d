"""The demo: five productions with all their evidence, and a library of more. Own words, with sources."""

from __future__ import annotations

from tracker.exchange.demo.loading import DemoReport, load_demo, load_library

__all__ = ["DemoReport", "load_demo", "load_library"]
