"""The scores of reading are what they say they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from visavis.errors import InputError
from visavis.read import read_page
from visavis.read.containers import make_page
from visavis.read.evaluate import as_json, body_f1, evaluate_pages, read_truth, wilson

TEXT = "Home\n\nEnvoys meet in Geneva again\n\nThe envoys of the two states met in Geneva on Tuesday and agreed to meet again soon.\n\nTrending"


def truth(**changes: object) -> dict[str, object]:
    start = TEXT.index("The envoys")
    article = {"id": "a", "title": {"value": "Envoys meet in Geneva again"}, "authors": {"value": []}, "published": {"value": "2021-05-01/2021-05-09"},
               "body": [start, TEXT.index("\n\nTrending")], **changes}  # fmt: skip
    return {
        "files": {"x": {"filename": "x.txt", "articles": [article], "boilerplate": [{"kind": "nav", "span": [0, 4]}]}}
    }


def test_a_perfect_reading_scores_one() -> None:
    reading = read_page(make_page(TEXT.encode(), "file:x.txt", "text/plain"))
    report = evaluate_pages({"x.txt": reading}, truth())
    assert (
        report.recall.share,
        report.precision.share,
        report.titles.share,
        report.body_f1_least,
        report.furniture.share,
    ) == (1, 1, 1, 1, 1)
    assert report.dates.share == 1 and report.dates_bounded == 0
    assert json.loads(as_json(report))["pages"] == 1


def test_a_wrong_title_and_a_longer_body_cost() -> None:
    reading = read_page(make_page(TEXT.encode(), "file:x.txt", "text/plain"))
    report = evaluate_pages({"x.txt": reading}, truth(title={"value": "Another"}, body=[0, len(TEXT)]))
    assert report.titles.share == 0 and 0 < report.body_f1_least < 0.97 and report.bodies.hits == 0


def test_a_page_that_was_not_read_is_missing() -> None:
    report = evaluate_pages({}, truth())
    assert report.missing_pages == ("x.txt",) and report.recall.share == 0


def test_the_interval_of_a_proportion_is_wilsons() -> None:
    """Newcombe 1998 (Statistics in Medicine 17:857), table I: 81 of 263 and 15 of 148."""
    assert (round(wilson(81, 263).low, 4), round(wilson(81, 263).high, 4)) == (0.2553, 0.3662)
    assert (round(wilson(15, 148).low, 4), round(wilson(15, 148).high, 4)) == (0.0624, 0.1605)
    assert wilson(0, 0).share == 0.0


def test_body_f1_counts_characters() -> None:
    assert body_f1({1, 2, 3, 4}, {3, 4}) == pytest.approx(2 * 2 / 6) and body_f1(set(), set()) == 1.0


def test_a_file_that_is_no_truth_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    for words in ("{", "[]", '{"a": 1}'):
        path.write_text(words)
        with pytest.raises(InputError):
            read_truth(path)
