"""The demo: three real productions, in our own words, with their sources."""

from __future__ import annotations

from tracker.exchange.demo.loading import DemoReport, load_demo

__all__ = ["DemoReport", "load_demo"]
