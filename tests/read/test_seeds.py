"""The dumps that the project began with are read exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from visavis.read import pages, read_page
from visavis.read.evaluate import PagesReport, evaluate_pages, read_truth
from visavis.records import Page

SEEDS = Path(__file__).resolve().parents[2] / ".." / "shared" / "seeds"


@pytest.fixture(scope="module")
def report() -> PagesReport:
    if not (SEEDS / "truth.json").exists():
        pytest.skip("the seed pages (../shared/seeds) are not here")
    items = pages(str(path) for path in SEEDS.glob("*.txt"))
    readings = {p.uri.removeprefix("file:"): read_page(p) for p in items if isinstance(p, Page)}
    return evaluate_pages(readings, read_truth(SEEDS / "truth.json"))


def test_exactly_the_eight_articles_are_found(report: PagesReport) -> None:
    assert report.recall.hits == report.recall.of == report.precision.of == 8


def test_titles_and_authors_are_exact(report: PagesReport) -> None:
    assert (report.titles.share, report.authors.share) == (1.0, 1.0)


def test_bodies_are_theirs_to_the_letter(report: PagesReport) -> None:
    assert report.body_f1_least >= 0.97


def test_the_seven_teasers_are_teasers_and_furniture_is_left_out(report: PagesReport) -> None:
    assert (report.teasers.hits, report.teasers.of, report.teasers_spurious) == (7, 7, 0)
    assert report.furniture.share == 1.0


def test_every_date_interval_holds_the_true_date(report: PagesReport) -> None:
    assert report.dates.share == 1.0
    by_id = {a.id: a for a in report.articles}
    assert by_id["000.A2"].published == "2021-05-09/"
    assert by_id["000.A3"].published == "2021-02-01/"
