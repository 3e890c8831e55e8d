"""Draw claimed against right confidence as plain SVG, readable on light and on dark pages."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.geocoding.evaluation import Bin

_SIDE = 360
_LEFT, _TOP, _BOTTOM, _RIGHT = 56, 16, 52, 24
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #26313d; }
  .count { font-size: 11px; fill: #5a6572; }
  .grid { stroke: #d8dde3; }
  .even { stroke: #5a6572; stroke-dasharray: 5 4; }
  .line { fill: none; stroke: #0b66a8; stroke-width: 2; }
  .point { fill: #0b66a8; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e3e8ee; }
    .count { fill: #a7b1bc; }
    .grid { stroke: #3a444f; }
    .even { stroke: #a7b1bc; }
    .line { stroke: #6cb8f0; }
    .point { fill: #6cb8f0; }
  }
"""


def draw(bins: Sequence[Bin]) -> str:
    """Return the picture: one point per bin with its number of answers, and the diagonal of a sound judge."""
    width, height = _LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BOTTOM
    points = " ".join(f"{_x(part.claimed):.1f},{_y(part.right):.1f}" for part in bins)
    told = "; ".join(f"{part.claimed:.2f} claimed, {part.right:.2f} right" for part in bins)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            f'width="{width}" height="{height}" aria-labelledby="title desc">',
            '<title id="title">How sure answers are, and how often they are right</title>',
            f'<desc id="desc">{told}.</desc>',
            f"<style>{_STYLE}</style>",
            *_axes(),
            f'<line class="even" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>',
            f'<polyline class="line" points="{points}"/>',
            *(mark for at, part in enumerate(bins) for mark in _point(part, below=at % 2 == 1)),
            "</svg>\n",
        ]
    )


def _axes() -> list[str]:
    lines = []
    for tick in _TICKS:
        lines += [
            f'<line class="grid" x1="{_x(tick):g}" y1="{_y(0)}" x2="{_x(tick):g}" y2="{_y(1)}"/>',
            f'<line class="grid" x1="{_x(0)}" y1="{_y(tick):g}" x2="{_x(1)}" y2="{_y(tick):g}"/>',
            f'<text x="{_x(tick):g}" y="{_y(0) + 18}" text-anchor="middle">{tick:.1f}</text>',
            f'<text x="{_x(0) - 8}" y="{_y(tick) + 4:g}" text-anchor="end">{tick:.1f}</text>',
        ]
    middle = _y(0.5)
    return [
        *lines,
        f'<text x="{_x(0.5):g}" y="{_y(0) + 40}" text-anchor="middle">confidence that answers claim</text>',
        f'<text x="14" y="{middle:g}" text-anchor="middle" transform="rotate(-90 14 {middle:g})">'
        "share of them that is right</text>",
    ]


def _point(part: Bin, *, below: bool) -> list[str]:
    x, y = _x(part.claimed), _y(part.right)
    # Where many points crowd together, their numbers of answers stand above and below by turns.
    at = y + 18 if below else y - 9
    return [
        f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="4"/>',
        f'<text class="count" x="{x:.1f}" y="{at:.1f}" text-anchor="middle">{part.answers}</text>',
    ]


def _x(share: float) -> float:
    return _LEFT + _SIDE * share


def _y(share: float) -> float:
    return _TOP + _SIDE * (1 - share)
