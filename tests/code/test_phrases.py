"""A phrase stands where its trigger, objects, particles and modifiers stand; the most specific one wins."""

from __future__ import annotations

import pytest

from tests.code.telling import actors_of, parsed
from visavis.code.phrases import Match, best_phrases, part_of_speech
from visavis.lexicon import load


def phrases(text: str, word: str) -> list[Match]:
    doc = parsed(text)
    tokens = frozenset(i for actor in actors_of(doc) for i in range(actor.start, actor.end))
    return best_phrases(next(t for t in doc if t.text == word), load().actions, tokens)


def best(text: str, word: str) -> tuple[str, list[str]]:
    phrase, words = phrases(text, word)[0]
    return phrase.line, [t.text for t in words]


@pytest.mark.parametrize(
    ("text", "word", "line", "words"),
    [
        ("Latvia expelled a diplomat.", "expelled", 'SANCTION.yaml "expel @diplomats"', ["expelled", "diplomat"]),
        ("A diplomat was expelled.", "expelled", 'SANCTION.yaml "expel @diplomats"', ["expelled", "diplomat"]),
        ("Mali walked out of the talks.", "walked", 'SANCTION.yaml "walk out of @talks"', ["walked", "out", "talks"]),
    ],
)
def test_the_most_specific_phrase_wins_with_its_words(text: str, word: str, line: str, words: list[str]) -> None:
    assert best(text, word) == (line, words)


def test_heavier_phrases_come_first() -> None:
    weights = [phrase.weight for phrase, _ in phrases("Latvia expelled a Russian diplomat from Riga.", "expelled")]
    assert weights == sorted(weights, reverse=True) and len(weights) > 1


def test_an_object_may_hide_in_a_compound_but_the_head_goes_first() -> None:
    found = phrases("Togo and Mali held war games.", "games")
    assert found and found[0][0].type in ("MOBILIZE", "COOPERATE")


def test_an_act_that_needs_a_party_as_object_is_not_met_by_a_thing() -> None:
    assert not any(p.needs == "object" for p, _ in phrases("The minister attacked the problem.", "attacked"))
    assert any(p.type == "ASSAULT" for p, _ in phrases("Togo attacked Mali.", "attacked"))


def test_months_and_words_of_no_class_head_nothing() -> None:
    doc = parsed("In March the army of Togo may march.")
    assert [part_of_speech(t) for t in doc if t.text in ("March", "the", "march")] == [None, None, "verb"]
