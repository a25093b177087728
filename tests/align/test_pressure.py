"""The pressure panel finds an effect that was put in, and none where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from visavis.align.pressure import (
    TERMS,
    Array,
    contributions,
    poisson_panel,
    pressure_panel,
    pressure_terms,
)
from visavis.errors import QueryError


def world(effect: float, size: int = 14, periods: int = 10, seed: int = 3) -> tuple[Array, Array]:
    """Directed counts in which last period's common pressure raises this period's cooperation by `effect`."""
    rng = np.random.default_rng(seed)
    busy = rng.gamma(2.0, 0.7, size)
    hostile = rng.poisson(np.outer(busy, busy) * rng.gamma(0.4, 1.0, (size, size)), (periods, size, size)).astype(float)
    friendly = np.zeros_like(hostile)
    for t in range(periods):
        term = pressure_terms(friendly[: t + 1], hostile[: t + 1])[0, max(t - 1, 0)] if t else np.zeros((size, size))
        friendly[t] = rng.poisson(np.outer(busy, busy) * np.exp(effect * term))
    for part in (friendly, hostile):
        part[:, np.arange(size), np.arange(size)] = 0
    return friendly, hostile


def test_an_effect_that_was_put_in_is_found() -> None:
    good, bad = world(0.5)
    beta, se = poisson_panel(good[1:], pressure_terms(good, bad)[:, :-1])
    assert beta[0] > 3 * se[0]
    assert len(beta) == len(TERMS)


def test_the_coefficient_is_that_of_dummies_for_every_sender_and_target() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(1, 2, 6, 6))
    y = rng.poisson(np.exp(0.4 * x[0]) * 3).astype(float)
    beta, _ = poisson_panel(y, x)
    rows = [(t, i, j) for t in range(2) for i in range(6) for j in range(6) if i != j]
    design = np.array([[x[0, t, i, j], *np.eye(12)[t * 6 + i], *np.eye(12)[t * 6 + j]] for t, i, j in rows])
    counts = np.array([y[t, i, j] for t, i, j in rows])
    b = np.zeros(design.shape[1])
    for _ in range(60):
        mean = np.exp(design @ b)
        b = b + np.linalg.pinv(design.T @ (design * mean[:, None])) @ design.T @ (counts - mean)
    assert beta[0] == pytest.approx(b[0], abs=1e-5)


def test_without_an_effect_nothing_is_claimed() -> None:
    good, bad = world(0.0)
    found = pressure_panel(tuple(f"s{n}" for n in range(14)), good, bad, seed=1, draws=19, leave_out=2)
    assert "cooperate more" not in found.verdict
    assert len(found.without) == 2
    assert 0.05 <= found.p <= 1


def test_the_pressure_on_a_pair_is_the_sum_over_those_who_press() -> None:
    _, bad = world(0.0)
    parts = contributions(bad, 2, 5)
    assert parts[:, [2, 5]].sum() == 0
    raw = np.sqrt(np.log1p(np.array(bad[0][:, 2])) * np.log1p(bad[0][:, 5]))
    assert parts[0].sum() == pytest.approx(raw.sum() - raw[2] - raw[5])


def test_too_few_periods_are_refused() -> None:
    with pytest.raises(QueryError, match="three periods"):
        pressure_panel(("a", "b"), np.zeros((2, 2, 2)), np.zeros((2, 2, 2)), seed=0)
