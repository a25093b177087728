"""Confidence is a probability; it rises with what speaks for an event and falls with what speaks against it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.code.telling import actors_of, parsed
from visavis.code.candidates import Candidate, find_candidates
from visavis.code.confidence import confidence, signals
from visavis.code.weigh import Weighed
from visavis.lexicon import load

SURE = Weighed("ACCUSE", 0.95, 0.01)


def candidate() -> Candidate:
    doc = parsed("Togo condemned Mali.")
    (found,) = find_candidates(doc, actors_of(doc), load().actions)
    return found


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["ACCUSE", "AID"]))
def test_it_is_a_probability_and_its_signals_are_shares(probability: float, none: float, kind: str) -> None:
    weighed = Weighed(kind, probability, none)
    assert 0 < confidence(ONE, weighed, "ACCUSE") < 1
    assert all(0 <= value <= 1 for value in signals(ONE, weighed, "ACCUSE").values())


def test_the_model_agreeing_raises_it() -> None:
    doubting = Weighed("AID", 0.4, 0.5)
    assert confidence(ONE, SURE, "ACCUSE") > confidence(ONE, doubting, "ACCUSE")


def test_two_known_parties_raise_it() -> None:
    unknown = replace(ONE, targets=tuple(structs.replace(p, code="", how="unknown") for p in ONE.targets))
    assert confidence(ONE, SURE, "ACCUSE") > confidence(unknown, SURE, "ACCUSE")


def test_a_type_that_the_model_does_not_share_has_no_probability() -> None:
    assert signals(ONE, SURE, "AID")["probability"] == 0.0
    assert signals(ONE, SURE, "ACCUSE")["agrees"] == 1.0


ONE = candidate()
