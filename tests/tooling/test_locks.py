"""The locks pin everything by its hash and name no host."""

from __future__ import annotations

import json
import re
from configparser import ConfigParser

import pytest

from tracker.config import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")


def pinned(lock: str) -> dict[str, str]:
    """Answer the versions in a lock by package name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.\-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_each_package_is_pinned_with_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = [block for block in re.split(r"(?m)^(?=\S)", text) if "==" in block.partition("\n")[0]]
    assert len(blocks) == len(pinned(lock)) > 0
    assert [block.partition("=")[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_no_lock_names_where_packages_come_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    # What a package's authors say of donations is no place that it comes from.
    hosts = [line for line in text.splitlines() if "://" in line and '"url": "' not in line]
    assert hosts == []


def test_tests_run_on_the_same_versions_as_the_application() -> None:
    assert pinned("requirements.lock").items() <= pinned("requirements-dev.lock").items()


def test_every_dependency_of_the_settings_file_is_locked() -> None:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    for section, option, lock in (
        ("options", "install_requires", "requirements.lock"),
        ("options.extras_require", "dev", "requirements-dev.lock"),
    ):
        names = re.findall(r"^[A-Za-z0-9\-]+", settings[section][option], re.MULTILINE)
        assert {name.lower() for name in names} - set(pinned(lock)) == set()


def test_each_browser_package_has_an_exact_version_and_an_integrity() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert wanted == {name: locked[f"node_modules/{name}"]["version"] for name in wanted}
    assert [path for path, entry in locked.items() if path and not entry.get("integrity")] == []
