"""Of all acts in a sentence, which stand: with parties, asserted, told once, and not the content of another."""

from __future__ import annotations

from tests.code.telling import actors_of, parsed
from visavis.code.candidates import OPEN, Candidate, find_candidates
from visavis.lexicon import load


def candidates(text: str) -> list[Candidate]:
    doc = parsed(text)
    return find_candidates(doc, actors_of(doc), load().actions)


def types(text: str) -> list[str]:
    return [c.act.type for c in candidates(text)]


def test_the_content_of_a_verbal_act_is_not_coded_again() -> None:
    assert types("Togo accused Mali of arming the rebels.") == ["ACCUSE"]
    assert types("Togo demanded that Mali withdraw its troops.") == ["REQUEST"]
    assert types("Togo condemned the attack on Mali.") == ["ACCUSE"]


def test_what_a_relative_clause_presents_as_a_fact_is_coded_beside_the_main_act() -> None:
    assert types("Togo, which expelled the Malian envoy, thanked Chad.") == ["SANCTION", "SUPPORT"]


def test_one_act_told_by_two_verbs_is_one_candidate() -> None:
    assert types("Togo condemned and denounced Mali.") == ["ACCUSE"]


def test_an_act_without_a_known_party_falls() -> None:
    assert types("The committee condemned the weather.") == []


def test_candidates_come_in_the_order_of_their_words() -> None:
    found = candidates("Togo thanked Chad, condemned Mali and met Niger.")
    assert [c.act.type for c in found] == ["SUPPORT", "ACCUSE", "CONSULT"]


def test_an_exercise_of_one_state_is_a_show_of_force_and_of_two_cooperation() -> None:
    assert types("Togo held a military exercise.") == ["MOBILIZE"]
    assert types("Togo and Mali held a military exercise.") == ["COOPERATE"]


def test_a_verb_that_no_phrase_knows_stays_open_for_the_model() -> None:
    (found,) = candidates("Togo bamboozled Mali.")
    assert (found.act.type, found.act.cameo, found.act.weight) == (OPEN, "", 0)
