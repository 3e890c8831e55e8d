"""Two texts word by word: each can be read out of the difference again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.history.differences import word_differences

TEXTS = st.lists(st.sampled_from(["train", "roof", "a", "the", ",", "Rauma"]), max_size=12).map(" ".join)


def test_only_the_words_that_changed_are_marked() -> None:
    pieces = word_differences("The crew left by train on Sunday.", "The crew left by road on Sunday.")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "The crew left by "),
        ("removed", "train"),
        ("added", "road"),
        ("same", " on Sunday."),
    ]


def test_two_different_texts_are_not_torn_into_words() -> None:
    pieces = word_differences("The director thanked a museum.", "Nobody knows what happened there")
    assert [piece.kind for piece in pieces] == ["removed", "added"]


@given(TEXTS, TEXTS)
def test_leaving_out_one_side_gives_the_other(before: str, after: str) -> None:
    pieces = word_differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
