"""Names as people spell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.geocoding.folding import fold, spellings
from tracker.geocoding.kindwords import bare_names
from tracker.geocoding.schema import cell_of, slip_hashes


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Åndalsnes", "andalsnes"),
        ("MØRE OG ROMSDAL", "more og romsdal"),
        ("Kraków–Łódź", "krakow lodz"),
        ("Giant's Causeway", "giants causeway"),
        ("St. John’s", "st johns"),
        ("Αθήνα", "αθηνα"),
        ("서울", "서울"),
    ],
)
def test_spellings_of_one_name_meet(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_usual_short_forms_are_tried_both_ways() -> None:
    assert "saint petersburg" in spellings("st petersburg")
    assert "mt fuji" in spellings("mount fuji")
    assert "hague" in spellings("the hague")


@pytest.mark.parametrize(
    ("area", "names"),
    [
        ("rauma kommune", ["rauma"]),
        ("enkopings kommun", ["enkopings", "enkoping"]),
        ("provincia di siena", ["siena"]),
        ("county kerry", ["kerry"]),
        ("suffolk county", ["suffolk"]),
        ("oslo", []),
    ],
)
def test_an_area_is_also_known_without_its_kind_word(area: str, names: list[str]) -> None:
    assert bare_names(area) == names


@given(st.text("abcdefgh", min_size=5, max_size=12), st.integers(0, 11), st.sampled_from("abcdefgh"))
def test_one_slip_leaves_a_trace_in_common(name: str, at: int, letter: str) -> None:
    at %= len(name)
    dropped, changed = name[:at] + name[at + 1 :], name[:at] + letter + name[at + 1 :]
    added, swapped = name[:at] + letter + name[at:], name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    assert all(slip_hashes(name) & slip_hashes(slip) for slip in (dropped, changed, added, swapped))


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_of_the_earth_has_a_cell(lat: float, lon: float) -> None:
    assert 0 <= cell_of(lat, lon) < 720 * 360
