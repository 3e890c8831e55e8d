"""What an address tells of a page."""

from __future__ import annotations

import pytest

from tracker.exchange.published import date_in_address, outlet_of, title_in_address


@pytest.mark.parametrize(
    ("address", "edtf"),
    [
        ("https://paper.example/article/2020/10/5/a-train", "2020-10-05"),
        ("https://paper.example/2020/11/29/in-piazza/6020438", "2020-11-29"),
        ("https://paper.example/cronaca/20_ottobre_06/il-primo-ciak.shtml", "2020-10-06"),
        ("https://blog.example/2009/10/a-film.html", "2009-10"),
        ("https://paper.example/news/2021-04-20/train", "2021-04-20"),
        ("https://paper.example/news/a-train-2021-04-20", "2021-04-20"),
    ],
)
def test_a_day_or_month_that_the_path_shows_is_read(address: str, edtf: str) -> None:
    assert date_in_address(address).edtf == edtf


@pytest.mark.parametrize(
    "address",
    [
        "https://paper.example/news/uk-england-york-north-yorkshire-56816211",
        "https://paper.example/article-9491333/Seven.html",
        "https://paper.example/news/train/401190232",
        "https://paper.example/20201005",
        "https://paper.example/films/2012",
        "https://paper.example/2020/13/5/a-train",
        "https://paper.example/2021/02/30/a-train",
        "https://paper.example/3126/filming-details",
        "https://paper.example/page?date=2020/10/05",
        "https://paper.example/20_brumaio_06/ciak",
        "",
    ],
)
def test_ids_years_and_impossible_days_are_no_dates(address: str) -> None:
    assert date_in_address(address).is_unknown


def test_a_page_is_called_by_the_words_of_its_address_without_ids() -> None:
    address = "https://www.paper.example/2020/10/06/train-stunt-in-norway-f45d5454-07de-11eb.shtml"
    assert title_in_address(address) == "Train stunt in norway"
    assert outlet_of(address) == "paper.example"


def test_a_page_without_words_in_its_address_is_called_by_its_host() -> None:
    assert title_in_address("https://www.paper.example/n/123") == "Page at paper.example"
