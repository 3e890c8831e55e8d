"""A Jinja environment as the web door sets it up, for macros on their own."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[2] / "tracker" / "templates"
STATIC = TEMPLATES.parent / "static"


def render(source: str, **context: object) -> str:
    """Render a snippet that may import the macros."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.from_string(source).render(**context)
