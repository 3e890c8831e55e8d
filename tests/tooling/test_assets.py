"""Browser assets are there as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import assets
import packages
import pytest


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    folder = tmp_path / "node_modules"
    (folder / "map" / "images").mkdir(parents=True)
    (folder / "map" / "map.js").write_text("new")
    (folder / "map" / "images" / "pin.png").write_bytes(b"png")
    return folder


def test_the_listed_files_and_folders_replace_what_was_there(fetched: Path, tmp_path: Path) -> None:
    target = tmp_path / "vendor"
    (target / "old").mkdir(parents=True)
    assets.copy_whole({"map/map.js": "m/map.js", "map/images": "m/images"}, fetched, target, "lock 2")
    copied = sorted(str(path.relative_to(target)) for path in target.rglob("*") if path.is_file())
    assert copied == [".stamp", "m/images/pin.png", "m/map.js"]
    assert assets.is_current(target, "lock 2")
    assert not assets.is_current(target, "lock 3")


def test_a_missing_file_leaves_the_old_copies_in_place(fetched: Path, tmp_path: Path) -> None:
    target = tmp_path / "vendor"
    assets.copy_whole({"map/map.js": "map.js"}, fetched, target, "lock 1")
    with pytest.raises(FileNotFoundError, match="gone"):
        assets.copy_whole({"map/map.js": "map.js", "map/gone.js": "gone.js"}, fetched, target, "lock 2")
    assert (target / "map.js").read_text() == "new"
    assert assets.is_current(target, "lock 1")


def test_every_package_that_is_served_brings_its_licence() -> None:
    served = {place.partition("/")[0] for place in assets.SERVED.values()} - {"LICENSES", "fonts"}
    fonts = {source.split("/")[1] for source in assets.SERVED if source.startswith(assets.FONTS)}
    licences = {Path(place).stem for place in assets.SERVED.values() if place.startswith("LICENSES/")}
    assert licences == served | fonts


def test_an_installation_that_never_ended_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "packages").write_text("lock 1")
    assert packages.is_installed(tmp_path, "packages", "lock 1")
    assert not packages.was_interrupted(tmp_path)
    (tmp_path / "dev.begun").touch()
    assert packages.was_interrupted(tmp_path)
