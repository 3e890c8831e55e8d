"""A GeoNames dump that an operator adds: what is taken, what it changes, and that it can be cut short."""

from __future__ import annotations

import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.geocoding.rows import sources
from tracker.cli.gazetteer import gazetteer_group
from tracker.foundation.errors import DataFileError
from tracker.geocoding import Gazetteer, open_gazetteer
from tracker.geocoding.added import Added, Kept
from tracker.geocoding.build import write_gazetteer
from tracker.geocoding.dump import Reading, read_dump


def line(
    number: int, name: str, lat: float, lon: float, code: str, *, admin2: str = "1539", country: str = "NO",
    people: int = 0, also: str = "", modified: str = "2026-01-01"
) -> str:  # fmt: skip
    """Write a row of a dump; `code` is class and code, as in "H.LK"."""
    feature_class, _, feature = code.partition(".")
    head = [str(number), name, name, also, str(lat), str(lon), feature_class, feature, country, ""]
    tail = ["08", admin2, "", "", str(people), "", "10", "Europe/Oslo", modified]
    return "\t".join([*head, *tail])


ROWS = (
    line(9000001, "Trolltindene", 62.481, 7.729, "T.MTS", also="Troll Peaks,Trolltindan"),
    line(9000002, "Stigfossen", 62.456, 7.669, "H.FLLS"),
    line(9000003, "Rauma", 62.56, 7.7, "H.STM"),
    line(9000004, "Innfjorden", 62.50, 7.55, "P.PPL", people=300),
    line(3163155, "Åndalsnes", 62.56749, 7.68709, "P.PPL", people=2_600, also="Romsdalsby"),
    line(9000005, "Rauma", 62.5, 7.7, "A.ADM2", also="Romsdal municipality"),
    line(9000006, "Vestnes", 62.62, 7.09, "A.ADM2", admin2="1535", people=7_000),
    line(9000007, "Some farm", 62.62, 7.09, "S.FRM"),
    line(9000008, "Deep", 70.0, -10.0, "U.TRNU", country=""),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A gazetteer of the small world, to which nothing is added yet."""
    path = tmp_path / "gazetteer.sqlite3"
    write_gazetteer(path, sources(), lambda *_: None)
    return path


def dump_of(folder: Path, *rows: str) -> Path:
    file = folder / "NO.txt"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def add(path: Path, *rows: str) -> Kept:
    """Add rows as a file would be, and build the small world anew with them."""
    added = Added.beside(path)
    kept = added.keep(read_dump(dump_of(path.parent, *rows), Reading(), lambda _: None))
    write_gazetteer(path, sources(), lambda *_: None, added)
    return kept


def best_of(gazetteer: Gazetteer, query: str) -> tuple[str, str, float]:
    best = gazetteer.resolve(query).best
    assert best is not None
    return best.id, best.kind, best.uncertainty_m


def test_mountains_waterfalls_villages_and_municipalities_are_found_with_their_other_names(
    path: Path,
) -> None:
    assert add(path, *ROWS) == Kept(new=7, changed=0)
    gazetteer = open_gazetteer(path)
    assert best_of(gazetteer, "Troll Peaks") == ("geonames:9000001", "mountain", 30_000)
    assert best_of(gazetteer, "Stigfossen") == ("geonames:9000002", "water", 800)
    assert best_of(gazetteer, "Innfjorden") == ("geonames:9000004", "town", 1_500)
    assert best_of(gazetteer, "Vestnes") == ("geonames:9000006", "municipality", 20_000)
    stigfossen = gazetteer.resolve("Stigfossen").candidates[0]
    assert (stigfossen.municipality, stigfossen.region) == ("Rauma", "Møre og Romsdal")
    assert gazetteer.resolve("Some farm").candidates == ()


def test_what_is_listed_already_is_updated_not_doubled(path: Path) -> None:
    add(path, *ROWS)
    gazetteer = open_gazetteer(path)
    assert [each.id for each in gazetteer.resolve("Romsdalsby").candidates] == ["geonames:3163155"]
    assert gazetteer.resolve("Åndalsnes").candidates[0].population == 2_600
    assert best_of(gazetteer, "Romsdal municipality")[:2] == ("municipality:NO.08.1539", "municipality")
    assert [hit.place.id for hit in gazetteer.store.exact("andalsnes")] == ["geonames:3163155"]


def test_a_river_does_not_take_the_name_of_the_municipality(path: Path) -> None:
    add(path, *ROWS)
    gazetteer = open_gazetteer(path)
    norway = gazetteer.resolve("Rauma", country="NO")
    assert [(each.id, each.kind) for each in norway.candidates] == [
        ("municipality:NO.08.1539", "municipality")
    ]
    assert best_of(gazetteer, "Rauma river") == ("geonames:9000003", "water", 15_000)


def test_a_curated_landmark_wins_over_a_row_of_its_name_nearby(path: Path) -> None:
    near = line(9000010, "Leavesden Studios", 51.70, -0.42, "S.BLDG", country="GB")
    far = line(9000011, "Leavesden Studios", 57.0, -3.0, "S.BLDG", country="GB")
    add(path, near, far)
    found = {hit.place.id for hit in open_gazetteer(path).store.exact("leavesden studios")}
    assert found == {"landmark:leavesden-studios", "geonames:9000011"}


def test_adding_again_changes_nothing_and_only_a_newer_row_prevails(path: Path) -> None:
    add(path, *ROWS)
    revision = Added.beside(path).revision()
    assert add(path, *ROWS) == Kept(new=0, changed=0)
    older = line(9000002, "Stigfossen", 1.0, 1.0, "H.FLLS", modified="2020-01-01")
    assert add(path, older) == Kept(new=0, changed=0)
    assert Added.beside(path).revision() == revision
    newer = line(9000002, "Stigfossen", 62.457, 7.67, "H.FLLS", modified="2026-02-01")
    assert add(path, newer) == Kept(new=0, changed=1)
    assert open_gazetteer(path).resolve("Stigfossen").candidates[0].lat == 62.457


def test_a_process_that_runs_takes_up_what_was_added(path: Path) -> None:
    running = open_gazetteer(path)
    assert running.resolve("Stigfossen").best is None
    add(path, *ROWS)
    assert best_of(running, "Stigfossen")[0] == "geonames:9000002"
    path.unlink()  # and where the file goes away, the open one serves on
    assert best_of(running, "Stigfossen")[0] == "geonames:9000002"


def test_an_archive_is_read_like_the_file_in_it(path: Path) -> None:
    archive = path.parent / "NO.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("readme.txt", "about this")
        packed.writestr("NO.txt", "\n".join(ROWS))
    reading = Reading()
    rows = list(read_dump(archive, reading, lambda _: None))
    assert (len(rows), reading.taken, reading.left_out, reading.bad_lines) == (7, 7, 2, 0)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.txt", None, "There is no file"),
        ("film.csv", b"title,place\nDune,Budapest\n", r"is no dump of GeoNames \(line 1: 1 columns instead"),
        ("NO.zip", b"not an archive", "is no whole .zip"),
    ],
)
def test_another_file_is_refused_and_nothing_is_kept(
    path: Path, name: str, content: bytes | None, message: str
) -> None:
    file = path.parent / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DataFileError, match=message):
        Added.beside(path).keep(read_dump(file, Reading(), lambda _: None))
    assert (Added.beside(path).revision(), Added.beside(path).count()) == ("", 0)


def run(path: Path, *words: str) -> Result:
    app = Flask("small")
    app.config.update(GAZETTEER_PATH=path, CITIES_DIR=path.parent / "cities")
    app.cli.add_command(gazetteer_group)
    return app.test_cli_runner().invoke(args=["gazetteer", *words], env={"COLUMNS": "200"})


def test_bad_lines_are_named_with_their_reason_and_the_others_are_taken(path: Path) -> None:
    add(path, *ROWS)
    bad = (
        "garbage",
        line(9000020, "North of north", 162.5, 7.7, "T.MT"),
        line(9000021, "", 62.5, 7.7, "T.MT"),
        line(9000022, "Once", 62.5, 7.7, "T.MT", modified="yesterday"),
    )
    file = dump_of(path.parent, *ROWS, *bad)
    result = run(path, "add", str(file))
    assert result.exit_code == 1
    assert result.stdout == (f"{file}: 13 lines; 0 places new, 0 changed, 7 as they were, 2 of no use here\n")
    told = [each for each in result.stderr.splitlines() if ", line " in each]
    assert told == [
        f"{file}, line 10: 1 columns instead of 19",
        f"{file}, line 11: latitude 162.5 is not within 90 degrees",
        f"{file}, line 12: no name",
        f"{file}, line 13: Invalid isoformat string: 'yesterday'",
    ]
    assert "4 lines could not be read." in result.stderr


def test_a_gazetteer_that_lacks_what_was_added_is_not_taken_for_whole(path: Path) -> None:
    assert "is there already" in run(path, "build").output
    Added.beside(path).keep(read_dump(dump_of(path.parent, *ROWS), Reading(), lambda _: None))
    result = run(path, "build")
    assert (result.exit_code, "cities.json is not there" in result.stderr) == (1, True)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.geocoding.rows import sources
from tracker.geocoding.added import Added
from tracker.geocoding.build import write_gazetteer
from tracker.geocoding.dump import Reading, read_dump

path, dump, point = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def die(): os.kill(os.getpid(), signal.SIGKILL)

def rows():
    for at, row in enumerate(read_dump(dump, Reading(), lambda _: None)):
        if point == f"row {at}": die()
        yield row

def step(done, total, what):
    if point == f"step {done}": die()

added = Added.beside(path)
added.keep(rows())
write_gazetteer(path, sources(), step, added)
"""


@pytest.mark.parametrize(
    "point", ["row 0", "row 5", "step 150", "step 500", "step 580", "step 720", "step 740", "step 860"]
)
def test_killed_at_any_point_the_old_gazetteer_serves_and_the_next_try_succeeds(
    path: Path, point: str
) -> None:
    before = path.read_bytes()
    dump = dump_of(path.parent, *ROWS)
    words = [sys.executable, "-c", KILLED, str(path), str(dump), point]
    killed = subprocess.run(words, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert open_gazetteer(path).resolve("Roma").best is not None
    assert add(path, *ROWS) in {Kept(7, 0), Kept(0, 0)}
    assert best_of(open_gazetteer(path), "Stigfossen")[0] == "geonames:9000002"
    left = sorted(each.name for each in path.parent.iterdir())
    assert left == ["NO.txt", "gazetteer-added.sqlite3", "gazetteer.sqlite3"]
