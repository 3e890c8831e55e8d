"""A text in paragraphs and pieces, so that the page can mark facts without a person's text becoming HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.web.pasting.reading import Fact


@dataclass(frozen=True, slots=True)
class Piece:
    """Plain text, or the words of a fact with its state: taken, asks or left."""

    text: str
    fact: Fact | None = None
    state: str = ""


def paragraphs(text: str, facts: Sequence[Fact], states: dict[str, str]) -> list[list[Piece]]:
    """Cut the text at its line breaks and around its facts; empty lines are left out."""
    found: list[list[Piece]] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        inside = [fact for fact in facts if at <= fact.start and fact.end <= end]
        if line.strip():
            found.append(list(_pieces(text, at, end, inside, states)))
        at = end + 1
    return found


def _pieces(text: str, at: int, end: int, facts: Sequence[Fact], states: dict[str, str]) -> Sequence[Piece]:
    pieces = []
    for fact in facts:
        if text[at : fact.start]:
            pieces.append(Piece(text[at : fact.start]))
        pieces.append(Piece(text[fact.start : fact.end], fact, states.get(fact.number, "taken")))
        at = fact.end
    if text[at:end]:
        pieces.append(Piece(text[at:end]))
    return pieces
