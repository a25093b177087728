"""A date is given as narrowly as the page proves it, and never more."""

from __future__ import annotations

import pytest

from visavis.read.dates import find_dates, iso_day, url_date
from visavis.read.publish import Clues, age_days, published, text_floor


def when(**clues: object) -> tuple[str | None, str | None, str, str]:
    found = published(Clues(**clues))  # type: ignore[arg-type]
    assert found.evidence
    return found.earliest, found.latest, found.precision, found.basis


@pytest.mark.parametrize(
    ("words", "day"),
    [("May 9, 2021", "2021-05-09"), ("9 May 2021", "2021-05-09"), ("9th of May, 2021", "2021-05-09"), ("Sept. 3, 2020", "2020-09-03"),
     ("2021-05-09T10:00Z", "2021-05-09"), ("2021/5/9", "2021-05-09"), ("25.12.2021", "2021-12-25"), ("Sun, 09 May 2021 10:00:00 GMT", "2021-05-09")],
)  # fmt: skip
def test_days_are_read_in_the_forms_that_pages_use(words: str, day: str) -> None:
    assert iso_day(words) == day


def test_a_day_that_can_be_read_two_ways_is_the_interval_of_both() -> None:
    (found,) = find_dates("03/04/2021")
    assert (found.earliest, found.latest, found.precision) == ("2021-03-04", "2021-04-03", "interval")


@pytest.mark.parametrize(
    "words", ["31 February 2021", "12.2021.3", "May 41, 2021", "99/99/2021", "room 2021", "page 12"]
)
def test_what_is_no_date_is_none(words: str) -> None:
    assert not [d for d in find_dates(words) if d.precision == "day"]


@pytest.mark.parametrize(
    ("url", "day"),
    [("https://a.org/2021/05/09/x/", ("2021-05-09", "2021-05-09")), ("https://a.org/2021/may/09/x", ("2021-05-09", "2021-05-09")),
     ("https://a.org/n/20210509-x", ("2021-05-09", "2021-05-09")), ("https://a.org/2021/05/x", ("2021-05-01", "2021-05-31"))],
)  # fmt: skip
def test_addresses_tell_days_and_months(url: str, day: tuple[str, str]) -> None:
    found = url_date(url)
    assert found is not None and (found.earliest, found.latest) == day


def test_numbers_in_addresses_are_not_dates() -> None:
    assert url_date("https://tass.example/politics/1280031") is None
    assert url_date("https://a.org/2021/13/45/x") is None or url_date("https://a.org/2021/13/45/x").precision == "year"  # type: ignore[union-attr]


def test_metadata_win_over_the_address_and_the_address_over_the_text() -> None:
    clues = {"urls": ("https://a.org/2021/05/08/x",), "text": "It was signed on May 1, 2021."}
    assert when(metadata=(("datePublished", "2021-05-09"),), **clues)[3] == "metadata"
    assert when(**clues) == ("2021-05-08", "2021-05-08", "day", "url")


def test_a_stated_day_after_the_crawl_is_not_believed() -> None:
    assert when(metadata=(("date", "2031-01-01"),), crawled="2021-05-10") == (None, "2021-05-10", "interval", "crawl")


def test_the_line_under_the_title_counts_and_an_update_only_bounds() -> None:
    assert when(head=("By Jane Doe | 12 March 2021",)) == ("2021-03-12", "2021-03-12", "day", "text")
    assert when(head=("Published May 3, 2021, updated May 5, 2021",))[0] == "2021-05-03"
    assert when(head=("Updated: 5 May 2021",), text="It was signed on May 1, 2021.") == (
        "2021-05-01",
        "2021-05-05",
        "interval",
        "text",
    )


def test_a_dateline_without_a_year_needs_an_interval_that_holds_it_once() -> None:
    text = "MOSCOW, May 9 (TASS) - The two sides signed the plan. They had met on April 2, 2021."
    assert when(text=text)[2] == "interval"
    assert when(text=text, crawled="2021-06-01") == ("2021-05-09", "2021-05-09", "day", "dateline")
    assert when(text=text, crawled="2023-06-01")[2] == "interval"


def test_a_dateline_with_a_year_is_a_day() -> None:
    assert when(text="KYIV, 3 March 2022 – The president spoke.") == ("2022-03-03", "2022-03-03", "day", "dateline")


@pytest.mark.parametrize(
    "sentence",
    ["The games will open on February 4, 2022.", "The pact expires in February 2026, and was signed in haste.",
     "Talks were planned for March 3, 2030.", "He vowed that it would be done by May 2025.", "They met on May 9.", "It may have ended in June 2040."],
)  # fmt: skip
def test_days_to_come_and_days_without_a_year_bound_nothing(sentence: str) -> None:
    assert text_floor(sentence) == ("", "")


def test_what_a_text_tells_of_the_past_bounds_it_from_below() -> None:
    assert when(text="The law was adopted in February 2021. It was signed on January 3, 2020.")[:2] == (
        "2021-02-01",
        None,
    )
    assert when(text="Ties were restored in 2016.", crawled="2018-04-01") == (
        "2016-01-01",
        "2018-04-01",
        "interval",
        "text",
    )


def test_nothing_known_is_said_to_be_unknown() -> None:
    assert when(text="They met on Tuesday.") == (None, None, "unknown", "none")


def test_an_age_counts_back_from_the_crawl() -> None:
    assert when(age="9 hours ago", crawled="2021-05-10")[:2] == ("2021-05-09", "2021-05-10")
    assert when(age="3 days ago", crawled="2021-05-10")[:2] == ("2021-05-06", "2021-05-08")
    assert when(age="9 hours ago", crawled_floor="2021-05-10")[:2] == ("2021-05-09", None)
    assert age_days("yesterday") == (1.0, 2.0) and age_days("soon") is None
