"""The map shells: small, the same everywhere, and out of reach of any text."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.maps import shell as shell_module
from tracker.maps.shell import MapKind, map_shell

KINDS = list(MapKind)
MAPS = Path(shell_module.__file__).parent
# What the maps room may know: nothing of the record, so that nothing of it can reach folium.
KNOWN = {"__future__", "branca", "dataclasses", "enum", "folium", "functools", "markupsafe", "typing"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_script_of_a_map_is_at_most_5_kb(kind: MapKind) -> None:
    assert len(map_shell(kind).script.encode()) <= 5000


@pytest.mark.parametrize("kind", KINDS)
def test_a_shell_is_one_empty_element_without_styles_scripts_or_frames(kind: MapKind) -> None:
    assert re.fullmatch(rf'<div class="folium-map" id="map_{kind}" ?></div>', map_shell(kind).html)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shell_names_no_address(kind: MapKind) -> None:
    assert "//" not in map_shell(kind).html + map_shell(kind).script


@pytest.mark.parametrize("kind", KINDS)
def test_the_script_makes_the_map_and_hands_it_over_last(kind: MapKind) -> None:
    script = map_shell(kind).script
    assert script.startswith(f"var map_{kind} = L.map(")
    assert script.endswith(f".maps.push(map_{kind});")


def test_a_shell_is_rendered_once() -> None:
    assert map_shell(MapKind.ROUTE) is map_shell(MapKind.ROUTE)


def test_another_process_renders_the_very_same_shells() -> None:
    code = (
        "from tracker.maps.shell import MapKind, map_shell\n"
        "print([(str(map_shell(kind).html), str(map_shell(kind).script)) for kind in MapKind])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert ast.literal_eval(told) == [
        (str(map_shell(kind).html), str(map_shell(kind).script)) for kind in KINDS
    ]


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "<script>alert(1)</script>", "Rauma", ""])
def test_a_shell_cannot_be_asked_for_with_any_other_text(text: str) -> None:
    with pytest.raises(ValueError, match="is not a valid MapKind"):
        map_shell(text)


def test_nothing_of_the_record_is_known_to_the_room_that_calls_folium() -> None:
    known = set()
    for file in MAPS.glob("**/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                known |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                known.add(str(node.module).partition(".")[0])
    assert known <= KNOWN


def test_only_kinds_and_constants_go_into_folium() -> None:
    """The one door into the room takes a MapKind; what it builds from is written in the module."""
    tree = ast.parse(Path(shell_module.__file__).read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    taken = {
        (function.name, argument.arg, ast.unparse(argument.annotation) if argument.annotation else None)
        for function in functions
        for argument in [*function.args.args, *function.args.kwonlyargs]
    }
    assert taken == {("_build", "kind", "MapKind"), ("map_shell", "kind", "MapKind")}
