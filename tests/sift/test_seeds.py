"""On the real pages: one story that stands on two of them, one teaser of an article beside it, and no false edge."""

from __future__ import annotations

from pathlib import Path

import pytest

from visavis.records import Article
from visavis.sift import credits, link

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds beside the checkout")


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    from visavis.read import pages, read_page
    from visavis.records import Page

    found = pages([str(path) for path in sorted(SEEDS.glob("00*.txt"))])
    return [article for page in found if isinstance(page, Page) for article in read_page(page).articles]


def test_one_report_stands_on_two_pages_and_nothing_else_is_a_copy(articles: list[Article]) -> None:
    title = {article.article_id: article.title[:10] for article in articles}
    linked = link(articles)
    told = {(copy.kind, title[copy.article_id], title[copy.of_article_id]) for copy in linked.copies}
    assert told == {("identical", "The Solida", "The Solida"), ("excerpt", "Steering R", "Steering R")}
    assert sorted(len(story.article_ids) for story in linked.stories) == [1, 1, 1, 1, 1, 1, 2]


def test_the_credits_of_the_pages_are_read(articles: list[Article]) -> None:
    named = {credit.name for article in articles for credit in credits(article)}
    assert {"RIAC", "WP"} <= named
