"""Dumps of many makes are read as their reviewers read them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.read.golden_pages import Golden, load
from visavis.read import read_page

PAGES = load("golden") + load("golden_aside")


def _words(text: str) -> Counter[str]:
    return Counter(text.split())


@pytest.mark.parametrize("golden", PAGES, ids=[g.name for g in PAGES])
def test_a_dump_is_read_as_its_reviewer_reads_it(golden: Golden) -> None:
    reading = read_page(golden.page)
    found = [a for a in reading.articles if a.kind == "article"]
    assert [a.title for a in found] == [e.title for e in golden.articles]
    assert [a.authors for a in found] == [e.authors for e in golden.articles]
    for article, expected in zip(found, golden.articles, strict=True):
        mine, true = _words(article.text), _words(" ".join(expected.body))
        assert not mine - true, f"furniture in the body of '{expected.title}'"
        assert not true - mine, f"text missing from '{expected.title}'"
        if expected.published is not None:
            assert (article.published.earliest, article.published.latest) == (expected.published, expected.published)
    teasers = [(a.title, a.text) for a in reading.articles if a.kind == "teaser"]
    assert teasers == golden.teasers
