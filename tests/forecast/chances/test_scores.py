"""Scores are what their definitions say."""

from __future__ import annotations

import numpy as np
import pytest

from visavis.forecast.chances.scores import auc, block_skill, brier, crps_counts, reliability


def test_brier_and_auc_of_known_cases() -> None:
    chance, some = np.array([0.9, 0.8, 0.3, 0.1]), np.array([1.0, 0.0, 1.0, 0.0])
    assert brier(chance, some) == pytest.approx((0.01 + 0.64 + 0.49 + 0.01) / 4)
    assert auc(chance, some) == pytest.approx(0.75)
    assert np.isnan(auc(chance, np.zeros(4)))


def test_skill_is_shown_only_when_the_interval_lies_above_nought() -> None:
    better = block_skill([0.9, 0.8, 0.95, 0.85], [1.0, 1.0, 1.0, 1.0])
    assert better.shown and not better.worse and better.value == pytest.approx(0.125)
    mixed = block_skill([0.5, 1.5, 0.6, 1.4], [1.0, 1.0, 1.0, 1.0])
    assert not mixed.shown and not mixed.worse


def test_reliable_forecasts_lie_on_the_diagonal_in_bins_of_equal_mass() -> None:
    rng = np.random.default_rng(0)
    chance = rng.beta(0.5, 8, 40_000)
    rows = reliability(chance, (rng.random(40_000) < chance).astype(float))
    mass = [mean * count for mean, _, count in rows]
    assert max(mass) < 1.1 * min(mass)
    assert all(abs(mean - came) < 0.05 for mean, came, _ in rows)


def test_crps_of_a_sure_forecast_is_the_distance() -> None:
    # A gamma of great shape makes a Poisson; of tiny mean, a sure nought.
    assert crps_counts(np.array([1e6]), np.array([1e-6]), np.array([3.0])) == pytest.approx(3, abs=1e-3)
