"""Three versions compared: nothing that anybody wrote is lost, and who asks makes no difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.foundation.errors import ConflictError
from tracker.history.conflicts import Choice, Verdict, compare, one_after_the_other

NAMES = ("note", "scene", "unit", "year")
TEXTS = st.sampled_from(["", "a", "b", "c"])
VERSIONS = st.fixed_dictionaries(dict.fromkeys(NAMES, TEXTS))
CHOICES = st.fixed_dictionaries({name: st.sampled_from([Choice.LIVE, Choice.YOURS]) for name in NAMES})


@pytest.mark.parametrize(
    ("began", "live", "yours", "verdict", "merged"),
    [
        ("a", "a", "a", Verdict.SAME, "a"),
        ("a", "b", "a", Verdict.ONLY_LIVE, "b"),
        ("a", "a", "b", Verdict.ONLY_YOURS, "b"),
        ("a", "b", "b", Verdict.BOTH_ALIKE, "b"),
        ("a", "", "a", Verdict.ONLY_LIVE, ""),
    ],
)
def test_what_one_person_changed_merges_itself(
    began: str, live: str, yours: str, verdict: Verdict, merged: str
) -> None:
    compared = compare({"note": began}, {"note": live}, {"note": yours})
    assert [field.verdict for field in compared.fields] == [verdict]
    assert compared.merged() == {"note": merged}


def test_what_both_changed_waits_for_a_choice() -> None:
    compared = compare({"note": "a"}, {"note": "b"}, {"note": "c"})
    with pytest.raises(ConflictError, match="'note' was changed by two people"):
        compared.merged()
    assert compared.merged({"note": Choice.LIVE}) == {"note": "b"}
    assert compared.merged({"note": Choice.YOURS}) == {"note": "c"}
    both = compared.merged({"note": Choice.BOTH}, {"note": one_after_the_other})
    assert both == {"note": "b\n\nc"}
    with pytest.raises(ConflictError):  # a year cannot be two years
        compared.merged({"note": Choice.BOTH})


def test_rows_that_came_or_went_meanwhile_are_compared_as_empty() -> None:
    compared = compare({"title-1": "Libra"}, {"title-2": "MI7"}, {"title-1": "Libra 7"})
    assert {field.name: field.verdict for field in compared.fields} == {
        "title-2": Verdict.ONLY_LIVE,
        "title-1": Verdict.CLASH,
    }


@given(VERSIONS, VERSIONS, VERSIONS, CHOICES)
def test_merging_loses_no_value(
    began: dict[str, str], live: dict[str, str], yours: dict[str, str], choices: dict[str, Choice]
) -> None:
    compared = compare(began, live, yours)
    merged = compared.merged(choices)
    for field in compared.fields:
        value = merged[field.name]
        changed = {v for v in (field.live, field.yours) if v != field.began}
        if len(changed) == 2:
            assert field in compared.clashes
            assert value == (field.live if choices[field.name] is Choice.LIVE else field.yours)
        else:
            assert {value} == (changed or {field.began})


@given(VERSIONS, VERSIONS, VERSIONS)
def test_who_of_the_two_saves_last_makes_no_difference(
    began: dict[str, str], live: dict[str, str], yours: dict[str, str]
) -> None:
    one, other = compare(began, live, yours), compare(began, yours, live)
    assert {field.name for field in one.clashes} == {field.name for field in other.clashes}
    mirrored = {Choice.LIVE: Choice.YOURS, Choice.YOURS: Choice.LIVE}
    choices = {field.name: Choice.LIVE for field in one.clashes}
    assert one.merged(choices) == other.merged({name: mirrored[c] for name, c in choices.items()})


@given(VERSIONS, VERSIONS, VERSIONS)
def test_fields_do_not_depend_on_each_other(
    began: dict[str, str], live: dict[str, str], yours: dict[str, str]
) -> None:
    whole = {field.name: field.verdict for field in compare(began, live, yours).fields}
    for name in NAMES:
        (alone,) = compare({name: began[name]}, {name: live[name]}, {name: yours[name]}).fields
        assert alone.verdict is whole[name]


@given(st.text(max_size=20), st.text(max_size=20))
def test_keeping_both_texts_keeps_both(live: str, yours: str) -> None:
    both = one_after_the_other(live, yours)
    assert live in both
    assert yours in both
