"""Contexts: what an event is about beside its type."""

from __future__ import annotations

from visavis.lexicon.contexts import contexts_of


def test_words_and_codes_tell_the_context() -> None:
    assert contexts_of("163", "Brussels froze the accounts.") == ("economic",)
    assert contexts_of("042", "The two spoke of vaccines and of hackers.") == ("cyber", "disease")


def test_a_word_counts_whole() -> None:
    assert "legal" not in contexts_of("042", "They courted investors in Lawrence.")


def test_a_sentence_without_signs_has_none() -> None:
    assert contexts_of("040", "They met in Oslo.") == ()


def test_a_word_counts_with_its_endings_only_where_the_table_says_so() -> None:
    assert contexts_of("", "A hostage-taking; vaccinations; drones over the 5G mast.") == (
        "disease",
        "military",
        "technology",
        "terrorism",
    )
    assert contexts_of("", "A cholerapoxy, an armyworm and the spyglass.") == ()


def test_contexts_are_named_once_in_order() -> None:
    found = contexts_of("190", "Troops and tanks crossed the border near the army's base, the court heard.")
    assert found == ("legal", "military", "territory")
