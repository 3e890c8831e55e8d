"""Extraction from articles: invented ones in six languages, and the real ones beside the repository."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import not_here
from tracker.articles import Extraction, KnownTitle, extract, read_article
from tracker.articles.evaluation import Judged, evaluate, total
from tracker.articles.sentences import split
from tracker.config import ROOT
from tracker.foundation.errors import DataFileError, InvalidValueError
from tracker.geocoding import Gazetteer, open_gazetteer

FIXTURES = Path(__file__).parent / "fixtures"
REAL = ROOT.parent / "shared" / "data" / "articles_dev"
MI7 = KnownTitle("Mission: Impossible - Dead Reckoning Part One", ("Mission: Impossible 7", "MI7", "Libra"))


@pytest.fixture(scope="module")
def world(gazetteer_path: Path) -> Gazetteer:
    return open_gazetteer(gazetteer_path)


def facts(world: Gazetteer, text: str, published: date | None = date(2020, 10, 5)) -> Extraction:
    return extract(read_article(text, published=published), world)


def judged(folder: Path, world: Gazetteer) -> list[Judged]:
    return list(evaluate(folder, lambda article: extract(article, world), world))


def test_our_articles_give_their_facts_and_none_of_their_traps(world: Gazetteer) -> None:
    results = judged(FIXTURES, world)
    assert len(results) >= 12
    assert [(each.name, each.traps) for each in results if each.traps] == []
    scores = total(results)
    assert {kind: score.f1 >= 0.95 for kind, score in scores.items()} == dict.fromkeys(scores, True)
    assert scores["places"].precision >= 0.97


def test_real_articles_give_their_facts_and_none_of_their_traps(world: Gazetteer) -> None:
    if not REAL.is_dir():
        not_here(f"there are no articles at {REAL}")
    results = judged(REAL, world)
    scores = total(results)
    assert [(each.name, each.traps) for each in results if each.traps] == []
    assert scores["productions"].f1 == 1.0
    assert scores["places"].f1 >= 0.9
    assert scores["dates"].f1 >= 0.8
    assert scores["people"].f1 >= 0.9


def test_the_article_that_the_project_began_with(world: Gazetteer) -> None:
    if not REAL.is_dir():
        not_here(f"there are no articles at {REAL}")
    article = read_article((REAL / "seed.txt").read_text(encoding="utf-8"))
    found = extract(article, world, lambda: [MI7])
    assert found.published == "2020-10-05"
    assert (found.productions[0].title, found.productions[0].known) == (MI7.title, True)
    assert {(place.name, place.country, place.status.value) for place in found.places} == {
        ("Norway", "NO", "confirmed"),
        ("Stranda", "NO", "implied"),
        ("Rauma", "NO", "implied"),
        ("Rome", "IT", "planned"),
    }
    assert [(each.start, each.end) for each in found.dates] == [("2020-10~", "..")]


def test_every_fact_stands_where_it_says(world: Gazetteer) -> None:
    for file in sorted(FIXTURES.glob("*.json")):
        raw = file.read_text(encoding="utf-8")
        text = json.loads(raw)["text"]
        found = extract(read_article(raw), world)
        for place in found.places:
            assert text[place.start : place.end] == place.as_written
        for person in found.people:
            assert text[person.start : person.end] == person.name
        for production in found.productions:
            assert text[production.start : production.end].strip("“”«» ") in {
                production.title,
                *production.aliases,
            }


def test_without_a_day_of_publication_relative_dates_say_that_they_stay_open(world: Gazetteer) -> None:
    found = facts(world, "Filming of “Salt Road” began in Bergen on Monday.", published=None)
    assert [(each.start, each.end, each.text) for each in found.dates] == [(None, None, "Monday")]
    assert found.dates[0].unresolved == "relative to the day of publication, which is not known"


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("was shot in Bergen last week", "2020-09-28~", "2020-10-04~"),
        ("will be shot in Bergen next month", "2020-11", "2020-11"),
        ("will be shot in Bergen on Friday", "2020-10-09", "2020-10-09"),
        ("was shot in Bergen on Friday", "2020-10-02", "2020-10-02"),
        ("was shot in Bergen three weeks ago", "2020-09-14~", "2020-09-14~"),
        ("will be shot in Bergen from 12 to 16 October", "2020-10-12", "2020-10-16"),
        ("will be shot in Bergen on Jan. 7", "2021-01-07", "2021-01-07"),
        ("has been shooting in Bergen since December", "2019-12", None),
        ("was shot in Bergen in summer 2019", "2019-06", "2019-08"),
    ],
)
def test_dates_are_counted_from_the_publication(
    world: Gazetteer, phrase: str, start: str, end: str | None
) -> None:
    found = facts(world, f"The film “Salt Road” {phrase}.")
    assert [(each.start, each.end) for each in found.dates] == [(start, end)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The film “Salt Road” premieres in Venice in September.",
        "The director was born in Oslo and lives in London.",
        "The story of “Salt Road” is set in Lisbon.",
        "She tweeted a picture of the Golden Gate Bridge.",
        "Main Street will be closed to traffic on Friday.",
        "The company is based in Burbank, California.",
    ],
)
def test_what_is_no_shoot_is_no_place(world: Gazetteer, sentence: str) -> None:
    assert facts(world, sentence).places == ()


def test_a_place_that_plays_another_is_told_and_the_other_is_not(world: Gazetteer) -> None:
    found = facts(world, "The film “Salt Road” was shot in Dubrovnik, which doubled for Venice.")
    assert [(place.name, place.country) for place in found.places] == [("Dubrovnik", "HR")]


def test_a_street_with_no_town_has_no_position(world: Gazetteer) -> None:
    found = facts(world, "Scenes for “Salt Road” were filmed on Quillfeather Street.")
    assert [(place.name, place.lat, place.within) for place in found.places] == [
        ("Quillfeather Street", None, None)
    ]


def test_a_dateline_in_the_text_is_the_day_of_publication() -> None:
    assert read_article("date 2020-10-05 Somebody films.").published == date(2020, 10, 5)
    assert read_article("By Jane Doe • October 05, 2020\n\nSomebody films.").published == date(2020, 10, 5)
    assert read_article("Somebody films.").published is None


def test_an_article_that_cannot_be_read_is_refused_with_the_remedy() -> None:
    with pytest.raises(DataFileError, match="Give plain text, or JSON with a field text"):
        read_article('{"title": "no text"}')
    with pytest.raises(InvalidValueError, match="'soon' is no day of publication"):
        read_article('{"text": "Somebody films.", "published": "soon"}')


def test_a_text_without_stops_is_cut_and_loses_nothing() -> None:
    article = read_article("Filming in Oslo and " * 400)
    pieces = split(article.text, article.language)
    assert max(len(piece.text) for piece in pieces) <= 1_000
    assert "".join(piece.text for piece in pieces) == article.text
