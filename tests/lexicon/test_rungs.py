"""The partnership ladder: every form in which a sentence names a rung is found, though few texts are searched for it."""

from __future__ import annotations

import pytest

from visavis.lexicon.rungs import find_rung

NAMED = {
    1: (
        "an agreement on customs", "agreements to share water", "a memorandum of understanding", "two memoranda of understanding", "the MoU",
        "signed a trade deal", "signed an accord", "signed the long-awaited pact", "signed several agreements", "signed dozens of agreements",
    ),
    2: ("a cooperative partnership", "their good-neighbourly partnership", "a partnership agreement", "the Partnership Treaty"),
    3: ("a strategic partnership", "a strategic cooperation partnership", "strategic partners", "a partnership of strategic weight"),
    4: (
        "a comprehensive strategic partnership", "an all-round strategic cooperative partnership",
        "a Comprehensive and Enduring Strategic Partnership", "comprehensive strategic partnership of coordination",
    ),
    5: (
        "a partnership of coordination for a new era", "cooperation in the new era", "relations entering a new era",
        "a no-limits partnership", "a partnership with no limits", "their all-weather partnership",
    ),
    6: ("a mutual defence treaty", "the Collective Security Treaty", "a defense pact", "a military alliance with Minsk", "a treaty alliance"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "level"), [(words, level) for level, forms in NAMED.items() for words in forms])
def test_each_form_names_its_rung_at_its_place(words: str, level: int) -> None:
    text = f"On Monday they announced {words}, both sides said."
    found = find_rung(text)
    assert found is not None and found.level == level
    assert words.lower().find(text[found.start : found.end].lower()) >= 0


def test_the_highest_rung_that_is_named_holds() -> None:
    found = find_rung("They signed a partnership agreement and a mutual defence pact.")
    assert found is not None and found.name == "defence pact"


@pytest.mark.parametrize(
    "text", ["", "Talks on an agreement failed.", "Enormous strategic weight, the partner said.", "A new era began."]
)
def test_other_texts_name_none(text: str) -> None:
    assert find_rung(text) is None
