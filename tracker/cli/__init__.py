"""The command line door."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Tie the commands to an application."""
