"""`flask extract` and `flask evaluate articles`, on the application with the built gazetteer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import film

FIXTURES = Path(__file__).parent / "fixtures"
pytestmark = [
    pytest.mark.usefixtures("gazetteer_path"),
    pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True),
]


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words), env={"COLUMNS": "200"})


def test_json_holds_every_fact_with_its_position(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    text = "The thriller “Salt Road” was filmed in Ålesund on Friday.\n"
    file.write_text(text, encoding="utf-8")
    result = run(app, "extract", str(file), "--published", "2020-10-05", "--json")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    place, day = record["places"][0], record["dates"][0]
    assert (place["name"], place["country"], place["status"]) == ("Ålesund", "NO", "confirmed")
    assert text[place["start"] : place["end"]] == "Ålesund"
    assert (day["start"], day["end"], day["applies_to"]) == ("2020-10-02", "2020-10-02", ["Ålesund"])
    assert text[day["start_offset"] : day["end_offset"]] == "Friday"
    assert [(each["title"], each["known"]) for each in record["productions"]] == [("Salt Road", False)]


def test_a_production_on_record_is_known(app: Flask, session: Session, tmp_path: Path) -> None:
    film(session, "Salt Road")
    session.commit()
    file = tmp_path / "article.txt"
    file.write_text("Filming of Salt Road has begun in Bergen.", encoding="utf-8")
    record = json.loads(run(app, "extract", str(file), "--json").stdout)
    assert [(each["title"], each["known"]) for each in record["productions"]] == [("Salt Road", True)]


def test_the_table_tells_what_was_found_and_where(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Filming of “Salt Road” has begun in Bergen.", encoding="utf-8")
    lines = run(app, "extract", str(file)).stdout.splitlines()
    assert lines[0] == "en, day of publication unknown; on the whole: confirmed"
    assert any(line.split()[:3] == ["place", "Bergen", "confirmed"] for line in lines)


def test_a_file_that_is_not_there_is_wrong_use(app: Flask, tmp_path: Path) -> None:
    result = run(app, "extract", str(tmp_path / "none.txt"))
    assert result.exit_code == 2
    assert "none.txt cannot be read" in result.stderr


def test_the_evaluation_tells_each_article_and_all(app: Flask) -> None:
    record = json.loads(run(app, "evaluate", "articles", str(FIXTURES), "--json").stdout)
    assert [each["name"] for each in record["articles"]] == sorted(
        file.stem for file in FIXTURES.glob("*.json")
    )
    assert set(record["total"]) == {"productions", "places", "dates", "people", "sources"}
    assert "all, f1" in run(app, "evaluate", "articles", str(FIXTURES)).stdout


def test_a_folder_without_articles_is_an_error(app: Flask, tmp_path: Path) -> None:
    result = run(app, "evaluate", "articles", str(tmp_path))
    assert result.exit_code == 1
    assert "holds no JSON files" in result.stderr
