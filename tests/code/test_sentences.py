"""Sentences keep their place in the article, and a dateline is no part of the first one."""

from __future__ import annotations

import pytest

from visavis.code.places import dateline_place
from visavis.code.sentences import sentences


@pytest.mark.parametrize(
    ("text", "first", "place"),
    [
        ("MOSCOW - Chinese President Xi Jinping met Putin.", "Chinese President Xi Jinping met Putin.", "Moscow"),
        ("NUR-SULTAN, Jan 6 (Agency) — Troops arrived.", "Troops arrived.", "Nur-Sultan"),
        ("WOODSIDE, California - Biden met Xi.", "Biden met Xi.", "Woodside"),
        ("U.S. - China talks ended.", "U.S. - China talks ended.", ""),
        ("Russia - the largest state - protested.", "Russia - the largest state - protested.", ""),
    ],
)
def test_a_dateline_belongs_to_no_sentence(text: str, first: str, place: str) -> None:
    (sentence,) = sentences(text)
    assert sentence.text == first == text[sentence.start : sentence.end]
    assert dateline_place(text) == place


def test_only_the_beginning_of_an_article_has_a_dateline() -> None:
    text = "France protested.\n\nPARIS - The minister left."
    assert [one.text for one in sentences(text)] == ["France protested.", "PARIS - The minister left."]
