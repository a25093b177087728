"""Places: where, not who."""

from __future__ import annotations

import pytest

from visavis.code.parse import load_parser, parse
from visavis.code.places import dateline_place, event_place


def place(text: str, word: str, dateline: str = "") -> str:
    doc = next(parse([text], load_parser()))
    return event_place(doc, next(t.i for t in doc if t.text == word), (), dateline)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The two ministers met in Tashkent on Friday.", "met", "Tashkent"),
        ("Chad signed the accord with Sudan in Addis Ababa.", "signed", "Addis Ababa"),
        ("Chad accused Sudan of treachery.", "accused", ""),
        ("They met in March.", "met", ""),
    ],
)
def test_the_place_is_the_locative_phrase(text: str, word: str, expected: str) -> None:
    assert place(text, word) == expected


def test_a_gathering_without_a_place_takes_the_dateline() -> None:
    assert dateline_place("GENEVA, March 3 (Agency) - The envoys met.") == "Geneva"
    assert dateline_place("The envoys met in Geneva - again.") == ""
    assert place("The envoys met.", "met", "Geneva") == "Geneva"
    assert place("The envoys lied.", "lied", "Geneva") == ""
