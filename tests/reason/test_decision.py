"""Decisions under ambiguity."""

from __future__ import annotations

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from visavis.reason import scenario
from visavis.reason.kinds.decision import Params, solve


def params(payoffs: np.ndarray) -> Params:
    n, states = payoffs.shape
    names = tuple(f"o{i}" for i in range(n))
    return Params(names, tuple((f"s{j}",) for j in range(states)), payoffs, np.full(states, 1 / states))


def test_the_five_criteria_on_a_table_worked_by_hand() -> None:
    result = solve(params(np.array([[2.0, 2.0, 2.0], [0.0, 4.0, 4.0], [1.0, 1.0, 6.0]])))
    assert dict(result.choices) == {
        "maximin": ("o0",), "regret": ("o1",), "hurwicz": ("o2",), "laplace": ("o1", "o2"), "expected": ("o1", "o2"),
    }  # fmt: skip
    assert result.information == pytest.approx((2 + 4 + 6) / 3 - 8 / 3)
    assert result.dominated == ()


@settings(max_examples=30, deadline=None)
@given(arrays(np.float64, (3, 4), elements=st.integers(-4, 4).map(float)))
def test_pure_maximin_never_beats_the_mixed_security_level(payoffs: np.ndarray) -> None:
    game = nashpy.Game(payoffs)
    row, column = game.linear_program()
    value = float(row @ payoffs @ column)
    assert solve(params(payoffs)).scores["maximin"].max() <= value + 1e-6


@given(arrays(np.float64, (3, 3), elements=st.integers(-4, 4).map(float)), st.integers(-3, 3))
def test_a_constant_added_to_every_payoff_changes_no_choice(payoffs: np.ndarray, more: int) -> None:
    assert solve(params(payoffs)).choices == solve(params(payoffs + more)).choices


def test_the_maximin_claim_and_the_one_number_that_flips_it() -> None:
    found = scenario("maximin.toml")
    assert found.at_best is True and found.holds == "depends"
    assert [one.name for one in found.flips()] == ["level.losing_the_partner.distance"]
    chosen = found.outcome.detail["chosen"]
    assert set(chosen.values()) == {("neutral",)}
