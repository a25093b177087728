"""The factuality gate: what happened, will, may, was denied, and what nobody asserts."""

from __future__ import annotations

import pytest

from tests.code.telling import act_at, told
from visavis.code.status import generic, status_of


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Sweden expelled the Iranian envoy.", "expelled", "happened"),
        ("Sweden has expelled the Iranian envoy.", "expelled", "happened"),
        ("Sweden may expel the Iranian envoy.", "expel", "hypothetical"),
        ("Sweden is considering expelling the Iranian envoy.", "expelling", "hypothetical"),
        ("If Sweden expels the Iranian envoy, it will rain.", "expels", "hypothetical"),
        ("Sweden is expected to expel the Iranian envoy.", "expel", "future"),
        ("Sweden is to expel the Iranian envoy.", "expel", "future"),
        ("Sweden did not expel the Iranian envoy.", "expel", "denied"),
        ("Sweden never expelled the Iranian envoy.", "expelled", "denied"),
        ("Sweden denied expelling the Iranian envoy.", "expelling", "denied"),
        ("Sweden began to expel the Iranian envoy.", "expel", "happened"),
        ("Sweden decided not to expel the Iranian envoy.", "expel", "happened"),
        ("Sweden wants not to expel the Iranian envoy.", "expel", None),
        ("Sweden should expel the Iranian envoy.", "expel", None),
        ("Sweden wants to expel the Iranian envoy.", "expel", None),
        ("Expel the Iranian envoy.", "Expel", None),
        ("Did Sweden expel the Iranian envoy?", "expel", None),
    ],
)
def test_the_status_of_an_act(text: str, word: str, status: str | None) -> None:
    act = act_at(text, word)
    assert act is not None
    assert status_of(act) == status


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The upcoming talks between Chad and Niger matter.", "talks", "future"),
        ("Talks between Chad and Niger took place.", "Talks", "happened"),
        ("Possible talks between Chad and Niger matter.", "talks", None),
        ("No talks between Chad and Niger took place.", "talks", None),
    ],
)
def test_the_status_of_an_event_noun(text: str, word: str, status: str | None) -> None:
    act = act_at(text, word)
    assert act is not None
    assert status_of(act) == status


def test_what_is_older_than_a_year_is_historical() -> None:
    assert told("In 1999 NATO bombed Serbia.", date="2021-06-10") == ["ASSAULT NATO > SRB (historical)"]
    assert told("In May NATO bombed Serbia.", date="1999-06-10") == ["ASSAULT NATO > SRB"]


def test_a_habit_is_no_occasion_but_a_headline_is() -> None:
    habit = act_at("States expel diplomats in a crisis.", "expel")
    headline = act_at("Russia expels two Malian diplomats", "expels")
    assert habit is not None and headline is not None
    assert (generic(habit), generic(headline)) == (True, False)
