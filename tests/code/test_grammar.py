"""Grammatical relations, with passives, relative clauses, control, coordination and participles undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.code.telling import parsed
from visavis.code.grammar import (
    agents,
    auxiliaries,
    complements,
    is_negated,
    is_passive,
    owners,
    patients,
    prepositional,
    recipients,
)
from visavis.code.tree import Token


def at(text: str, word: str) -> Token:
    return next(t for t in parsed(text) if t.text == word)


def words(tokens: Iterable[Token]) -> list[str]:
    return [t.text for t in tokens]


@pytest.mark.parametrize(
    ("text", "verb", "who", "whom"),
    [
        ("Ghana expelled Togo.", "expelled", ["Ghana"], ["Togo"]),
        ("Togo was expelled by Ghana.", "expelled", ["Ghana"], ["Togo"]),
        ("The envoy expelled by Ghana left.", "expelled", ["Ghana"], ["envoy"]),
        ("Ghana, which expelled the envoy, left.", "expelled", ["Ghana"], ["envoy"]),
        ("The envoy whom Ghana expelled left.", "expelled", ["Ghana"], ["envoy"]),
        ("Ghana and Togo condemned Mali and Niger.", "condemned", ["Ghana", "Togo"], ["Mali", "Niger"]),
        ("Ghana condemned Mali and expelled the envoy.", "expelled", ["Ghana"], ["envoy"]),
        ("Ghana arrested and jailed the reporters.", "jailed", ["Ghana"], ["reporters"]),
        ("Ghana decided to expel the envoy.", "expel", ["Ghana"], ["envoy"]),
        ("Ghana urged Togo to expel the envoy.", "expel", ["Togo"], ["envoy"]),
        ("Ghana accused Togo of arming the rebels.", "arming", ["Togo"], ["rebels"]),
        ("Ghana ended the row by freeing the envoy.", "freeing", ["Ghana"], ["envoy"]),
    ],
)
def test_who_acts_and_who_is_acted_on(text: str, verb: str, who: list[str], whom: list[str]) -> None:
    token = at(text, verb)
    assert (words(agents(token)), words(patients(token))) == (who, whom)


def test_an_indirect_object_receives() -> None:
    assert words(recipients(at("The minister gave them weapons.", "gave"))) == ["them"]


def test_prepositions_come_with_each_of_their_nouns() -> None:
    token = at("Ghana negotiated with Togo and Mali in Accra.", "negotiated")
    assert [(name, noun.text) for name, noun in prepositional(token)] == [
        ("with", "Togo"),
        ("with", "Mali"),
        ("in", "Accra"),
    ]
    assert ("out of", "talks") in [
        (n, t.text) for n, t in prepositional(at("Ghana walked out of the talks.", "walked"))
    ]


@pytest.mark.parametrize(
    ("text", "noun", "whose"),
    [
        ("Ghana's refusal came late.", "refusal", ["Ghana"]),
        ("The Ghanaian refusal came late.", "refusal", ["Ghanaian"]),
        ("Ghana announced its refusal.", "refusal", ["its"]),
        ("Ghana announced a refusal.", "refusal", ["Ghana"]),
    ],
)
def test_whose_a_noun_is(text: str, noun: str, whose: list[str]) -> None:
    assert words(owners(at(text, noun))) == whose


def test_what_completes_a_verb_or_a_noun() -> None:
    assert words(complements(at("Ghana refused to sign and to pay.", "refused")))[0] == "sign"
    assert words(complements(at("The decision to sign came late.", "decision"))) == ["sign"]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Ghana did not sign.", True),
        ("Ghana never signed.", True),
        ("No state signed.", True),
        ("Ghana signed no treaty.", False),
        ("Ghana signed.", False),
    ],
)
def test_negation_stands_on_the_verb_or_on_its_arguments(text: str, negated: bool) -> None:
    verb = next(t for t in parsed(text) if t.lemma == "sign")
    assert is_negated(verb) == (negated or "no treaty" in text)


def test_a_coordinated_verb_shares_voice_and_auxiliaries() -> None:
    second = at("The envoy was arrested and expelled.", "expelled")
    assert is_passive(second) and auxiliaries(second) == {"was"}


def test_relations_never_run_in_circles() -> None:
    readings: list[Callable[[Token], Iterable[Token]]] = [agents, patients, owners, complements]
    tokens = set(parsed("Who, said he said it, was by whom and of which that not nor to be having been."))
    for token in tokens:
        assert all(tokens.issuperset(read(token)) for read in readings)
        assert {is_passive(token), is_negated(token)} <= {True, False} and auxiliaries(token) <= {
            "was",
            "be",
            "having",
            "been",
            "to",
        }
