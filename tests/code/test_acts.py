"""Acts are read from the inside out: the content, the operator over it, and what "will", "must" and "not" make of both."""

from __future__ import annotations

import pytest

from tests.code.telling import act_at


@pytest.mark.parametrize(
    ("text", "word", "kind", "cameo"),
    [
        ("Qatar gave Chad aid.", "gave", "AID", "070"),
        ("Qatar promised to give Chad aid.", "promised", "AGREE", "033"),
        ("Qatar demanded that Chad withdraw its troops.", "demanded", "REQUEST", "1056"),
        ("Qatar refused to give Chad aid.", "refused", "REJECT", "122"),
        ("Qatar threatened to halt aid to Chad.", "threatened", "THREATEN", "1311"),
        ("Qatar halted aid to Chad.", "halted", "SANCTION", "162"),
        ("Qatar will send weapons to Chad.", "send", "AGREE", "0332"),
        ("Qatar will attack Chad.", "attack", "THREATEN", "1384"),
        ("Qatar will not meet Chad.", "meet", "REJECT", "125"),
        ("Qatar promised not to attack Chad.", "promised", "AGREE", "035"),
        ("Qatar vowed not to negotiate with Chad.", "vowed", "REJECT", "125"),
        ("Qatar called on Chad not to attack Togo.", "called", "REQUEST", "105"),
        ("Qatar urged Chad not to recognise Togo.", "urged", "REQUEST", "102"),
        ("Qatar decided not to support Chad.", "support", "REJECT", "120"),
        ("Qatar chose not to sanction Chad.", "sanction", "CONCEDE", "080"),
        ("Qatar said that Chad must free the prisoners.", "free", "REQUEST", "1053"),
    ],
)
def test_an_act_has_the_code_of_what_it_is_about(text: str, word: str, kind: str, cameo: str) -> None:
    act = act_at(text, word)
    assert act is not None
    assert (act.type, act.cameo) == (kind, cameo)


def test_a_light_verb_lends_its_head_and_takes_the_core_of_its_noun() -> None:
    act = act_at("Mali made a promise to Togo.", "made")
    assert act is not None
    assert (act.head.text, act.core.text, act.type) == ("made", "promise", "AGREE")
    assert act.rule.startswith("operators.yaml light make")


def test_to_threaten_words_is_not_to_carry_them_out() -> None:
    act = act_at("Iran threatened to attack Israel.", "threatened")
    assert act is not None and act.content is not None
    assert (act.content.type, act.hostile) == ("ASSAULT", True)


def test_ending_a_bad_thing_gives_way() -> None:
    act = act_at("The miners of Peru called off the strike.", "called")
    assert act is not None and act.type == "CONCEDE"
    act = act_at("The miners of Peru ended their strike.", "ended")
    assert act is not None and act.type == "CONCEDE"


def test_a_word_of_no_act_heads_none() -> None:
    assert act_at("Peru slept in the valley.", "slept") is None
    assert act_at("Peru slept in the valley.", "the") is None
