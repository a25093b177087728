"""How close and how hostile two states are, compared with what their own activity lets one expect.

Great powers meet everybody: a raw count mostly says who is busy. Lift divides that out. For each axis (cooperative events make
closeness, conflictual ones hostility) the discounted count of a pair is compared with the product of the two states' activity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

Array = NDArray[np.float64]
# Share of the past that is kept per period, and the prior's weight in events. On ICEWS 2005-2014 against standing rivalries every pair of
# 0.9 to 1 a month with 0.5 to 10 gives an AUC of .82 to .85, within each other's intervals (`benchmarks/align_rivalry.py --sweep`; 0.8:
# .79-.82, 0.5: .71-.75): 0.9 is the least memory that costs little, so that the series can move.
KEEP = 0.9
PRIOR = 2.0
_MARGIN_ERROR = 1e-6
_STEPS = 100


@dataclass(frozen=True)
class Lift:
    """`value` and standard error `se`, both (period, state, state), symmetric, natural logarithms; 0 on the diagonal.

    0 is what the two states' activity lets one expect, 0.69 twice that.
    """

    value: Array
    se: Array


@dataclass(frozen=True)
class Axes:
    """Closeness, hostility, and net = closeness - hostility, whose variance is the sum of the two."""

    closeness: Lift
    hostility: Lift
    net: Lift


def discounted(counts: Array, keep: float = KEEP) -> Array:
    """M_t = keep M_(t-1) + n_t over the first axis of `counts` (period, ...); `keep` 0..1, 1 forgets nothing."""
    found = np.empty(counts.shape)
    last = np.zeros(counts.shape[1:])
    for at, now in enumerate(counts):
        last = keep * last + now
        found[at] = last
    return found


def expected_counts(counts: Array) -> Array:
    """E_ij = u_i u_j for i != j, with the margins of `counts` (..., state, state), symmetric with a zero diagonal.

    The quasi-independence model of loglinear analysis; see `activity`.
    """
    u = activity(counts)
    expected: Array = u[..., :, None] * u[..., None, :]
    size = counts.shape[-1]
    expected[..., np.arange(size), np.arange(size)] = 0.0
    return expected


def activity(counts: Array) -> Array:
    """The u_i (..., state) that reproduce the margins: u_i <- sqrt(u_i s_i / sum over j != i of u_j), s the margins.

    Where a state's margin is more than all others' together no such u exists, and the nearest is given.
    """
    margins = counts.sum(-1)
    total = np.maximum(margins.sum(-1, keepdims=True), 1e-12)
    u: Array = margins / np.sqrt(total)
    for _ in range(_STEPS):
        others = np.maximum(u.sum(-1, keepdims=True) - u, 1e-12)
        if np.abs(u * others - margins).max(initial=0.0) <= _MARGIN_ERROR * total.max(initial=1.0):
            break
        u = np.sqrt(u * margins / others)
    return u


def lift(counts: Array, keep: float = KEEP, prior: float = PRIOR) -> Lift:
    """The discounted Gamma-Poisson lift of symmetric counts (period, state, state).

    With M the discounted and E the expected counts and k = `prior`: rate ~ Gamma(M + k, E + k), so that the logarithm of the rate
    has mean digamma(M + k) - ln(E + k) and variance trigamma(M + k). The prior pulls pairs of few events to the expected: after
    DuMouchel (1999), The American Statistician 53, with the discounting of West and Harrison (1997), ch. 10.
    """
    size = counts.shape[-1]
    i, j = np.triu_indices(size, 1)
    value, se = np.zeros((2, *counts.shape))
    for at, total in enumerate(discounted(counts, keep)):  # a period at a time: it stays in the processor's cache
        expected = expected_counts(total)[i, j]
        shape = total[i, j] + prior
        value[at, i, j] = value[at, j, i] = digamma(shape) - np.log(expected + prior)
        se[at, i, j] = se[at, j, i] = np.sqrt(trigamma(shape))
    return Lift(value, se)


def trigamma(x: Array) -> Array:
    """The second derivative of ln Gamma at x > 0, to 1e-12: the recurrence up to x + 8, then the asymptotic series.

    Ten times as fast as SciPy's general zeta function, which would take most of the time of a panel.
    """
    found = np.zeros(x.shape)
    for step in range(8):
        found += 1 / np.square(x + step)
    y = x + 8.0
    s = 1 / np.square(y)
    return found + 1 / y + s / 2 + s / y * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * 5 / 66))))


def two_axes(cooperative: Array, conflictual: Array, keep: float = KEEP, prior: float = PRIOR) -> Axes:
    """Closeness, hostility and net of symmetric counts (period, state, state)."""
    closeness, hostility = lift(cooperative, keep, prior), lift(conflictual, keep, prior)
    net = Lift(closeness.value - hostility.value, np.hypot(closeness.se, hostility.se))
    return Axes(closeness, hostility, net)


def compartment_index(net: Array, se: Array) -> Array:
    """How far a pair cooperates in some areas while it competes in others, 0..1, from net and se (area, ...).

    1 - |sum w net| / sum w |net|, w = 1 / se^2: 0 when all areas point one way, 1 when they cancel; NaN without any net.
    A definition of ours, in the spirit of issue-based rivalry (Mitchell and Thies 2011, Conflict Management and Peace Science 28).
    """
    weight = 1 / np.square(se)
    with np.errstate(all="ignore"):
        found: Array = 1 - np.abs((weight * net).sum(0)) / (weight * np.abs(net)).sum(0)
    return found


def compartment_interval(net: Array, se: Array, seed: int, draws: int = 400) -> tuple[float, float]:
    """The 5 % and 95 % quantiles of the index of one pair (area,), when each net is drawn from Normal(net, se)."""
    drawn = net[:, None] + se[:, None] * np.random.default_rng(seed).standard_normal((len(net), draws))
    low, high = np.quantile(compartment_index(drawn, np.broadcast_to(se[:, None], drawn.shape)), (0.05, 0.95))
    return float(low), float(high)
