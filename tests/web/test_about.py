"""The pages about the site: how grades work, and the credits that licences ask for."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.reading import read
from tracker.config import ROOT

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def test_every_grade_is_explained_and_can_be_linked_to(client: FlaskClient) -> None:
    page = read(client, "/about/grades")
    for letter, word in zip(
        "ABCDEXZ",
        ("official", "corroborated", "first-hand", "reported", "rumour", "disputed", "refuted"),
        strict=True,
    ):
        assert f"grade-{letter.lower()}" in page.ids
        assert f"Grade {letter} {word}" in page.words


@pytest.mark.parametrize(
    "words",
    [
        "A repeat is not a second source.",
        "What only implies stops at",
        "Four things that are never merged",
        "Likely marks an order",
        "[Brackets] hold stops whose order nothing tells",
    ],
)
def test_the_rules_that_surprise_are_told(client: FlaskClient, words: str) -> None:
    assert words in read(client, "/about/grades").words


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("GeoNames", "CC BY 4.0"),
        ("Natural Earth", "public domain"),
        ("world-atlas", "ISC"),
        ("OpenStreetMap", "Open Database License"),
        ("Leaflet", "BSD 2-Clause"),
        ("topojson-client", "ISC"),
        ("Brygada 1918", "SIL Open Font License 1.1"),
        ("Hanken Grotesk", "SIL Open Font License 1.1"),
        ("folium", "MIT"),
        ("geopy", "MIT"),
    ],
)
def test_everybody_is_credited_with_the_licence(client: FlaskClient, name: str, licence: str) -> None:
    (row,) = [row for row in read(client, "/about/credits").rows if row[0] == name]
    assert row[2].startswith(licence)


def test_every_asset_that_we_fetch_is_credited(client: FlaskClient) -> None:
    words = read(client, "/about/credits").words.casefold().replace(" ", "-")
    packages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    missing = [name for name in packages if name.rpartition("/")[2] not in words]
    assert missing == []


def test_our_own_licences_are_named(client: FlaskClient) -> None:
    page = read(client, "/about/credits")
    assert "https://creativecommons.org/publicdomain/zero/1.0/" in page.links
    assert "MIT licence" in page.words


def test_a_licence_is_linked_where_its_text_is_shipped(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "vendor" / "LICENSES"
    folder.mkdir(parents=True)
    (folder / "leaflet.txt").write_text("BSD 2-Clause License", encoding="utf-8")
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    shipped = [link for link in read(client, "/about/credits").links if "LICENSES" in link]
    assert shipped == ["/static/vendor/LICENSES/leaflet.txt"]
    with closing(client.get(shipped[0])) as answer:
        assert answer.text == "BSD 2-Clause License"
