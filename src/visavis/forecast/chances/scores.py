"""Scores of probabilities: Brier, log score, skill over a reference with block-bootstrap intervals, reliability, AUC, CRPS of counts.

Gneiting and Raftery (2007), "Strictly proper scoring rules"; blocks are whole origins (months), since dyads of one month err together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import nbinom, rankdata

from visavis.forecast.chances.acts import Floats


@dataclass(frozen=True)
class Skill:
    """1 - score / reference score: `value`, its interval `low`..`high` (95 %); above zero is better than the reference."""

    value: float
    low: float
    high: float

    @property
    def shown(self) -> bool:
        """Whether the whole interval lies above zero."""
        return self.low > 0

    @property
    def worse(self) -> bool:
        """Whether the whole interval lies below zero."""
        return self.high < 0


def brier(chance: Floats, some: Floats) -> float:
    """The mean squared error of probabilities, 0 (best) .. 1."""
    return float(((chance - some) ** 2).mean())


def block_skill(losses: Sequence[float], reference: Sequence[float], draws: int = 2000, seed: int = 0) -> Skill:
    """Skill from summed losses by block (month), resampling blocks."""
    ours, theirs = np.asarray(losses), np.asarray(reference)
    picks = np.random.default_rng(seed).integers(len(ours), size=(draws, len(ours)))
    drawn = 1 - ours[picks].sum(1) / np.maximum(theirs[picks].sum(1), 1e-300)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Skill(float(1 - ours.sum() / max(theirs.sum(), 1e-300)), float(low), float(high))


def auc(chance: Floats, some: Floats) -> float:
    """The chance that a case with an act is ranked above one without; nan when either is missing."""
    hits = int(some.sum())
    if hits in (0, len(some)):
        return float("nan")
    ranks = rankdata(chance)
    return float((ranks[some > 0].sum() - hits * (hits + 1) / 2) / (hits * (len(some) - hits)))


def reliability(chance: Floats, some: Floats, bins: int = 10) -> list[tuple[float, float, int]]:
    """(mean forecast, share that came, forecasts) in bins of equal expected mass, lowest first.

    Bins hold equal shares of the sum of the forecasts, not of their number: rare events would leave all but one bin empty.
    """
    order = np.argsort(chance, kind="stable")
    mass = np.cumsum(chance[order])
    if not len(order) or mass[-1] <= 0:
        return []
    of_bin = np.minimum((mass - chance[order] / 2) / mass[-1] * bins, bins - 1e-9).astype(int)
    out = []
    for one in range(bins):
        rows = order[of_bin == one]
        if len(rows):
            out.append((float(chance[rows].mean()), float(some[rows].mean()), len(rows)))
    return out


def crps_counts(shape: Floats, mean: Floats, came: Floats) -> float:
    """The mean continuous ranked probability score of negative binomial counts (gamma `shape`, `mean`): sum over k of
    (P(N <= k) - 1[k >= came]) squared. 0 is best; it is in acts."""
    top = int(max(came.max(initial=0), nbinom.ppf(0.999, shape, shape / (shape + mean)).max(initial=0))) + 1
    counts = np.arange(top + 1)
    below = nbinom.cdf(counts[None, :], shape[:, None], (shape / (shape + mean))[:, None])
    return float(((below - (counts[None, :] >= came[:, None])) ** 2).sum(1).mean())
