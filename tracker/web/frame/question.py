"""A small question that people answer at a glance: in words, signed, good for two hours; no service is asked.

It stops the machine that fills in every form it finds, not one that is made for this site: against that
stand the limits.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

GOOD_FOR_SECONDS = 2 * 3600
_OPTIONS = 4
_WORDS = {
    "a country": ("Norway", "Italy", "Japan", "Brazil", "Kenya", "Canada", "Iceland", "Portugal"),
    "an animal": ("Horse", "Wolf", "Owl", "Salmon", "Rabbit", "Camel", "Beaver", "Falcon"),
    "a colour": ("Yellow", "Green", "Purple", "Red", "Blue", "Brown", "Black", "White"),
    "a month": ("January", "February", "April", "June", "July", "August", "October", "December"),
    "a fruit": ("Apple", "Pear", "Banana", "Cherry", "Lemon", "Grape", "Plum", "Mango"),
    "a part of the body": ("Elbow", "Knee", "Ear", "Thumb", "Shoulder", "Nose", "Chin", "Ankle"),
    "a tool": ("Hammer", "Saw", "Spanner", "Axe", "Shovel", "Drill", "Screwdriver", "Pliers"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Which of `options` is `kind`; `token` is the same for the form to post back."""

    kind: str
    options: tuple[str, ...]
    token: str

    @property
    def sentence(self) -> str:
        return f"Which of these is {self.kind}?"

    def is_right(self, answer: str) -> bool:
        return answer in self.options and answer in _WORDS[self.kind]


def make_question() -> Question:
    """Answer a new question."""
    chance = secrets.SystemRandom()
    kinds = chance.sample(sorted(_WORDS), _OPTIONS)
    options = [chance.choice(_WORDS[kind]) for kind in kinds]
    asked = kinds[0]
    chance.shuffle(options)
    return Question(asked, tuple(options), _signer().dumps([asked, options]))


def read_question(token: str) -> Question | None:
    """Answer the question that a form posted back; None if it is too old or not of ours."""
    try:
        kind, options = _signer().loads(token, max_age=GOOD_FOR_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return Question(kind, tuple(options), token)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="small question")
