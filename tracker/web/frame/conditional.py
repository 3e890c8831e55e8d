"""Answers that carry a validator: whoever has the same already gets 304 and no body."""

from __future__ import annotations

from tracker.answers import json_answer, problem

__all__ = ["json_answer", "problem"]
