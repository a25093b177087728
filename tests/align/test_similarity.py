"""The measures of similarity give the published figures and keep their ranges."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from tests.align.samples import field_file
from visavis.align.similarity import ALLIANCE_LEVELS, VOTE_LEVELS, Array, crosstab, crosstabs, measure
from visavis.errors import InputError

votes = st.lists(st.tuples(*[st.sampled_from([1, 2, 3])] * 2), min_size=2, max_size=40)


def of(a: Array, b: Array, name: str, levels: tuple[float, ...] = VOTE_LEVELS, **how: str) -> float:
    return float(measure(crosstab(a, b, levels), name, levels, **how))


def columns(name: str, *wanted: str) -> list[Array]:
    with field_file(name).open() as lines:
        rows = list(csv.DictReader(lines))
    return [np.array([float(row[column] or "nan") for row in rows]) for column in wanted]


def test_germany_and_russia_in_1914_as_in_table_6_of_signorino_and_ritter() -> None:
    german, russian, capability = columns("signorino_ritter_alliances1914.csv", "GMY", "RUS", "Cap")
    assert of(german, russian, "taub", ALLIANCE_LEVELS) == pytest.approx(0.03031695, abs=5e-9)
    assert of(german, russian, "s", ALLIANCE_LEVELS) == pytest.approx(0.40)
    weighed = crosstab(german, russian, ALLIANCE_LEVELS, capability)
    assert float(measure(weighed, "s", ALLIANCE_LEVELS)) == pytest.approx(-0.46)


def test_a_state_agrees_with_itself_in_every_measure() -> None:
    own = np.array([1, 2, 3, 3, 1])
    assert [of(own, own, name) for name in ("s", "kappa", "pi", "taub", "agreement")] == pytest.approx([1.0] * 5)


def test_opposite_votes_are_minus_one_in_s_and_nought_in_agreement() -> None:
    one, other = np.array([1, 1, 3]), np.array([3, 3, 1])
    assert of(one, other, "s") == -1.0
    assert of(one, other, "agreement") == 0.0


def test_an_abstention_counts_as_the_rule_says() -> None:
    one, other = np.array([1, 2, 1, 3]), np.array([1, 1, 3, 3])
    assert of(one, other, "agreement", rule="qss") == 0.5
    assert of(one, other, "agreement", rule="bsv") == 0.625
    assert of(one, other, "agreement", rule="yesno") == pytest.approx(2 / 3)


def test_states_that_never_voted_together_have_no_value() -> None:
    nobody = np.array([np.nan, np.nan])
    assert np.isnan(of(nobody, np.array([1, 2]), "s"))
    assert np.isnan(of(nobody, np.array([1, 2]), "kappa"))


@given(votes)
def test_tau_b_is_the_one_of_scipy(pairs: list[tuple[int, int]]) -> None:
    a, b = np.array(pairs).T
    expected = kendalltau(a, b).statistic
    assert of(a, b, "taub") == pytest.approx(expected, nan_ok=True)


@given(votes)
def test_measures_are_symmetric_and_in_range(pairs: list[tuple[int, int]]) -> None:
    a, b = np.array(pairs).T
    for name, low in (("s", -1.0), ("kappa", -np.inf), ("pi", -np.inf), ("taub", -1.0), ("agreement", 0.0)):
        value = of(a, b, name)
        assert np.isnan(value) or low - 1e-9 <= value <= 1 + 1e-9
        assert of(b, a, name) == pytest.approx(value, nan_ok=True)


@given(votes)
def test_reversing_the_scale_changes_nothing(pairs: list[tuple[int, int]]) -> None:
    a, b = np.array(pairs).T
    for name in ("s", "kappa", "pi", "taub", "agreement"):
        assert of(4 - a, 4 - b, name) == pytest.approx(of(a, b, name), nan_ok=True)


def test_the_matrices_hold_what_each_pair_holds() -> None:
    rng = np.random.default_rng(3)
    choices = rng.choice([1.0, 2.0, 3.0, np.nan], size=(80, 6))
    weights = rng.random(80)
    tables = crosstabs(choices, VOTE_LEVELS, weights)
    for name in ("s", "kappa", "pi", "agreement"):
        whole = measure(tables, name, VOTE_LEVELS)
        pair = crosstab(choices[:, 1], choices[:, 4], VOTE_LEVELS, weights)
        assert whole[1, 4] == pytest.approx(float(measure(pair, name, VOTE_LEVELS)))


def test_an_unknown_convention_is_named() -> None:
    table = np.ones((3, 3))
    for wrong in ({"name": "q"}, {"name": "s", "distance": "cubic"}, {"name": "agreement", "rule": "mine"}):
        with pytest.raises(InputError, match="There is no"):
            measure(table, levels=VOTE_LEVELS, **wrong)
