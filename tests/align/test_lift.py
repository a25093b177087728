"""Lift compares a pair with what the activity of both lets one expect, and knows how sure it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.special import digamma, polygamma

from visavis.align.classics import goldstein_mean, quad_balance
from visavis.align.lift import (
    Array,
    compartment_index,
    compartment_interval,
    discounted,
    expected_counts,
    lift,
    trigamma,
    two_axes,
)


def symmetric(seed: int, periods: int = 1, size: int = 8, rate: float = 3.0) -> Array:
    drawn = np.triu(np.random.default_rng(seed).poisson(rate, (periods, size, size)), 1).astype(float)
    return drawn + drawn.transpose(0, 2, 1)


def test_a_past_event_fades_by_the_share_that_is_kept() -> None:
    assert discounted(np.array([[4.0], [0.0], [1.0]]), keep=0.5).ravel().tolist() == [4.0, 2.0, 2.0]


def test_the_expected_counts_have_the_margins_of_the_counts() -> None:
    counts = symmetric(1, 3)
    assert expected_counts(counts).sum(-1) == pytest.approx(counts.sum(-1), rel=1e-3)
    assert np.all(np.diagonal(expected_counts(counts), axis1=1, axis2=2) == 0)


def test_lift_is_the_formula_of_its_docstring() -> None:
    counts = symmetric(2)
    found = lift(counts, keep=1.0, prior=2.0)
    expected = expected_counts(counts)[0, 0, 1]
    assert found.value[0, 0, 1] == pytest.approx(digamma(counts[0, 0, 1] + 2) - np.log(expected + 2))
    assert found.se[0, 0, 1] == pytest.approx(np.sqrt(polygamma(1, counts[0, 0, 1] + 2)))


def test_a_busy_pair_is_not_a_close_pair() -> None:
    activity = np.array([10.0, 10.0, 1.0, 1.0, 1.0, 1.0])
    counts = np.outer(activity, activity)
    np.fill_diagonal(counts, 0)
    found = lift(counts[None], keep=1.0)
    assert abs(found.value[0, 0, 1]) < 0.1


def test_a_pair_that_meets_more_than_it_should_stands_out_by_its_factor() -> None:
    counts = symmetric(3, size=30, rate=40.0)
    counts[0, 0, 1] = counts[0, 1, 0] = 160.0
    found = lift(counts, keep=1.0)
    assert found.value[0, 0, 1] == pytest.approx(np.log(4), abs=0.3)  # its own margins take a part
    assert found.value[0, 0, 1] > 5 * found.se[0, 0, 1]


def test_without_events_lift_is_near_nought_and_unsure() -> None:
    found = lift(np.zeros((1, 4, 4)))
    assert found.value[0, 0, 1] == pytest.approx(digamma(2) - np.log(2))
    assert found.se[0, 0, 1] > 0.7


def test_net_is_closeness_less_hostility() -> None:
    axes = two_axes(symmetric(4), symmetric(5))
    assert axes.net.value == pytest.approx(axes.closeness.value - axes.hostility.value)
    assert axes.net.se**2 == pytest.approx(axes.closeness.se**2 + axes.hostility.se**2)


@given(st.permutations(range(6)))
def test_the_order_of_the_states_does_not_matter(order: list[int]) -> None:
    counts = symmetric(6, 2, 6)
    turned = lift(counts[:, order][:, :, order]).value
    assert turned == pytest.approx(lift(counts).value[:, order][:, :, order], abs=1e-6)


@given(hnp.arrays(float, 5, elements=st.floats(0.05, 300)))
def test_trigamma_is_the_one_of_scipy(x: Array) -> None:
    assert trigamma(x) == pytest.approx(polygamma(1, x), rel=1e-10)


def test_the_compartment_index_tells_mixed_from_even_dealings() -> None:
    se = np.ones(3)
    assert compartment_index(np.array([1.0, 2.0, 1.0]), se) == pytest.approx(0.0)
    assert compartment_index(np.array([1.0, -1.0, 0.0]), se) == pytest.approx(1.0)
    low, high = compartment_interval(np.array([3.0, -3.0]), np.array([0.1, 0.1]), seed=1)
    assert 0.8 < low < high <= 1.0


def test_the_classics_are_undefined_without_events() -> None:
    none = np.zeros(1)
    assert np.isnan(goldstein_mean(none, none)).all()
    assert np.isnan(quad_balance(none, none)).all()
    assert quad_balance(np.array([3.0]), np.array([1.0])) == pytest.approx([0.5])
