"""The colours: readable in both themes, named once, and used only by name."""

from __future__ import annotations

import re

import pytest

from tests.templates.rendering import STATIC

CSS = STATIC / "css"
GROUNDS = ("paper", "surface", "sunk", "tint")
TEXTS = [
    "ink",
    "ink-2",
    "ink-3",
    "link",
    "link-hover",
    "danger",
    "s-rumoured",
    "s-planned",
    "s-permitted",
    "s-underway",
    "s-wrapped",
    "s-postponed",
    "s-suspended",
    "s-cancelled",
]


def _blocks() -> list[dict[str, str]]:
    text = (CSS / "tokens.css").read_text("utf-8")
    bodies = re.findall(r":root[^{]*\{([^{}]*--paper[^{}]*)\}", text)
    return [dict(re.findall(r"--([\w-]+):\s*([^;]+);", body)) for body in bodies]


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Answer the contrast ratio of WCAG 2.2, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_colour_is_readable_on_every_ground_in_both_themes(text: str, ground: str) -> None:
    light, dark, _ = _blocks()
    assert contrast(light[text], light[ground]) >= 4.5
    assert contrast(dark[text], dark[ground]) >= 4.5


def test_controls_stand_out_from_their_ground() -> None:
    light, dark, _ = _blocks()
    for theme in (light, dark):
        assert contrast(theme["rule-2"], theme["surface"]) >= 3
        assert contrast(theme["focus"], theme["paper"]) >= 3
        assert contrast(theme["on-link"], theme["link"]) >= 4.5


def test_dark_by_system_and_dark_by_choice_are_the_same() -> None:
    _, by_system, by_choice = _blocks()
    assert by_system == by_choice


def test_style_sheets_use_no_colour_that_is_not_a_token() -> None:
    loose = {
        sheet.name: found
        for sheet in CSS.glob("*.css")
        # Paper is always white, and so is Swagger UI, whatever the page's theme.
        if sheet.name not in ("tokens.css", "print.css", "api-docs.css")
        and (
            found := re.findall(
                r":[^;{}]*(#[0-9a-f]{3,8})\b[^;{}]*;", sheet.read_text("utf-8"), re.IGNORECASE
            )
        )
    }
    assert loose == {}


def test_every_custom_property_that_is_used_is_defined() -> None:
    texts = [sheet.read_text("utf-8") for sheet in CSS.glob("*.css")]
    scripts = [script.read_text("utf-8") for script in (STATIC / "js").rglob("*.js")]
    defined = {name for text in texts for name in re.findall(r"--([\w-]+)\s*:", text)}
    defined |= {name for text in scripts for name in re.findall(r"[\"']--([\w-]+)[\"']", text)}
    used = {name for text in texts for name in re.findall(r"var\(--([\w-]+)", text)}
    assert used - defined == set()
